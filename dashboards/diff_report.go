package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/ginsight/ginsight/dashboards/diff"
	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// action is what publish would do with a board.
type action string

const (
	createBoard action = "create"
	updateBoard action = "update"
	removeBoard action = "remove"
	keepBoard   action = "keep" // changed in Grafana, or owned by a file there
	leaveBoard  action = "none"
)

// boardChanges is the part of a plan that is about one board.
type boardChanges struct {
	UID    string `json:"uid"`
	Title  string `json:"title"`
	Action action `json:"action"`
	Reason string `json:"reason,omitempty"` // to keep it
	Panels int    `json:"panels,omitempty"` // of one to create
	// Changes are what publish would do, or, reversed, what would have to be
	// done to the code.
	Changes []diff.Change `json:"changes,omitempty"`
	// InGrafana and InCode are what was done on either side to a board that is
	// kept, since it was published; if that is not known, InGrafana is how the
	// board there differs from the code.
	InGrafana []diff.Change `json:"changedInGrafana,omitempty"`
	InCode    []diff.Change `json:"changedInCode,omitempty"`

	// before and after are the board itself, for pictures; nil where there is none.
	before, after map[string]any
}

// changeSet is all that publish would do.
type changeSet struct {
	Reverse bool           `json:"reverse,omitempty"`
	Notes   []string       `json:"notes,omitempty"`
	Boards  []boardChanges `json:"boards"`
}

// changes reports whether there is anything to do.
func (s changeSet) changes() bool {
	for _, b := range s.Boards {
		if b.Action != leaveBoard {
			return true
		}
	}
	return len(s.Notes) > 0
}

func (s changeSet) write(w io.Writer, format string, colour bool) error {
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(s); err != nil {
			return fmt.Errorf("write the plan: %w", err)
		}
		return nil
	}
	out := diff.Printer{Out: w, Colour: colour}
	for _, n := range s.Notes {
		if _, err := fmt.Fprintf(w, "+ %s\n", n); err != nil {
			return fmt.Errorf("write the plan: %w", err)
		}
	}
	for _, b := range s.Boards {
		if err := b.write(out, s.Reverse); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, s.summary())
	return err
}

// heads are the lines over a board's changes; one that is left alone has none.
var heads = map[action]string{
	createBoard: "+ %s (%s): to create, %s",
	updateBoard: "~ %s (%s): to update",
	removeBoard: "- %s (%s): to remove",
	keepBoard:   "! %s (%s): kept, %s",
}

func (b boardChanges) write(p diff.Printer, reverse bool) error {
	args := []any{diff.Plain(b.Title), diff.Plain(b.UID)}
	switch b.Action {
	case createBoard:
		args = append(args, count(b.Panels, "panel"))
	case keepBoard:
		args = append(args, b.Reason)
	case leaveBoard:
		return nil
	}
	fmt.Fprintf(p.Out, heads[b.Action]+"\n", args...)
	title := ""
	if reverse && len(b.Changes) > 0 {
		title = "to change in the code:"
	}
	for _, part := range []struct {
		title   string
		changes []diff.Change
	}{{title, b.Changes}, {"changed in Grafana:", b.InGrafana}, {"changed in the code:", b.InCode}} {
		indent := "    "
		if part.title != "" && len(part.changes) > 0 {
			fmt.Fprintln(p.Out, indent+part.title)
			indent += "  "
		}
		if err := p.Print(indent, part.changes); err != nil {
			return err
		}
	}
	return nil
}

func (s changeSet) summary() string {
	if !s.changes() {
		if len(s.Boards) == 1 {
			return "No changes: 1 board is as the code has it."
		}
		return fmt.Sprintf("No changes: %d boards are as the code has them.", len(s.Boards))
	}
	n := map[action]int{}
	for _, b := range s.Boards {
		n[b.Action]++
	}
	return fmt.Sprintf("%d to create, %d to update, %d to remove, %d kept as they are in Grafana, %d without changes.",
		n[createBoard], n[updateBoard], n[removeBoard], n[keepBoard], n[leaveBoard])
}

// count words a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// panelCount counts the panels of a board, rows apart.
func panelCount(board map[string]any) int {
	n := 0
	for _, p := range loose.Objects(board["panels"]) {
		if p["type"] != "row" {
			n++
		}
		n += panelCount(p)
	}
	return n
}
