package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/source"
	picture "github.com/ginsight/ginsight/dashboards/view/term"
)

const showHelp = `Draw a board in the terminal: graphs as braille dots, values and tables as text.
BOARD is the uid or the title of one of our boards, or a file; without it, the first
board is shown.

Where the output is no terminal it is plain text: one line for each value, with the
panel, the series and the value between tabs.`

// showOptions are the flags of show.
type showOptions struct {
	viewFlags
	follow   bool
	interval time.Duration
	width    int
	plain    bool
	open     bool
}

func showCommand(getenv func(string) string) *cobra.Command {
	var o showOptions
	cmd := &cobra.Command{
		Use:   "show [BOARD]",
		Short: "Draw a board in the terminal",
		Long:  showHelp,
		Example: "  dashboards show --prometheus http://localhost:9090\n" +
			"  dashboards show ginsight-http --follow\n" +
			"  dashboards show my-dashboard.json --plain | grep Error",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args, getenv) },
	}
	o.register(cmd)
	o.registerSpan(cmd)
	f := cmd.Flags()
	f.BoolVar(&o.follow, "follow", false, "draw anew until Ctrl-C")
	f.DurationVar(&o.interval, "interval", 5*time.Second, "how often --follow draws")
	f.IntVar(&o.width, "width", 0, "width in characters (default: the terminal's)")
	f.BoolVar(&o.plain, "plain", false, "lines of text instead of a picture, as where the output is no terminal")
	f.BoolVar(&o.open, "open-rows", false, "show what is in collapsed rows")
	return cmd
}

// shortestFollow keeps a terminal, and the server, from being flooded.
const shortestFollow = 200 * time.Millisecond

func (o showOptions) run(cmd *cobra.Command, args []string, getenv func(string) string) error {
	out := cmd.OutOrStdout()
	if o.follow && o.interval < shortestFollow {
		return fmt.Errorf("--interval %s: give %s or more", o.interval, shortestFollow)
	}
	b, err := o.board(args)
	if err != nil {
		return err
	}
	src, closeSource, err := o.source()
	if err != nil {
		return err
	}
	defer closeSource()
	o.plain = o.plain || !isTerminal(out) && o.width == 0
	depth := picture.DepthFromEnv(getenv)
	if !isTerminal(out) {
		depth = picture.Mono
	}
	if !o.follow {
		text, err := o.draw(cmd.Context(), src, b, depth, out)
		if err != nil {
			return err
		}
		_, err = out.Write(text)
		return err
	}
	return o.keep(cmd.Context(), src, b, depth, out)
}

// board finds what is to be shown.
func (o showOptions) board(args []string) (viewBoard, error) {
	if len(args) == 1 && strings.HasSuffix(args[0], ".json") {
		return viewIn(args[0])
	}
	list, err := ownViews(o.histograms)
	if err != nil {
		return viewBoard{}, err
	}
	if len(args) == 0 {
		return list[0], nil
	}
	var names []string
	for _, b := range list {
		if b.UID == args[0] || strings.EqualFold(b.Title, args[0]) {
			return b, nil
		}
		names = append(names, b.UID)
	}
	return viewBoard{}, fmt.Errorf("there is no board %q: use %s, or name a file.json", args[0], strings.Join(names, ", "))
}

// draw asks for the data and makes the text of one picture.
func (o showOptions) draw(ctx context.Context, src source.Source, b viewBoard, depth picture.Depth, out io.Writer) ([]byte, error) {
	options, err := o.options(b.Board)
	if err != nil {
		return nil, err
	}
	options.Open = o.open || o.plain
	p, err := page.Load(ctx, src, b.Board, options)
	if err != nil {
		return nil, err
	}
	if failed := p.Failed(); len(failed) > 0 && !p.Answered() {
		return nil, failed[0].Err
	}
	var text bytes.Buffer
	if !o.plain {
		err := picture.Board(b.Title, p.Panels, p.Grids, o.columns(out)).Write(&text, depth)
		return text.Bytes(), err
	}
	for _, in := range p.Panels {
		if err := picture.Plain(&text, in); err != nil {
			return nil, err
		}
	}
	return text.Bytes(), nil
}

// columns is the width of the picture in characters.
func (o showOptions) columns(out io.Writer) int {
	if o.width > 0 {
		return min(max(o.width, 20), 1000)
	}
	if f, ok := out.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// Sequences for a picture that is drawn again and again (xterm's alternate
// screen, and ECMA-48).
const (
	enterScreen = "\x1b[?1049h\x1b[?25l"
	leaveScreen = "\x1b[?25h\x1b[?1049l"
	home        = "\x1b[H"
	eraseRest   = "\x1b[K"
	eraseBelow  = "\x1b[J"
)

// keep draws until ctx is over. An error in between is shown, and goes away when
// the server answers again.
func (o showOptions) keep(ctx context.Context, src source.Source, b viewBoard, depth picture.Depth, out io.Writer) error {
	screen := isTerminal(out) && !o.plain
	if screen {
		fmt.Fprint(out, enterScreen)
		defer fmt.Fprint(out, leaveScreen)
	}
	ticker := time.NewTicker(o.interval)
	defer ticker.Stop()
	for {
		text, err := o.draw(ctx, src, b, depth, out)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			text = []byte(err.Error() + "\n")
		}
		if screen {
			text = onScreen(text, out)
		}
		if _, err := out.Write(text); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// onScreen makes a text replace what is on the screen, as far as that is high.
func onScreen(text []byte, out io.Writer) []byte {
	lines := bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	if f, ok := out.(*os.File); ok {
		if _, height, err := term.GetSize(int(f.Fd())); err == nil && height > 1 && len(lines) > height {
			lines = lines[:height]
		}
	}
	return append(append([]byte(home), bytes.Join(lines, []byte(eraseRest+"\r\n"))...), eraseRest+eraseBelow...)
}
