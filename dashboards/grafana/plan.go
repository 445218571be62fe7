package grafana

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Plan is the state that Publish brings a Grafana into.
type Plan struct {
	DataSource PlannedDataSource
	// Folder holds the boards. It is found by its uid; the title (the uid when
	// empty) only matters when the folder has to be created.
	Folder Folder
	// Parents are the folders around it, the outermost first. The outermost of
	// all, Folder itself without parents, may be anywhere, and is made at the
	// root if it is missing.
	Parents []Folder
	// Boards are published in this folder. Their data source variable is set to
	// the data source in use.
	Boards []Board
	// Message is kept in Grafana's history of each saved board; at most 500
	// bytes.
	Message string
	// Overwrite replaces boards that were changed in Grafana since they were
	// published, or that were not published from here at all.
	Overwrite bool
	// DryRun reads and decides, but writes nothing.
	DryRun bool
	// Parallel is how many boards are worked on at the same time, at most
	// MaxParallel; 4 when zero.
	Parallel int
	// Lock puts on, or takes off, what makes Grafana's own editor refuse to save.
	Lock Lock
	// Prune, if not nil, removes boards that are ours and not in the plan.
	Prune *Prune
	// Annotation, if not nil, is added once everything is published.
	Annotation *Annotation
	// Report, if not nil, is told of each board, in the plan's order, as soon as
	// it and those before it are done. It is not called twice at the same time.
	Report func(BoardResult)
	// Progress, if not nil, is told how many boards are done whenever one is. It
	// is not called twice at the same time.
	Progress func(done, of int)
}

// MaxParallel bounds Plan.Parallel, and with it the connections to a server.
const MaxParallel = 16

// Board is a dashboard to publish.
type Board struct {
	// JSON is a classic dashboard with a uid and a title.
	JSON json.RawMessage
	// Source is the file that the board is written in, as Grafana's editor shows
	// it when the board is locked; it may be empty.
	Source string
}

// PlannedDataSource is a Prometheus for Grafana to query. One that exists under
// the uid, or else under the name, is used as it is.
type PlannedDataSource struct {
	UID string
	// Name defaults to the uid.
	Name string
	// URL is the address as Grafana sees it.
	URL string
	// ScrapeInterval is told to Grafana, which derives $__rate_interval from
	// it; 15 s when zero.
	ScrapeInterval time.Duration
}

// State says what became of a board; in a dry run, what would become of it.
type State string

// The states of a board.
const (
	Created   State = "created"
	Updated   State = "updated"
	Unchanged State = "unchanged"
	Conflict  State = "conflict" // changed by somebody else, and kept
	Failed    State = "failed"
	Removed   State = "removed" // by Prune
)

// BoardResult tells of one board.
type BoardResult struct {
	UID, Title string
	URL        string // for a browser
	State      State
	Reason     string // of a conflict
	Err        error  // of a failure
	// Provisioned tells that a file on the server owns the board, and Grafana
	// itself refuses to save it.
	Provisioned bool
	// LockChanged tells that the lock was put on or taken off.
	LockChanged bool
}

// Result tells what Publish did, also when it failed half-way.
type Result struct {
	DataSource        DataSource // the one in use
	DataSourceCreated bool
	Folder            Folder
	FoldersCreated    []Folder      // from the root down
	Boards            []BoardResult // in the plan's order, without those not reached
	Pruned            []BoardResult // Removed, or a Conflict and kept, or Failed
	PruneDeclined     bool          // Prune.Confirm said no
	// NoLock says why the server's boards cannot be locked; empty when they can,
	// or were not to be.
	NoLock string
	// Annotated tells that the annotation was added, AnnotationExists that it
	// was there already.
	Annotated, AnnotationExists bool
}

// Count returns how many boards are in that state.
func (r Result) Count(s State) int {
	n := 0
	for _, b := range r.Boards {
		if b.State == s {
			n++
		}
	}
	return n
}

var validUID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,40}$`)

// check finds before the first write what Grafana would refuse half-way.
func (p *Plan) check() ([]content, error) {
	if !validUID.MatchString(p.DataSource.UID) {
		return nil, notUID(p.DataSource.UID, "data source")
	}
	path := map[string]bool{}
	for _, f := range p.folders() {
		if !validUID.MatchString(f.UID) {
			return nil, notUID(f.UID, "folder")
		}
		if path[f.UID] {
			return nil, fmt.Errorf("folder %s cannot be within itself", f.UID)
		}
		path[f.UID] = true
	}
	switch {
	case len(p.Message) > 500:
		return nil, fmt.Errorf("the message has %d bytes: Grafana takes at most 500", len(p.Message))
	case p.Parallel < 0 || p.Parallel > MaxParallel:
		return nil, fmt.Errorf("%d boards at the same time: choose 1 to %d", p.Parallel, MaxParallel)
	case len(p.Boards) == 0:
		return nil, errors.New("there is no board to publish")
	case p.Prune != nil && (p.Prune.Tag == "" || p.Prune.UIDPrefix == ""):
		return nil, errors.New("to prune takes a tag and a uid prefix that only our boards have")
	case p.Annotation != nil && p.Annotation.Text == "":
		return nil, errors.New("an annotation needs a text")
	}
	return p.contents()
}

func notUID(uid, what string) error {
	return fmt.Errorf("%q cannot be the uid of a %s: use 1 to 40 letters, digits, - and _", uid, what)
}

// folders are the parents and the folder itself, from the root down.
func (p *Plan) folders() []Folder { return append(slices.Clip(p.Parents), p.Folder) }

// contents parses the boards.
func (p *Plan) contents() ([]content, error) {
	boards := make([]content, 0, len(p.Boards))
	seen := map[string]bool{}
	for i, board := range p.Boards {
		b, err := parseContent(board.JSON)
		switch {
		case err != nil:
			return nil, fmt.Errorf("board %d: %w", i+1, err)
		case !validUID.MatchString(b.uid()):
			return nil, fmt.Errorf("board %q: %q is not a uid: use 1 to 40 letters, digits, - and _", b.title(), b.uid())
		case b.title() == "":
			return nil, fmt.Errorf("board %s has no title", b.uid())
		case seen[b.uid()]:
			return nil, fmt.Errorf("two boards have the uid %s", b.uid())
		}
		seen[b.uid()] = true
		b.source = board.Source
		boards = append(boards, b)
	}
	return boards, nil
}
