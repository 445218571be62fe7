package grafana

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/ginsight/ginsight/dashboards/diff"
)

// maxRounds bounds how often a board is read again because somebody else saved
// it between our read and our write.
const maxRounds = 3

// publishBoard brings one board into the wanted state, or says why it is kept.
func (p *publisher) publishBoard(ctx context.Context, want content) BoardResult {
	r := BoardResult{UID: want.uid(), Title: want.title(), URL: p.client.DashboardURL(want.uid())}
	r.State, r.Reason, r.Err = p.saveIfNeeded(ctx, want)
	if r.Err == nil && r.State != Conflict {
		var other string
		r.LockChanged, other, r.Err = p.locker.apply(ctx, want, r.State)
		if other != "" {
			r.Reason = "its lock is left alone: Grafana has it as managed by " + other
		}
	}
	if r.Err != nil {
		r.State = Failed
	}
	r.Provisioned = r.Reason == provisionedReason
	return r
}

func (p *publisher) saveIfNeeded(ctx context.Context, want content) (State, string, error) {
	var before State // what the refused save of the round before was to be
	for range maxRounds {
		have, readErr := p.read(ctx, want.uid())
		if readErr != nil && (p.plan.DryRun || !IsForbidden(readErr)) {
			return Failed, "", readErr
		}
		// A token that sees single folders only may be refused a board that
		// does not exist. Creating it shows which, and cannot overwrite one.
		state, reason, err := p.weigh(ctx, want, have)
		switch {
		case err != nil:
			return Failed, "", err
		case before != "" && state == Unchanged:
			return before, "", nil // our own save, whose answer was lost
		case before != "" && state == Updated && !p.plan.Overwrite:
			return Conflict, "somebody else published it at the same moment", nil
		case state == Unchanged, state == Conflict, p.plan.DryRun:
			return state, reason, nil
		}
		err = p.save(ctx, want, have.version())
		switch {
		case isProvisioned(err):
			return Conflict, provisionedReason, nil
		case !IsConflict(err):
			return state, "", err
		case readErr != nil:
			return Failed, "", readErr
		}
		before = state
	}
	return Conflict, "somebody else keeps saving it at the same moment", nil
}

// storedBoard is a board as the server has it; nil when it has none.
type storedBoard struct {
	content
	Stored
}

func (s *storedBoard) version() int64 {
	if s == nil {
		return 0
	}
	return s.Meta.Version
}

func (p *publisher) read(ctx context.Context, uid string) (*storedBoard, error) {
	stored, err := p.client.Dashboard(ctx, uid)
	if IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	have, err := parseContent(stored.Dashboard)
	if err != nil {
		return nil, fmt.Errorf("board %s as stored: %w", uid, err)
	}
	return &storedBoard{content: have, Stored: stored}, nil
}

// weigh is decide, with a second look at what seems to be a hand edit.
func (p *publisher) weigh(ctx context.Context, want content, have *storedBoard) (State, string, error) {
	state, reason := p.decide(want, have)
	if state != Conflict {
		return state, reason, nil
	}
	if same, err := p.onlySaved(ctx, have); err != nil || !same {
		return state, reason, err
	}
	return Updated, "", nil
}

// provisionedReason is why a board is kept that Grafana itself refuses to save.
const provisionedReason = "a provisioning file on the server owns it: change the file, or remove it there"

// isProvisioned reports whether Grafana refused to save a board because a file
// owns it.
func isProvisioned(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.StatusCode == http.StatusBadRequest && strings.Contains(e.Message, "provisioned dashboard")
}

// decide says what a board needs, and why it is kept if it is a conflict. It is
// the one place that weighs our board against a stored one.
func (p *publisher) decide(want content, have *storedBoard) (State, string) {
	if have == nil {
		return Created, ""
	}
	version, inPlace := have.version(), have.Meta.FolderUID == p.plan.Folder.UID
	same := bytes.Equal(want.canonical, have.canonical) || have.publishedAs(want, version) || diff.Equal(want.fields, have.fields)
	switch {
	case same && inPlace:
		return Unchanged, ""
	case have.Meta.Provisioned:
		return Conflict, provisionedReason
	case have.untouched(version), p.plan.Overwrite:
		return Updated, ""
	case have.mark == nil:
		return Conflict, "it was saved in Grafana, or not published from here"
	case have.mark.Version != version:
		return Conflict, fmt.Sprintf("it was changed in Grafana: version %d there, %d published", version, have.mark.Version)
	}
	return Conflict, "its content is not what was published, though its version is"
}

// save writes the board over version base; 0 means that there is none.
func (p *publisher) save(ctx context.Context, want content, base int64) error {
	for round := range 2 {
		board, err := want.marked(base, round > 0)
		if err != nil {
			return err
		}
		answer, err := p.client.saveDashboard(ctx, saveRequest{
			Dashboard: board,
			FolderUID: p.plan.Folder.UID, // left out, the board moves to the root
			Message:   p.plan.Message,
		})
		if err != nil || answer.Version == base+1 {
			return err
		}
		// The board was deleted after it was read, so this save began a new
		// history: save the mark with the number that it really got.
		base = answer.Version
	}
	return errors.New("Grafana does not count versions up by one: the next publish will take this board for a hand edit")
}
