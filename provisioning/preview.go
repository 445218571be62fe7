package main

import (
	"context"
	"errors"
	"log/slog"
	"net"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/dashboards/view/preview"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

// viewer shows the dashboards in a browser.
type viewer struct {
	listener net.Listener
	source   *source.Prometheus
	pages    *preview.Preview
}

// newViewer takes its address; it answers once it runs.
func newViewer(ctx context.Context, addr, prometheusURL string, f query.Form, log *slog.Logger) (_ *viewer, err error) {
	raw, err := boards.JSONIn(f)
	if err != nil {
		return nil, err
	}
	var list []preview.Board
	for i, b := range boards.In(f) {
		list = append(list, preview.Board{Name: b.UID + ".json", JSON: raw[i]})
	}
	v := &viewer{}
	v.source, err = source.NewPrometheus(source.Config{Address: prometheusURL, ScrapeInterval: scrapeInterval})
	if err != nil {
		return nil, err
	}
	if v.pages, err = preview.New(preview.Config{Boards: list, Source: v.source, From: "now-5m", Refresh: "1s", Logger: log}); err != nil {
		return nil, err
	}
	if v.listener, err = new(net.ListenConfig).Listen(ctx, "tcp", addr); err != nil {
		return nil, errors.Join(err, v.pages.Close())
	}
	return v, nil
}

// URL is where the pages are.
func (v *viewer) URL() string { return "http://" + v.listener.Addr().String() + "/" }

// Run serves until ctx is done.
func (v *viewer) Run(ctx context.Context) error {
	defer v.source.Close()
	return errors.Join(preview.Serve(ctx, v.listener, v.pages), v.pages.Close())
}
