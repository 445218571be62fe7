package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ginsight/ginsight/dashboards/grafana"
)

// publishReport tells of a publish: what became of each board on stdout, all
// else on stderr, where a terminal has one line of progress that is rewritten.
type publishReport struct {
	options        publishOptions
	stdin          io.Reader
	stdout, stderr io.Writer
	live           bool // stderr is a terminal
	ask            bool // there is somebody to answer

	mu      sync.Mutex
	pending bool // the cursor stands behind a line of progress
}

func newPublishReport(cmd *cobra.Command, o publishOptions) *publishReport {
	return &publishReport{
		options: o, stdin: cmd.InOrStdin(), stdout: cmd.OutOrStdout(), stderr: cmd.ErrOrStderr(),
		live: isTerminal(cmd.ErrOrStderr()), ask: isTerminal(cmd.InOrStdin()),
	}
}

func isTerminal(stream any) bool {
	f, is := stream.(*os.File)
	return is && term.IsTerminal(int(f.Fd()))
}

const eraseLine = "\r\x1b[K"

func (r *publishReport) line(w io.Writer, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending {
		fmt.Fprint(r.stderr, eraseLine)
		r.pending = false
	}
	fmt.Fprintf(w, format+"\n", args...)
}

func (r *publishReport) note(format string, args ...any) { r.line(r.stderr, format, args...) }

// progress rewrites a terminal's line; elsewhere the boards' own lines say as
// much.
func (r *publishReport) progress(done, of int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live && done < of {
		fmt.Fprintf(r.stderr, "%s%d of %d boards", eraseLine, done, of)
		r.pending = true
	}
}

// board says what became of a board, its title and its address.
func (r *publishReport) board(b grafana.BoardResult) {
	state := string(b.State)
	if r.options.dryRun {
		switch b.State {
		case grafana.Created:
			state = "to create"
		case grafana.Updated:
			state = "to update"
		case grafana.Removed:
			state = "to remove"
		}
	}
	line := fmt.Sprintf("%-9s  %-24s  %s", state, b.Title, b.URL)
	for _, more := range []string{r.lockWord(b), b.Reason, errorWord(b.Err)} {
		if more != "" {
			line += "  (" + more + ")"
		}
	}
	r.line(r.stdout, "%s", line)
}

func (r *publishReport) lockWord(b grafana.BoardResult) string {
	switch {
	case !b.LockChanged:
		return ""
	case r.options.dryRun:
		return "to " + map[bool]string{true: "lock", false: "unlock"}[r.options.lock]
	}
	return map[bool]string{true: "locked", false: "unlocked"}[r.options.lock]
}

func errorWord(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// result tells of everything but the boards.
func (r *publishReport) result(result grafana.Result) {
	for _, b := range result.Pruned {
		r.board(b)
	}
	made := "created"
	if r.options.dryRun {
		made = "to create"
	}
	if result.DataSourceCreated {
		r.note("data source %q %s: it reads %s", result.DataSource.Name, made, withoutUser(result.DataSource.URL))
	} else if asked := r.options.prometheusURL; asked != "" && result.DataSource.UID != "" && !sameAddress(asked, result.DataSource.URL) {
		r.note("data source %q exists and is left as it is: it reads %s, not %s", result.DataSource.Name, withoutUser(result.DataSource.URL), withoutUser(asked))
	}
	for _, f := range result.FoldersCreated {
		r.note("folder %q %s", f.Title, made)
	}
	if result.NoLock != "" {
		r.note("not locked: %s", result.NoLock)
	}
	switch {
	case result.AnnotationExists:
		r.note("annotation %q is there already, of the last hour", r.options.annotation)
	case result.Annotated && r.options.dryRun:
		r.note("annotation %q to add", r.options.annotation)
	case result.Annotated:
		r.note("annotation %q added", r.options.annotation)
	}
}

// kept says what to do about boards that are not as the code has them.
func (r *publishReport) kept(result grafana.Result) error {
	provisioned := 0
	for _, b := range result.Boards {
		if b.Provisioned {
			provisioned++
		}
	}
	edited := result.Count(grafana.Conflict) - provisioned
	if provisioned > 0 {
		r.note("%d of %d boards come from provisioning files, over which Grafana does not save: bring the files up to date with generate, or take them out of Grafana's provisioning", provisioned, len(result.Boards))
	}
	if edited > 0 {
		r.note("%d of %d boards kept as they are in Grafana: see what changed with diff and take it into the code, or run again with --overwrite", edited, len(result.Boards))
	}
	if result.PruneDeclined && !r.ask {
		r.note("nothing removed: run again with --yes to remove them")
	}
	for _, b := range result.Pruned {
		if b.State == grafana.Conflict {
			return errFinding
		}
	}
	if provisioned+edited > 0 || result.PruneDeclined {
		return errFinding
	}
	return nil
}

// confirm shows what would be removed, and asks unless that was said before.
func (r *publishReport) confirm(condemned []grafana.BoardResult) (bool, error) {
	if r.options.yes {
		return true, nil
	}
	for _, b := range condemned {
		r.line(r.stdout, "%-9s  %-24s  %s", "to remove", b.Title, b.URL)
	}
	if !r.ask {
		return false, nil
	}
	fmt.Fprintf(r.stderr, "Remove these %d boards? [y/N] ", len(condemned))
	answer, err := bufio.NewReader(r.stdin).ReadString('\n')
	if err != nil && answer == "" {
		return false, nil // nobody said yes
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes", nil
}

// retryLog writes the client's warnings as short lines.
func (r *publishReport) retryLog() slog.Handler { return retryLog{r.note} }

type retryLog struct{ note func(string, ...any) }

func (retryLog) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

func (l retryLog) Handle(_ context.Context, record slog.Record) error {
	words := map[string]string{}
	record.Attrs(func(a slog.Attr) bool {
		words[a.Key] = a.Value.String()
		return true
	})
	l.note("%s in %s (%s of %s): %s", record.Message, words["in"], words["try"], words["of"], words["because"])
	return nil
}

func (l retryLog) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l retryLog) WithGroup(string) slog.Handler      { return l }

func sameAddress(a, b string) bool { return strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/") }

// withoutUser returns an address as it may be shown.
func withoutUser(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "another address"
	}
	u.User = nil
	return u.String()
}
