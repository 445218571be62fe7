package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/service/loadgen"
)

// shortestCheck is the time that every panel needs to have something to show:
// the rate window of four scrapes has to be full, and the rarest kind of request
// has to have happened.
const shortestCheck = 10 * time.Second

// options are the flags.
type options struct {
	duration       time.Duration
	check          bool
	pictures       string
	dataDir        string
	serviceAddr    string
	prometheusAddr string
	previewAddr    string
	rate           int
	histograms     query.Form
}

// validate returns what is wrong with the flags, as a user would say it.
func (o options) validate() error {
	switch {
	case o.duration < 0:
		return fmt.Errorf("--for %s is negative; give a duration such as 30s", o.duration)
	case o.check && o.duration < shortestCheck:
		return fmt.Errorf("--check needs %s of traffic for every panel to have data; give --for %s or more", shortestCheck, shortestCheck)
	case o.pictures != "" && o.duration == 0:
		return errors.New("--render draws at the end; give --for 30s, or longer for more to see")
	case o.rate < 1:
		return fmt.Errorf("--rate %d is no traffic; give 1 request per second or more", o.rate)
	}
	return nil
}

func rootCommand() *cobra.Command {
	var opts options
	root := &cobra.Command{
		Use:   "provisioning",
		Short: "Run a Gin service, a real Prometheus, traffic and the dashboards in one process",
		Long: `Run the reference service, a real Prometheus that scrapes it and itself every
second, a load generator, and a page with the dashboards, in one process and without
Docker.

Exit status: 0 if all ended well, 1 if a part died or --check found a panel
without data, 2 if it could not start.`,
		Example: `  go run ./provisioning
  go run ./provisioning --for 30s --check`,
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		// A suggestion would be a second line.
		DisableSuggestions: true,
		CompletionOptions:  cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := opts.validate(); err != nil {
				return err
			}
			return up(cmd.Context(), opts, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	})
	flags := root.Flags()
	flags.SortFlags = false
	flags.DurationVar(&opts.duration, "for", 0, "stop after this much traffic, e.g. 30s (default: at Ctrl-C)")
	flags.BoolVar(&opts.check, "check", false, "at the end, prove that every panel of every dashboard has data")
	flags.StringVar(&opts.pictures, "render", "", "at the end, draw every dashboard as an SVG in this `directory`")
	flags.StringVar(&opts.dataDir, "data", "", "keep Prometheus' data in this directory (default: a temporary one)")
	flags.StringVar(&opts.serviceAddr, "service-addr", app.DefaultAddr, "where the service listens; port 0 takes a free one")
	flags.StringVar(&opts.prometheusAddr, "prometheus-addr", "127.0.0.1:9090", "where Prometheus listens; port 0 takes a free one")
	flags.StringVar(&opts.previewAddr, "preview-addr", "127.0.0.1:3001", "where the dashboards are shown in a browser; port 0 takes a free one")
	flags.Var(&opts.histograms, "histograms", "classic or native: how the service exposes its histograms, and the boards ask for them")
	flags.IntVar(&opts.rate, "rate", loadgen.DefaultRate, "requests per second")
	root.AddCommand(configCommand())
	return root
}

// errInterrupted is a check that was not made.
var errInterrupted = errors.New("interrupted before the check: nothing is proved")
