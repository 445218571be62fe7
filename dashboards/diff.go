package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/diff"
	"github.com/ginsight/ginsight/dashboards/grafana"
)

const diffHelp = `Diff says what publish would do, field by field, and writes nothing. It compares
the boards with a Grafana, or with files: exported dashboards, what generate
wrote, or answers of Grafana's API, one or a directory of them.

What Grafana itself adds and drops is no difference. A board that was changed in
Grafana is shown with what was changed there, to take it into the code; --reverse
shows every difference in that direction.

` + grafanaHelp + `

Exit status, as a plan has it and unlike the other verbs: 0 nothing to do,
2 something to do, 1 it could not be done.`

// Exit statuses of diff. They are those of a plan (terraform plan
// -detailed-exitcode), which scripts know.
const (
	diffFailed  = 1
	diffChanges = 2
)

// exitStatus ends the command with a status of its own.
type exitStatus struct {
	status int
	err    error // to print; nil when all is said
}

func (e *exitStatus) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitStatus) Unwrap() error { return e.err }

func diffFailure(err error) error { return &exitStatus{diffFailed, err} }

// diffOptions are the flags of diff.
type diffOptions struct {
	publishOptions
	against string
	reverse bool
	format  string

	pictures diffPictures
}

func diffCommand(build builder, getenv func(string) string) *cobra.Command {
	var o diffOptions
	cmd := &cobra.Command{
		Use:   "diff",
		Short: "Say what publish would change, field by field",
		Long:  diffHelp,
		Example: "  dashboards diff\n" +
			"  dashboards diff --against exported/ --format json\n" +
			"  dashboards diff --reverse",
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.NoArgs(cmd, args); err != nil {
				return diffFailure(err)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := o
			o.prometheusURL = cmp.Or(o.prometheusURL, getenv("PROMETHEUS_URL"))
			report := newPublishReport(cmd, o.publishOptions)
			plan, err := o.look(cmd.Context(), build, getenv, report)
			if err == nil {
				err = o.draw(cmd, plan)
			}
			if err == nil {
				err = plan.write(cmd.OutOrStdout(), o.format, isTerminal(cmd.OutOrStdout()) && getenv("NO_COLOR") == "")
			}
			switch {
			case err != nil:
				return diffFailure(err)
			case plan.changes():
				return &exitStatus{diffChanges, nil}
			}
			return nil
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return diffFailure(err) })
	o.placeFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.against, "against", "", "compare with this file or directory of dashboards (`PATH`), not with a Grafana")
	f.BoolVar(&o.reverse, "reverse", false, "say what would have to change in the code for it to match")
	f.StringVar(&o.format, "format", "text", "text or json")
	f.StringVar(&o.pictures.dir, "pictures", "", "draw every board that changes, before and after, into this `directory`: PNGs and an HTML page")
	o.pictures.registerSource(cmd)
	o.pictures.registerSpan(cmd)
	f.StringVar(&o.pictures.theme, "theme", "dark", "dark or light pictures")
	return cmd
}

// draw makes the pictures, if they are wanted.
func (o diffOptions) draw(cmd *cobra.Command, plan changeSet) error {
	p := o.pictures
	if p.dir == "" {
		return nil
	}
	if p.light = p.theme == "light"; !p.light && p.theme != "dark" {
		return fmt.Errorf("--theme %s: use dark or light", p.theme)
	}
	names, err := p.write(cmd.Context(), plan)
	for _, name := range names {
		fmt.Fprintln(cmd.ErrOrStderr(), name)
	}
	return err
}

// look compares the boards with what they would replace.
func (o diffOptions) look(ctx context.Context, build builder, getenv func(string) string, report *publishReport) (changeSet, error) {
	if o.format != "text" && o.format != "json" {
		return changeSet{}, fmt.Errorf("--format %s: choose text or json", o.format)
	}
	plan, err := o.plan(build)
	if err != nil {
		return changeSet{}, err
	}
	if o.against != "" {
		return o.offline(plan)
	}
	client, err := connect(getenv, slog.New(report.retryLog()))
	if err != nil {
		return changeSet{}, err
	}
	defer client.Close()
	preview, err := grafana.Look(ctx, client, plan)
	if err != nil {
		return changeSet{}, errors.Join(failures(preview.Result), err)
	}
	out := changeSet{Reverse: o.reverse}
	for _, f := range preview.FoldersCreated {
		out.Notes = append(out.Notes, fmt.Sprintf("folder %q to create", f.Title))
	}
	if preview.DataSourceCreated {
		out.Notes = append(out.Notes, fmt.Sprintf("data source %q to create", preview.DataSource.Name))
	}
	for _, b := range preview.Boards {
		out.Boards = append(out.Boards, o.board(b, plan.Folder.UID))
	}
	for _, b := range preview.Pruned {
		gone := boardChanges{UID: b.UID, Title: b.Title, Action: keepBoard, Reason: b.Reason, before: b.Have}
		if b.State == grafana.Removed {
			gone.Action = removeBoard
		}
		out.Boards = append(out.Boards, gone)
	}
	return out, nil
}

// failures joins what kept boards from being looked at, in one line each.
func failures(r grafana.Result) error {
	var errs []error
	for _, b := range r.Boards {
		if b.Err != nil {
			errs = append(errs, fmt.Errorf("board %s: %w", b.UID, b.Err))
		}
	}
	return errors.Join(errs...)
}

// board words what publish would do with one board.
func (o diffOptions) board(b grafana.BoardPreview, folder string) boardChanges {
	out := boardChanges{UID: b.UID, Title: b.Title, Reason: b.Reason}
	out.sides(b.Have, b.Want, o.reverse)
	var moved []diff.Change
	if b.Have != nil && b.Folder != folder {
		from, to := cmp.Or(b.Folder, "the root"), folder
		if b.State == grafana.Conflict || o.reverse {
			from, to = to, from
		}
		moved = []diff.Change{{Kind: diff.Moved, Field: "folder", Old: from, New: to}}
	}
	switch b.State {
	case grafana.Created:
		out.Action, out.Panels = createBoard, panelCount(b.Want)
	case grafana.Updated:
		out.Action, out.Changes = updateBoard, append(moved, diff.Compare(b.Have, b.Want)...)
	case grafana.Conflict:
		out.Action = keepBoard
		before := b.Want // what stood there before the change, as far as anybody knows
		if b.Published != nil {
			before, out.InCode = b.Published, diff.Compare(b.Published, b.Want)
		}
		out.InGrafana = append(moved, diff.Compare(before, b.Have)...)
	default:
		out.Action = leaveBoard
	}
	if o.reverse && b.Have != nil {
		out.Changes, out.InGrafana, out.InCode = append(moved, diff.Compare(b.Want, b.Have)...), nil, nil
	}
	return out
}
