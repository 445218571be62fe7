package grafana

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// Plan is the state that Publish brings a Grafana into.
type Plan struct {
	DataSource PlannedDataSource
	// Folder holds the boards. It is found by its uid; the title (the uid when
	// empty) only matters when the folder has to be created.
	Folder Folder
	// Boards are dashboards in JSON, each with a uid and a title. Their data
	// source variable is set to the data source in use.
	Boards []json.RawMessage
	// Message is kept in Grafana's history of each saved board; at most 500
	// bytes.
	Message string
	// Overwrite replaces boards that were changed in Grafana since they were
	// published, or that were not published from here at all.
	Overwrite bool
	// DryRun reads and decides, but writes nothing.
	DryRun bool
	// Report, if not nil, is told of each board as soon as it is done.
	Report func(BoardResult)
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
)

// BoardResult tells of one board.
type BoardResult struct {
	UID, Title string
	URL        string // for a browser
	State      State
	Reason     string // of a conflict
	Err        error  // of a failure
}

// Result tells what Publish did, also when it failed half-way.
type Result struct {
	DataSource        DataSource // the one in use
	DataSourceCreated bool
	Folder            Folder
	FolderCreated     bool
	Boards            []BoardResult // in the plan's order, without those not reached
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

// Publish brings Grafana into the state of the plan. What is in that state
// already is not written again. A conflict or a failure of one board does not
// keep the others back; conflicts are told in the Result only. The error is of
// one line and says what to do; whatever it is, running the same plan again
// finishes the work.
func Publish(ctx context.Context, c *Client, plan Plan) (Result, error) {
	boards, err := plan.check()
	if err != nil {
		return Result{}, err
	}
	p := publisher{client: c, plan: plan}
	result, err := p.run(ctx, boards)
	if err != nil && ctx.Err() != nil {
		return result, fmt.Errorf("interrupted after %d of %d boards, run it again to finish: %w", len(result.Boards), len(boards), ctx.Err())
	}
	return result, err
}

// publisher carries what the steps of one Publish share.
type publisher struct {
	client *Client
	plan   Plan
}

func (p *publisher) run(ctx context.Context, boards []content) (result Result, err error) {
	result.DataSource, result.DataSourceCreated, err = p.ensureDataSource(ctx)
	if err != nil {
		return result, err
	}
	for i := range boards {
		if err := boards[i].selectDataSource(result.DataSource); err != nil {
			return result, err
		}
	}
	result.Folder, result.FolderCreated, err = p.ensureFolder(ctx)
	if err != nil {
		return result, err
	}
	result.Boards, err = p.publishBoards(ctx, boards)
	return result, err
}

func (p *publisher) publishBoards(ctx context.Context, boards []content) ([]BoardResult, error) {
	var results []BoardResult
	failed := 0
	for _, want := range boards {
		r := p.publishBoard(ctx, want)
		if ctx.Err() != nil && r.Err != nil {
			return results, r.Err
		}
		results = append(results, r)
		if p.plan.Report != nil {
			p.plan.Report(r)
		}
		if r.Err == nil {
			continue
		}
		if failed++; hopeless(r.Err) {
			return results, fmt.Errorf("stopped at board %d of %d: %w", len(results), len(boards), r.Err)
		}
	}
	if failed > 0 {
		return results, fmt.Errorf("%d of %d boards could not be published: see to the reasons and run it again", failed, len(boards))
	}
	return results, nil
}

// hopeless reports whether the next board would fail in the same way.
func hopeless(err error) bool {
	return errors.Is(err, errUnreachable) || IsUnauthorized(err)
}

var validUID = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,40}$`)

// check finds before the first write what Grafana would refuse half-way.
func (p *Plan) check() ([]content, error) {
	for what, uid := range map[string]string{"data source": p.DataSource.UID, "folder": p.Folder.UID} {
		if !validUID.MatchString(uid) {
			return nil, fmt.Errorf("%q cannot be the uid of a %s: use 1 to 40 letters, digits, - and _", uid, what)
		}
	}
	if len(p.Message) > 500 {
		return nil, fmt.Errorf("the message has %d bytes: Grafana takes at most 500", len(p.Message))
	}
	if len(p.Boards) == 0 {
		return nil, errors.New("there is no board to publish")
	}
	boards := make([]content, 0, len(p.Boards))
	seen := map[string]bool{}
	for i, raw := range p.Boards {
		b, err := parseContent(raw)
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
		boards = append(boards, b)
	}
	return boards, nil
}
