package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/grafana"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
)

const grafanaHelp = `Environment:
  GRAFANA_URL or GRAFANA_SERVER    Grafana's address, such as http://localhost:3000
  GRAFANA_TOKEN or GRAFANA_AUTH    a service account token (or user:password)
  GRAFANA_USER, GRAFANA_PASSWORD   instead of a token
  GRAFANA_ORG_ID                   an organisation other than the credentials' own
  GRAFANA_CA_CERT                  PEM file (or PEM) of the server's authority
  PROMETHEUS_URL                   default of --prometheus-url`

const publishHelp = `Publish saves every board in Grafana. It creates the data source and the folders
if they are missing, and writes nothing when nothing changed. A board that was
changed in Grafana since the last publish is kept and reported: see what changed
with diff. A run that was interrupted or failed half-way can simply be run again.

` + grafanaHelp + `

Exit status: 0 all is published, 1 a board was kept or not removed, 2 it could
not be done.`

// publishOptions are the flags of publish; diff has some of them.
type publishOptions struct {
	folder, folderTitle string
	prometheusURL       string
	dataSource          string
	message             string
	annotation          string
	annotationTags      []string
	parallel            int
	overwrite, dryRun   bool
	prune, yes          bool
	lock, unlock        bool
	histograms          query.Form
}

// The data source that the provisioned Grafana has too. A Grafana whose owner
// already made one called Prometheus has it used, whatever its uid.
const (
	defaultDataSource     = "ginsight-prometheus"
	defaultDataSourceName = "Prometheus"
)

// The marks of what is ours in Grafana: prune touches nothing without both.
const (
	ownTag    = panels.Tag
	ownPrefix = "ginsight-"
)

// builder returns the boards to publish, for a form of histograms.
type builder func(query.Form) ([]grafana.Board, error)

// publishedBoards builds every board of this command.
func publishedBoards(f query.Form) ([]grafana.Board, error) {
	var out []grafana.Board
	for _, b := range boards.In(f) {
		raw, err := b.JSON()
		if err != nil {
			return nil, err
		}
		out = append(out, grafana.Board{JSON: raw, Source: boards.Source(b.UID)})
	}
	return out, nil
}

// publishCommand saves the boards that build returns in the Grafana that the
// environment names.
func publishCommand(build builder, getenv func(string) string) *cobra.Command {
	var o publishOptions
	cmd := &cobra.Command{
		Use:   "publish",
		Short: "Save every board in Grafana",
		Long:  publishHelp,
		Example: "  dashboards publish --dry-run\n" +
			"  dashboards publish --folder team/ginsight --prune --yes --lock\n" +
			"  dashboards publish --annotate \"orders v1.4.2\"",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := o
			o.prometheusURL = cmp.Or(o.prometheusURL, getenv("PROMETHEUS_URL"))
			return publish(cmd.Context(), o, build, getenv, newPublishReport(cmd, o))
		},
	}
	o.placeFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&o.message, "message", "Published by ginsight", "what Grafana's history says of the change")
	f.StringVar(&o.annotation, "annotate", "", "add an annotation of this `TEXT` once all is published, such as the version deployed")
	f.StringSliceVar(&o.annotationTags, "annotate-tags", []string{boards.DeploymentTag, ownTag}, "tags of the annotation")
	f.IntVar(&o.parallel, "parallel", 4, fmt.Sprintf("how many boards to work on at the same time, at most %d", grafana.MaxParallel))
	f.BoolVar(&o.dryRun, "dry-run", false, "say what would happen and write nothing")
	f.BoolVar(&o.yes, "yes", false, "remove with --prune without asking")
	f.BoolVar(&o.lock, "lock", false, "make Grafana's editor name the Go file and refuse to save (give it on every publish: a save takes the lock off)")
	f.BoolVar(&o.unlock, "unlock", false, "take such a lock off")
	cmd.MarkFlagsMutuallyExclusive("lock", "unlock")
	return cmd
}

// placeFlags are those that say what is published where.
func (o *publishOptions) placeFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.folder, "folder", "ginsight", "`UID` of the folder, or uids from the root down: team/ginsight")
	f.StringVar(&o.folderTitle, "folder-title", "", "title of the folder if it has to be created, or titles: Team/Ginsight (default the uid)")
	f.StringVar(&o.dataSource, "datasource", defaultDataSource, "`UID` of the Prometheus data source")
	f.StringVar(&o.prometheusURL, "prometheus-url", "", "`URL` of Prometheus as Grafana sees it, if the data source has to be created (default $PROMETHEUS_URL or http://localhost:9090)")
	histogramsFlag(cmd, &o.histograms)
	f.BoolVar(&o.overwrite, "overwrite", false, "replace boards that were changed in Grafana")
	f.BoolVar(&o.prune, "prune", false, fmt.Sprintf("remove boards of the folder that the code has no more (only with the tag %s and a uid that begins with %s)", ownTag, ownPrefix))
}

func publish(ctx context.Context, o publishOptions, build builder, getenv func(string) string, report *publishReport) error {
	client, err := connect(getenv, slog.New(report.retryLog()))
	if err != nil {
		return err
	}
	defer client.Close()
	plan, err := o.plan(build)
	if err != nil {
		return err
	}
	plan.Report, plan.Progress = report.board, report.progress
	if plan.Prune != nil {
		plan.Prune.Confirm = report.confirm
	}
	result, err := grafana.Publish(ctx, client, plan)
	report.result(result)
	if err != nil {
		return err
	}
	return report.kept(result)
}

func connect(getenv func(string) string, log *slog.Logger) (*grafana.Client, error) {
	cfg, err := grafana.ConfigFromEnv(getenv)
	if err != nil {
		return nil, err
	}
	cfg.Log = log
	return grafana.New(cfg)
}

func (o publishOptions) plan(build builder) (grafana.Plan, error) {
	built, err := build(o.histograms)
	if err != nil {
		return grafana.Plan{}, fmt.Errorf("build the boards: %w", err)
	}
	parents, folder, err := folders(o.folder, o.folderTitle)
	if err != nil {
		return grafana.Plan{}, err
	}
	plan := grafana.Plan{
		DataSource: grafana.PlannedDataSource{UID: o.dataSource, URL: cmp.Or(o.prometheusURL, "http://localhost:9090")},
		Folder:     folder,
		Parents:    parents,
		Boards:     built,
		Message:    o.message,
		Overwrite:  o.overwrite,
		DryRun:     o.dryRun,
		Parallel:   o.parallel,
	}
	if o.dataSource == defaultDataSource {
		plan.DataSource.Name = defaultDataSourceName
	}
	if o.prune {
		plan.Prune = &grafana.Prune{Tag: ownTag, UIDPrefix: ownPrefix}
	}
	if o.annotation != "" {
		plan.Annotation = &grafana.Annotation{Text: o.annotation, Tags: o.annotationTags}
	}
	switch {
	case o.lock:
		plan.Lock = grafana.PutLock
	case o.unlock:
		plan.Lock = grafana.TakeLock
	}
	return plan, nil
}

// folders reads a path of uids and the titles to it. A single title is that of
// the last folder.
func folders(path, titles string) (parents []grafana.Folder, last grafana.Folder, err error) {
	uids, names := strings.Split(path, "/"), strings.Split(titles, "/")
	if len(names) != len(uids) && titles != "" {
		if len(names) > 1 {
			return nil, last, errors.New("--folder-title has another number of parts than --folder: give one title for each folder, or one for the last")
		}
		names = append(make([]string, len(uids)-1), names...)
	}
	for i, uid := range uids {
		last = grafana.Folder{UID: uid}
		if titles != "" {
			last.Title = names[i]
		}
		if i < len(uids)-1 {
			parents = append(parents, last)
		}
	}
	return parents, last, nil
}
