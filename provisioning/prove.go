package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/query"
)

// proveLookback is how far back a panel that is empty now is searched for data
// that it had.
const proveLookback = time.Minute

// errBlank is the end of a proof that failed; what is wrong has been printed.
var errBlank = errors.New("a panel has no data; the lines above say which and why")

// prove looks at every query of every dashboard, in the form that the histograms
// are stored in, and evaluates it against the Prometheus at that URL. It prints
// what it found to out, and returns an error if a panel has no data, a query
// fails or does not fit its metrics. Under load nothing may be undecided.
func prove(ctx context.Context, prometheusURL string, f query.Form, out io.Writer) error {
	list, err := boards.CheckedIn(f)
	if err != nil {
		return fmt.Errorf("build the dashboards: %w", err)
	}
	server, err := check.NewServer(prometheusURL)
	if err != nil {
		return err
	}
	defer server.Close()
	options := check.Options{Lookback: proveLookback, Strict: true}
	// The board about Prometheus shows how long queries take. Those of a first
	// pass are what it has to show in the second.
	if _, err := check.Boards(ctx, server, list, options); err != nil {
		return fmt.Errorf("check the dashboards: %w", err)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(2 * scrapeInterval):
	}
	if options.Schema, err = server.Schema(ctx, list, proveLookback); err != nil {
		return fmt.Errorf("ask Prometheus for its metrics: %w", err)
	}
	options.Schema.Optional(boards.Optional()...)
	report, err := check.Boards(ctx, server, list, options)
	if err != nil {
		return fmt.Errorf("check the dashboards: %w", err)
	}
	if err := report.Write(out); err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return errBlank
	}
	return nil
}
