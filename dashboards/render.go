package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

const renderHelp = `Make pictures of the boards, or of any dashboard given as a file or a folder of
files, without a Grafana: as SVG, as PNG, or as one HTML file with all of them.

The data come from a Prometheus, or from a recording: --record FILE keeps what the
server answered, and --data FILE draws from it, the same picture every time.

Exit status: 0 all is drawn; 1 it is, and some panel or variable has an error; 2 it
could not be done.`

// renderOptions are the flags of render.
type renderOptions struct {
	viewFlags
	dir, record string
	formats     []string
	theme       string
	width       int
	scale       float64
	open        bool
}

// pictureFormats are what a board can be drawn as.
var pictureFormats = []string{"svg", "png", "html"}

func renderCommand() *cobra.Command {
	var o renderOptions
	cmd := &cobra.Command{
		Use:   "render [FILE.json|FOLDER ...]",
		Short: "Make pictures of the boards, without a Grafana",
		Long:  renderHelp,
		Example: "  dashboards render -o pictures --prometheus http://localhost:9090\n" +
			"  dashboards render -o pictures --format png --theme light --range 6h my-dashboard.json\n" +
			"  dashboards render -o pictures --format html --prometheus http://localhost:9090 --record data.json.gz\n" +
			"  dashboards render -o pictures --data data.json.gz",
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	o.register(cmd)
	o.registerSpan(cmd)
	f := cmd.Flags()
	f.StringVarP(&o.dir, "output", "o", "", "`directory` to write to (required)")
	f.StringSliceVar(&o.formats, "format", []string{"svg"}, "svg, png and html, several between commas")
	f.StringVar(&o.theme, "theme", "dark", "dark or light")
	f.IntVar(&o.width, "width", page.DefaultWidth, "width of the page in px")
	f.Float64Var(&o.scale, "scale", 1, "how many pixels of a PNG make a px")
	f.BoolVar(&o.open, "open-rows", false, "show what is in collapsed rows")
	f.StringVar(&o.record, "record", "", "keep the server's answers in a `file`, for --data")
	cmd.MarkFlagRequired("output") //nolint:errcheck // the flag exists
	return cmd
}

// The bounds of a page's width in px and of a PNG's scale: what is larger does
// not fit into memory.
const (
	minWidth, maxWidth = 320, 8000
	maxScale           = 4
)

func (o *renderOptions) validate() error {
	for _, name := range o.formats {
		if !slices.Contains(pictureFormats, name) {
			return fmt.Errorf("--format %s: use svg, png or html, several between commas", name)
		}
	}
	switch {
	case o.theme != "dark" && o.theme != "light":
		return fmt.Errorf("--theme %s: use dark or light", o.theme)
	case o.width < minWidth || o.width > maxWidth:
		return fmt.Errorf("--width %d: give %d to %d px", o.width, minWidth, maxWidth)
	case !(o.scale >= 0.1 && o.scale <= maxScale):
		return fmt.Errorf("--scale %v: give 0.1 to %d", o.scale, maxScale)
	case o.record != "" && o.data != "":
		return errors.New("--record keeps the answers of a server: leave --data out")
	}
	o.light = o.theme == "light"
	return nil
}

func (o renderOptions) run(cmd *cobra.Command, args []string) (err error) {
	if err := o.validate(); err != nil {
		return err
	}
	list, err := o.boards(args)
	if err != nil {
		return err
	}
	src, closeSource, err := o.source()
	if err != nil {
		return err
	}
	defer closeSource()
	if o.now.IsZero() {
		o.now = time.Now() // one moment for all boards, so that a recording has one
	}
	var recorder *source.Recorder
	if o.record != "" {
		recorder = source.NewRecorder(src)
		src = recorder
	}
	pages, err := o.load(cmd.Context(), src, list, newProgress(cmd.ErrOrStderr()))
	if err != nil {
		return err
	}
	if recorder != nil {
		if err := recorder.WriteFile(o.record); err != nil {
			return err
		}
	}
	if err := o.write(pages, cmd.OutOrStdout()); err != nil {
		return err
	}
	return flaws(pages, cmd.ErrOrStderr())
}

// drawn is a page with the name of its files, without their ending.
type drawn struct {
	*page.Page
	name string
}

// load asks for the data of all boards. Without a single answer there is nothing
// to draw, and the first error says why.
func (o renderOptions) load(ctx context.Context, src source.Source, list []viewBoard, p *progress) ([]drawn, error) {
	defer p.end()
	var out []drawn
	var first error
	answered := false
	names := fileNames{}
	for _, b := range list {
		options, err := o.options(b.Board)
		if err != nil {
			return nil, err
		}
		options.Width, options.Open = float64(o.width), o.open
		options.Done = func(_ model.Panel, done, total int) { p.say("%s: %d of %d panels", b.Title, done, total) }
		loaded, err := page.Load(ctx, src, b.Board, options)
		if err != nil {
			return nil, err
		}
		failed := loaded.Failed()
		if len(failed) > 0 && first == nil {
			first = failed[0].Err
		}
		answered = answered || loaded.Answered()
		out = append(out, drawn{loaded, names.of(b)})
	}
	if !answered && first != nil {
		return nil, first
	}
	return out, nil
}

// fileNames are those that are taken, as a file system compares them that does
// not tell capitals.
type fileNames map[string]bool

// of is a name that no other board has: folders may hold several boards of one
// name, and none may replace the picture of another.
func (n fileNames) of(b viewBoard) string {
	name := fileName(b)
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s-%d", fileName(b), i)
	}
	n[strings.ToLower(name)] = true
	return name
}

// maxName is the longest name in bytes, with room for an ending.
const maxName = 200

// fileName is what a board's pictures are called: by its uid, or else as the file
// that it came from.
func fileName(b viewBoard) string {
	name := b.UID
	if name == "" {
		name = strings.TrimSuffix(b.Name, ".json")
	}
	name = name[:min(len(name), maxName)]
	// A uid comes out of a file and must not lead out of the directory.
	name = strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || r == ':' || r == utf8.RuneError || unicode.IsControl(r) {
			return '-'
		}
		return r
	}, name)
	return cmp.Or(strings.TrimLeft(name, "."), "board")
}

func (o renderOptions) write(pages []drawn, stdout io.Writer) error {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return fmt.Errorf("make the output directory: %w", err)
	}
	for _, format := range o.formats {
		files, err := o.pictures(format, pages)
		if err != nil {
			return err
		}
		for _, f := range files {
			state, err := f.write(o.dir)
			if err != nil {
				return err
			}
			fmt.Fprintf(stdout, "%-9s  %s\n", state, filepath.Join(o.dir, f.name))
		}
	}
	return nil
}

func (o renderOptions) pictures(format string, pages []drawn) ([]file, error) {
	var out []file
	if format == "html" {
		var body bytes.Buffer
		list := make([]*page.Page, len(pages))
		for i, p := range pages {
			list[i] = p.Page
		}
		err := page.HTML(&body, list)
		return []file{{"index.html", body.Bytes()}}, err
	}
	for _, p := range pages {
		var body bytes.Buffer
		scene := p.Scene()
		var err error
		if format == "png" {
			err = scene.PNG(&body, o.scale)
		} else {
			err = scene.SVG(&body, draw.SVGOptions{Fonts: true})
		}
		if err != nil {
			return nil, fmt.Errorf("board %q: %w", p.Board.Title, err)
		}
		out = append(out, file{p.name + "." + format, body.Bytes()})
	}
	return out, nil
}

// flaws says which variables have no values, for which panels then ask in vain,
// which annotations are missing, and which panels have an error on them.
func flaws(pages []drawn, stderr io.Writer) error {
	var err error
	for _, p := range pages {
		for _, v := range p.Values.List() {
			if v.Problem != "" {
				fmt.Fprintf(stderr, "board %q, variable %q: %s\n", p.Board.Title, v.Name, v.Problem)
				err = errFinding
			}
		}
		for _, e := range p.Unmarked {
			fmt.Fprintf(stderr, "board %q, %v\n", p.Board.Title, e)
			err = errFinding
		}
		for _, in := range p.Failed() {
			fmt.Fprintf(stderr, "board %q, panel %q: %v\n", p.Board.Title, in.Panel.Title, in.Err)
			err = errFinding
		}
	}
	return err
}
