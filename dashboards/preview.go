package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/view/preview"
	"github.com/ginsight/ginsight/dashboards/view/watch"
)

const previewHelp = `Show the boards, or any dashboard given as a file or a folder of files, in a browser
and keep them moving: a local page that needs no Grafana, and asks one Prometheus.

With --watch the page follows its sources: the files that were named, or the Go code
of our own boards, which is then built anew. While the code does not compile, the
page says so and keeps the last good boards.`

// previewOptions are the flags of preview.
type previewOptions struct {
	viewFlags
	addr, grafana, theme string
	watch                bool
	hosts                []string
}

func previewCommand(getenv func(string) string) *cobra.Command {
	var o previewOptions
	cmd := &cobra.Command{
		Use:   "preview [FILE.json|FOLDER ...]",
		Short: "Show the boards in a browser, live and without a Grafana",
		Long:  previewHelp,
		Example: "  dashboards preview --prometheus http://localhost:9090\n" +
			"  dashboards preview --watch\n" +
			"  dashboards preview --watch exported/",
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), args, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	o.registerSource(cmd)
	histogramsFlag(cmd, &o.histograms)
	f.StringVar(&o.addr, "addr", "127.0.0.1:3001", "where to listen; port 0 takes a free one")
	f.StringArrayVar(&o.hosts, "host", nil, "a further name that browsers may call the page by; several times for several")
	f.StringVar(&o.grafana, "grafana", getenv("GRAFANA_URL"), "address of a Grafana that has the same boards, to link to")
	f.StringVar(&o.theme, "theme", "", "dark or light (default: what the browser prefers)")
	f.BoolVar(&o.watch, "watch", false, "follow changes of the files, or of the boards' Go code")
	return cmd
}

func (o previewOptions) run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	list, err := o.boards(args)
	if err != nil {
		return err
	}
	src, closeSource, err := o.source()
	if err != nil {
		return err
	}
	defer closeSource()
	p, err := preview.New(preview.Config{
		Boards: previewed(list), Source: src, Grafana: o.grafana, Theme: o.theme, Hosts: o.hosts,
		Logger: slog.New(slog.NewTextHandler(stderr, nil)),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.addr)
	if err != nil {
		return fmt.Errorf("--addr %s: %w; choose another address with --addr", o.addr, listenReason(err))
	}
	fmt.Fprintf(stdout, "Dashboards  http://%s/\n", listener.Addr())
	if !o.watch {
		return preview.Serve(ctx, listener, p)
	}
	return o.serveAndWatch(ctx, listener, p, args, stdout)
}

// listenReason leaves out what stands in the message anyway: "listen tcp
// 127.0.0.1:3001: bind: ...".
func listenReason(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err
}

// serveAndWatch ends when either ends.
func (o previewOptions) serveAndWatch(ctx context.Context, listener net.Listener, p *preview.Preview, args []string, stdout io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	follow, err := o.follower(ctx, p, args, stdout)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	watched := make(chan error, 1)
	go func() {
		defer stop()
		watched <- follow()
	}()
	err = preview.Serve(ctx, listener, p)
	stop()
	return errors.Join(err, <-watched)
}

// follower returns what keeps the preview up to date until ctx is over.
func (o previewOptions) follower(ctx context.Context, p *preview.Preview, args []string, stdout io.Writer) (func() error, error) {
	if len(args) > 0 {
		isJSON := func(name string) bool { return strings.HasSuffix(name, ".json") }
		reload := func() {
			list, err := o.boards(args)
			report(p, previewed(list), err, stdout)
		}
		return func() error { return watch.Files(ctx, args, isJSON, reload) }, nil
	}
	root, err := watch.Root(".")
	if err != nil {
		return nil, fmt.Errorf("--watch: %w", err)
	}
	if _, err := os.Stat(filepath.Join(root, "dashboards", "main.go")); err != nil {
		return nil, errors.New("--watch: this is not the checkout of the boards: change to it, or name the files to watch")
	}
	code := watch.Source{Root: root, Package: "./dashboards", Args: []string{"--histograms", o.histograms.String()}}
	isGo := func(name string) bool {
		return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
	}
	rebuild := func() {
		files, err := code.Build(ctx)
		report(p, ordered(files), err, stdout)
	}
	return func() error { return watch.Files(ctx, []string{root}, isGo, rebuild) }, nil
}

// ordered lists files in the order that our boards have in this program, and new
// ones after them by name: a folder does not tell the order in the code.
func ordered(files map[string][]byte) []preview.Board {
	place := map[string]int{}
	for i, b := range boards.All() {
		place[b.UID+".json"] = i - len(boards.All()) // below the 0 of those that are new
	}
	var list []preview.Board
	for name, body := range files {
		list = append(list, preview.Board{Name: name, JSON: body})
	}
	slices.SortFunc(list, func(a, b preview.Board) int {
		return cmp.Or(cmp.Compare(place[a.Name], place[b.Name]), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// report puts new boards onto the page, or why there are none.
func report(p *preview.Preview, list []preview.Board, err error, stdout io.Writer) {
	var broken *watch.BuildError
	switch {
	case errors.Is(err, context.Canceled):
	case errors.As(err, &broken):
		p.SetBuildError(broken.Output)
		fmt.Fprintln(stdout, "The boards do not build; the page has the reason.")
	case err != nil:
		p.SetBuildError(err.Error())
		fmt.Fprintln(stdout, "The boards cannot be read; the page has the reason.")
	default:
		p.SetBoards(list)
		fmt.Fprintf(stdout, "%d boards are up to date.\n", len(list))
	}
}

func previewed(list []viewBoard) []preview.Board {
	out := make([]preview.Board, len(list))
	for i, b := range list {
		out[i] = preview.Board{Name: b.Name, JSON: b.JSON}
	}
	return out
}
