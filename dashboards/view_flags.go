package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// viewFlags are what render, show and preview share: which boards, from which
// data, over which time.
type viewFlags struct {
	histograms query.Form
	prometheus string
	data       string
	when       string
	length     string
	selected   []string
	scrape     time.Duration
	light      bool
	// now is what "now" means; zero is the clock.
	now time.Time
}

func (f *viewFlags) register(cmd *cobra.Command) {
	f.registerSource(cmd)
	histogramsFlag(cmd, &f.histograms)
	cmd.Flags().StringArrayVar(&f.selected, "var", nil, "pick a value for a variable, as name=value; several times for several (default: as saved)")
}

// registerSource adds the flags of where data come from.
func (f *viewFlags) registerSource(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.prometheus, "prometheus", os.Getenv("PROMETHEUS_URL"), "address of a Prometheus server (default $PROMETHEUS_URL)")
	cmd.Flags().DurationVar(&f.scrape, "scrape-interval", 15*time.Second, "the data source's scrape interval, which $__rate_interval depends on")
}

// registerSpan adds the flags of a picture of one moment.
func (f *viewFlags) registerSpan(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.data, "data", "", "a `file` that render --record wrote, instead of a server")
	cmd.Flags().StringVar(&f.when, "time", "", `the end of the time range, such as "now-5m" or "2026-01-31 12:00:00" (default: the board's)`)
	cmd.Flags().StringVar(&f.length, "range", "", "how long the time range is, such as 30m or 7d (default: the board's)")
}

// viewBoard is a board with the file it came from.
type viewBoard struct {
	model.Board
	Name string // a file's, without a folder
	JSON []byte
}

// boards reads the files and folders that are named, or else our own boards.
func (f viewFlags) boards(args []string) ([]viewBoard, error) {
	if len(args) == 0 {
		return ownViews(f.histograms)
	}
	var out []viewBoard
	for _, arg := range args {
		list, err := viewsIn(arg)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func ownViews(form query.Form) ([]viewBoard, error) {
	var out []viewBoard
	for _, b := range boards.In(form) {
		raw, err := b.JSON()
		if err != nil {
			return nil, err
		}
		one, err := newView(b.UID+".json", raw)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func newView(name string, raw []byte) (viewBoard, error) {
	b, err := model.Parse(raw)
	if err != nil {
		return viewBoard{}, fmt.Errorf("%s: %w", name, err)
	}
	return viewBoard{b, filepath.Base(name), raw}, nil
}

// viewsIn reads a file, or every dashboard among the *.json below a folder.
func viewsIn(path string) ([]viewBoard, error) {
	foreign := func(err error) bool { return errors.Is(err, model.ErrNoBoard) }
	return filesIn(path, "dashboard (*.json)", []string{".json"}, viewIn, foreign)
}

func viewIn(name string) (viewBoard, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return viewBoard{}, fmt.Errorf("read dashboard: %w", err)
	}
	return newView(name, raw)
}

// source opens what the flags name. A recording brings its own time.
func (f *viewFlags) source() (source.Source, func(), error) {
	switch {
	case f.data != "" && f.prometheus != "":
		return nil, nil, errors.New("give either --prometheus or --data, not both")
	case f.data != "":
		src, err := source.OpenRecording(f.data)
		if err != nil {
			return nil, nil, err
		}
		f.now = src.Range().To
		return src, func() {}, nil
	case f.prometheus != "":
		src, err := source.NewPrometheus(source.Config{Address: f.prometheus, ScrapeInterval: f.scrape})
		if err != nil {
			return nil, nil, err
		}
		return src, src.Close, nil
	}
	return nil, nil, errors.New("there is no source of data: give --prometheus URL, such as http://localhost:9090")
}

// span is the time range for a board: what --time and --range say, and the
// board's own where they say nothing. A board without a time zone is read in UTC,
// so that a picture is the same wherever it is made.
func (f viewFlags) span(b model.Board) (model.Range, error) {
	zone := b.Location(time.UTC)
	now := f.now
	if now.IsZero() {
		now = time.Now()
	}
	r, err := b.Range(now, zone)
	if err != nil && (f.when == "" || f.length == "") {
		return r, fmt.Errorf("board %q: %w", b.Title, err)
	}
	if f.when != "" {
		end, err := model.ParseTime(f.when, now, zone, true)
		if err != nil {
			return r, fmt.Errorf("--time: %w", err)
		}
		r = model.Range{From: end.Add(r.From.Sub(r.To)), To: end, Zone: zone}
	}
	if f.length != "" {
		r.From, err = model.ParseTime("now-"+f.length, r.To, zone, false)
		if err != nil || !r.From.Before(r.To) {
			return r, fmt.Errorf("--range %s: write a length of time as 30m, 6h or 7d", f.length)
		}
	}
	return r, nil
}

// options are how pages are looked at.
func (f viewFlags) options(b model.Board) (page.Options, error) {
	selected, err := picked(f.selected)
	if err != nil {
		return page.Options{}, err
	}
	r, err := f.span(b)
	return page.Options{Range: r, Selected: selected, Theme: theme.Theme{Light: f.light}}, err
}
