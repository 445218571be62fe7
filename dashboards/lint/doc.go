// Package lint finds what a dashboard's JSON alone can show to be wrong: queries
// that do not parse or ignore the pickers, units that Grafana does not know, ids
// that clash, colours that never appear. It asks no server and knows nothing of
// this project's own boards.
//
// Every rule is a pure function over a [Board] and has a file of its own, named
// after it. [Rules] lists them, a [Config] says where one does not hold and why,
// and [Config.Fix] repairs what can be repaired without a judgement.
//
// A board is any dashboard in the classic format; what is missing or of an
// unexpected type reads as absent, as it does for Grafana.
package lint
