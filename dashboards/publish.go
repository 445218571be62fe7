package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/grafana"
)

const publishHelp = `Publish saves every board in Grafana. It creates the data source and the folder
if they are missing, and writes nothing when nothing changed. A board that was
changed in Grafana since the last publish is kept and reported.

Environment:
  GRAFANA_URL or GRAFANA_SERVER    Grafana's address, such as http://localhost:3000
  GRAFANA_TOKEN or GRAFANA_AUTH    a service account token (or user:password)
  GRAFANA_USER, GRAFANA_PASSWORD   instead of a token
  GRAFANA_ORG_ID                   an organisation other than the credentials' own
  GRAFANA_CA_CERT                  PEM file (or PEM) of the server's authority
  PROMETHEUS_URL                   default of --prometheus-url

Exit status: 0 all is published, 1 a board was kept, 2 it could not be done.`

// publishOptions are the flags of publish.
type publishOptions struct {
	folder        grafana.Folder
	prometheusURL string
	dataSource    string
	message       string
	overwrite     bool
	dryRun        bool
}

// The data source that the provisioned Grafana has too. A Grafana whose owner
// already made one called Prometheus has it used, whatever its uid.
const (
	defaultDataSource     = "ginsight-prometheus"
	defaultDataSourceName = "Prometheus"
)

// publishCommand saves the boards that build returns in the Grafana that the
// environment names.
func publishCommand(build func() ([]json.RawMessage, error), getenv func(string) string) *cobra.Command {
	var o publishOptions
	cmd := &cobra.Command{
		Use:   "publish",
		Short: "Save every board in Grafana",
		Long:  publishHelp,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := o
			o.prometheusURL = cmp.Or(o.prometheusURL, getenv("PROMETHEUS_URL"))
			return publish(cmd.Context(), o, build, getenv, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.folder.UID, "folder", "ginsight", "`UID` of the folder")
	f.StringVar(&o.folder.Title, "folder-title", "ginsight", "title of the folder if it has to be created")
	f.StringVar(&o.dataSource, "datasource", defaultDataSource, "`UID` of the Prometheus data source")
	f.StringVar(&o.prometheusURL, "prometheus-url", "", "`URL` of Prometheus as Grafana sees it, if the data source has to be created (default $PROMETHEUS_URL or http://localhost:9090)")
	f.StringVar(&o.message, "message", "Published by ginsight", "what Grafana's history says of the change")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace boards that were changed in Grafana")
	f.BoolVar(&o.dryRun, "dry-run", false, "say what would happen and write nothing")
	return cmd
}

func publish(ctx context.Context, o publishOptions, build func() ([]json.RawMessage, error), getenv func(string) string, stdout, stderr io.Writer) error {
	cfg, err := grafana.ConfigFromEnv(getenv)
	if err != nil {
		return err
	}
	cfg.Log = slog.New(slog.NewTextHandler(stderr, nil))
	client, err := grafana.New(cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	boards, err := build()
	if err != nil {
		return fmt.Errorf("build the boards: %w", err)
	}
	plan := o.plan()
	plan.Boards = boards
	plan.Report = func(b grafana.BoardResult) { fmt.Fprintln(stdout, boardLine(b, o.dryRun)) }
	result, err := grafana.Publish(ctx, client, plan)
	reportPlaces(stderr, result, o)
	if err != nil {
		return err
	}
	if n := result.Count(grafana.Conflict); n > 0 {
		fmt.Fprintf(stderr, "%d of %d boards kept as they are in Grafana: take the changes into the code, or run again with --overwrite\n", n, len(result.Boards))
		return errFinding
	}
	return nil
}

func (o publishOptions) plan() grafana.Plan {
	source := grafana.PlannedDataSource{
		UID: o.dataSource,
		URL: cmp.Or(o.prometheusURL, "http://localhost:9090"),
	}
	if source.UID == defaultDataSource {
		source.Name = defaultDataSourceName
	}
	return grafana.Plan{
		DataSource: source,
		Folder:     o.folder,
		Message:    o.message,
		Overwrite:  o.overwrite,
		DryRun:     o.dryRun,
	}
}

// boardLine says what became of a board, its title and its address.
func boardLine(b grafana.BoardResult, dryRun bool) string {
	state := string(b.State)
	if dryRun && b.State == grafana.Created {
		state = "to create"
	}
	if dryRun && b.State == grafana.Updated {
		state = "to update"
	}
	line := fmt.Sprintf("%-9s  %-24s  %s", state, b.Title, b.URL)
	if b.Err != nil {
		return line + "  (" + b.Err.Error() + ")"
	}
	if b.Reason != "" {
		return line + "  (" + b.Reason + ")"
	}
	return line
}

// reportPlaces tells of a data source and a folder that were made, and of a
// data source that leads elsewhere than the user asked for.
func reportPlaces(w io.Writer, r grafana.Result, o publishOptions) {
	made := "created"
	if o.dryRun {
		made = "to create"
	}
	if r.DataSourceCreated {
		fmt.Fprintf(w, "data source %q %s: it reads %s\n", r.DataSource.Name, made, withoutUser(r.DataSource.URL))
	} else if asked := o.prometheusURL; asked != "" && r.DataSource.UID != "" && !sameAddress(asked, r.DataSource.URL) {
		fmt.Fprintf(w, "data source %q exists and is left as it is: it reads %s, not %s\n", r.DataSource.Name, withoutUser(r.DataSource.URL), withoutUser(asked))
	}
	if r.FolderCreated {
		fmt.Fprintf(w, "folder %q %s\n", r.Folder.Title, made)
	}
}

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
