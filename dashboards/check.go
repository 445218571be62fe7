package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/query"
)

type checkFlags struct {
	histograms             query.Form
	prometheus             string
	metrics                []string
	lookback, scrape       time.Duration
	strict                 bool
	selected, targetLabels []string
	optional               []string
	format, folder         string
	own                    bool // nothing was named, so that our own boards are checked
}

func checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [FILE.json|RULES.yml|FOLDER ...]",
		Short: "Look at every query and say which panels and rules lie or have no data",
		Long: "Look at every query of the boards, or of any dashboard given as a file, a folder of\n" +
			"files or a folder in Grafana, against a Prometheus server or what a service exposes\n" +
			"on /metrics: whether the metrics and labels exist, whether functions fit the types and\n" +
			"units fit what is measured, and whether there is data.\n\n" +
			"Files of recording and alerting rules are looked at the same way, with the templates\n" +
			"of the alerts. What they record exists for the boards and rules beside them.\n\n" +
			"What cannot be decided is listed as undecided and is no finding. --target-label and\n" +
			"--optional tell of labels that the scrape adds and of metrics that come later.\n\n" +
			"Exit status: 0 if all is well, 1 if there are findings, 2 if nothing could be checked.",
		Example: "  dashboards check --prometheus http://localhost:9090\n" +
			"  dashboards check --metrics http://localhost:8080/metrics\n" +
			"  dashboards check --metrics metrics.txt my-dashboard.json\n" +
			"  dashboards check --metrics metrics.txt rules/ my-dashboard.json\n" +
			"  dashboards check --metrics metrics.txt --format sarif dashboards/ > check.sarif\n" +
			"  dashboards check --prometheus http://localhost:9090 --grafana-folder team-a",
		RunE: func(cmd *cobra.Command, args []string) error { return runCheck(cmd, f, args) },
	}
	cmd.Flags().StringVar(&f.prometheus, "prometheus", "", "address of a Prometheus server")
	cmd.Flags().StringArrayVar(&f.metrics, "metrics", nil, "URL or file of an exposition, which is scraped by an engine in this process; several times for several")
	cmd.Flags().DurationVar(&f.lookback, "lookback", 15*time.Minute, "how far back to look for data that a panel had")
	histogramsFlag(cmd, &f.histograms)
	cmd.Flags().BoolVar(&f.strict, "strict", false, "count a query that shows only \"not a number\", or is silent beside others, as a finding")
	cmd.Flags().StringArrayVar(&f.selected, "var", nil, "pick a value for a variable, as name=value; several times for several (default: all)")
	cmd.Flags().StringVar(&f.format, "format", "table", "how to report: table, json, github (workflow commands) or sarif")
	cmd.Flags().StringArrayVar(&f.targetLabels, "target-label", nil, "a label that the scrape configuration adds to every series, beside job and instance; several times for several")
	cmd.Flags().StringArrayVar(&f.optional, "optional", nil, "a metric or label that exists only at times, whose absence is no finding; several times for several")
	cmd.Flags().DurationVar(&f.scrape, "scrape-interval", 0, "what ranges are compared with (default: that of the server's targets, or 15s)")
	cmd.Flags().StringVar(&f.folder, "grafana-folder", "", "check the boards in a folder of Grafana, by its uid (GRAFANA_URL and GRAFANA_TOKEN say where)")
	return cmd
}

// picked reads the values of --var.
func picked(selected []string) (map[string][]string, error) {
	out := map[string][]string{}
	for _, text := range selected {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--var %q: write it as name=value", text)
		}
		out[name] = append(out[name], value)
	}
	return out, nil
}

func runCheck(cmd *cobra.Command, f checkFlags, files []string) (err error) {
	if (f.prometheus == "") == (f.metrics == nil) {
		return errors.New("check needs a source: either --prometheus URL or --metrics URL|FILE")
	}
	selected, err := picked(f.selected)
	if err != nil {
		return err
	}
	if !check.KnownFormat(f.format) {
		return fmt.Errorf("--format %s: use table, json, github or sarif", f.format)
	}
	f.own = len(files) == 0 && f.folder == ""
	list, err := f.boards(cmd.Context(), files)
	if err != nil {
		return err
	}
	if f.metrics != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), "scraping, until there are enough samples for a rate ...")
	}
	src, closeSource, err := f.source(cmd.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeSource()) }()
	schema, err := f.schema(cmd.Context(), src, list)
	if err != nil {
		return err
	}
	report, err := check.Boards(cmd.Context(), src, list, check.Options{
		Lookback: f.lookback, Strict: f.strict, Selected: selected, Schema: schema, Scrape: f.interval(),
	})
	if err != nil {
		return err
	}
	if err := report.WriteAs(cmd.OutOrStdout(), f.format); err != nil {
		return err
	}
	if report.Problems() > 0 {
		return errFinding
	}
	return nil
}

// interval is the scrape interval for ranges: an exposition does not tell, and
// is scraped here more often than anywhere else.
func (f checkFlags) interval() time.Duration {
	if f.scrape == 0 && f.metrics != nil {
		return 15 * time.Second
	}
	return f.scrape
}

// schema learns what metrics there are.
func (f checkFlags) schema(ctx context.Context, src check.Source, list []check.Board) (schema *check.Schema, err error) {
	switch src := src.(type) {
	case *check.Server:
		schema, err = src.Schema(ctx, list, f.lookback)
	case *check.Exposition:
		schema, err = src.Schema(ctx)
	}
	if err != nil {
		return nil, err
	}
	schema.TargetLabels(f.targetLabels...)
	schema.Optional(f.optional...)
	if f.own {
		schema.Optional(boards.Optional()...)
	}
	return schema, nil
}

// source opens what the flags name.
func (f checkFlags) source(ctx context.Context) (check.Source, func() error, error) {
	if f.metrics != nil {
		x, err := check.NewExposition(ctx, f.metrics...)
		if err != nil {
			return nil, nil, err
		}
		return x, x.Close, nil
	}
	s, err := check.NewServer(f.prometheus)
	if err != nil {
		return nil, nil, err
	}
	return s, func() error { s.Close(); return nil }, nil
}
