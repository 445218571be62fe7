// Package grafana talks to a Grafana server and publishes dashboards to it
// without ever taking away somebody else's work.
//
// [ConfigFromEnv] reads the address and the credentials, [New] makes a
// [Client], and [Publish] brings a server into the state of a [Plan]: the data
// source exists, the folder exists, every board is saved in it.
//
// # What is never overwritten
//
// A board in Grafana can change in two ways that a publisher must not undo.
//
// Somebody saves it while we are publishing. Every save therefore names the
// version that was read a moment before, and Grafana refuses it (412) when the
// stored version is another one by then. The flag "overwrite" of Grafana's API
// is never used, not even for [Plan].Overwrite, which only means that the
// version which was read may be replaced.
//
// Somebody saved it in Grafana since the last publish. Grafana's version
// number alone cannot tell who made it and the history is no help either: the
// message of a first save is not listed, and one left out of a save through the
// resource API stays that of the save before. So each published board carries
// a mark, the top-level field "ginsight", which Grafana stores like any field
// that it does not know:
//
//	"ginsight": {"contentHash": "sha256:…", "refresh": "30s", "version": 4}
//
// It names the version that this very save becomes and a hash of the content
// that was sent. A board is as we left it when its version is the one in the
// mark and its content still has the hash. Anything else is a hand edit: a
// later version (an edit that kept the mark, a rollback to an older version of
// ours, a move to another folder), other content under the same version (an
// edited export that was imported again), or no mark at all (saved by an editor
// that drops unknown fields, or never ours). A hand edit is reported as a
// [Conflict] and kept, unless what it shows happens to be what we would publish,
// or what we published last: the browser writes the defaults down and drops the
// mark when somebody only presses save. Package diff knows what shows, and the
// board's history what was published. [Look] returns all three for a comparison.
//
// The hash leaves out "refresh", because it is the one field that Grafana
// changes while saving: an interval below the server's minimum is raised. The
// mark remembers what was asked for instead, so that such a board counts as
// unchanged and is not saved again on each run.
//
// # What is ours
//
// [Prune] deletes only what carries two marks, a tag and a prefix of the uid, in
// the plan's own folder, and of that only the version that was looked at and
// judged. The [Lock] is a third mark for people to see. It decides nothing: every
// save through the classic API takes it off.
//
// # Safe to repeat
//
// Every request can be repeated when its answer was lost. A save names the
// version it replaces, so a repeated one is refused, and reading the board again
// shows our own mark on it; creating a folder or a data source twice answers a
// conflict, and what is there is used; an annotation is looked for before it is
// added. That is why the client repeats writes as
// well as reads after a dropped connection, and why a run that was interrupted
// or failed half-way can simply be started again.
package grafana
