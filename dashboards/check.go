package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
)

type checkFlags struct {
	prometheus, metrics string
	lookback            time.Duration
	strict              bool
	selected            []string
}

func checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [FILE.json ...]",
		Short: "Evaluate every query and say which panels have no data",
		Long: "Evaluate every query of the boards, or of any dashboard given as a file, against a\n" +
			"Prometheus server or against what a service exposes on /metrics.\n\n" +
			"Exit status: 0 if every panel has data, 1 if one has not, 2 if nothing could be checked.",
		Example: "  dashboards check --prometheus http://localhost:9090\n" +
			"  dashboards check --metrics http://localhost:8080/metrics\n" +
			"  dashboards check --metrics metrics.txt my-dashboard.json",
		RunE: func(cmd *cobra.Command, args []string) error { return runCheck(cmd, f, args) },
	}
	cmd.Flags().StringVar(&f.prometheus, "prometheus", "", "address of a Prometheus server")
	cmd.Flags().StringVar(&f.metrics, "metrics", "", "URL or file of an exposition, which is scraped by an engine in this process")
	cmd.Flags().DurationVar(&f.lookback, "lookback", 15*time.Minute, "how far back to look for data that a panel had")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "count a query that shows only \"not a number\", or is silent beside others, as a finding")
	cmd.Flags().StringArrayVar(&f.selected, "var", nil, "pick a value for a variable, as name=value; several times for several (default: all)")
	return cmd
}

// picked reads the values of --var.
func (f checkFlags) picked() (map[string][]string, error) {
	out := map[string][]string{}
	for _, text := range f.selected {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--var %q: write it as name=value", text)
		}
		out[name] = append(out[name], value)
	}
	return out, nil
}

func runCheck(cmd *cobra.Command, f checkFlags, files []string) (err error) {
	if (f.prometheus == "") == (f.metrics == "") {
		return errors.New("check needs a source: either --prometheus URL or --metrics URL|FILE")
	}
	selected, err := f.picked()
	if err != nil {
		return err
	}
	list, err := boardsToCheck(files)
	if err != nil {
		return err
	}
	if f.metrics != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "scraping, until there are enough samples for a rate ...")
	}
	src, closeSource, err := f.source(cmd.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeSource()) }()
	report, err := check.Boards(cmd.Context(), src, list, check.Options{Lookback: f.lookback, Strict: f.strict, Selected: selected})
	if err != nil {
		return err
	}
	if err := report.Write(cmd.OutOrStdout()); err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return errFinding
	}
	return nil
}

// source opens what the flags name.
func (f checkFlags) source(ctx context.Context) (check.Source, func() error, error) {
	if f.metrics != "" {
		x, err := check.NewExposition(ctx, f.metrics)
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

// boardsToCheck reads the files, or takes our own boards if there are none.
func boardsToCheck(files []string) ([]check.Board, error) {
	if len(files) == 0 {
		return boards.Checked()
	}
	var out []check.Board
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read dashboard: %w", err)
		}
		b, err := check.Parse(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, b)
	}
	return out, nil
}
