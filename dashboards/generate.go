package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/manifest"
	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
)

const generateHelp = `Write every board as a file: classic dashboards of schema version 42, the same
bytes every time. Files that are up to date are left alone.

Formats:
  provisioning  <uid>.json for Grafana's file provisioning
  configmap     a Kubernetes ConfigMap for the dashboard sidecar
  operator      a GrafanaDashboard for grafana-operator 5
  resource      Grafana's own dashboard resource (v1beta1), for Git Sync and grafanactl

The directory belongs to generate: a file of the format that is no board is called
stale. It is not deleted.

Exit status: 0 all is written, or up to date with --check; 1 --check found files that
are missing, changed or stale; 2 it could not be done.`

// generateOptions are the flags of generate.
type generateOptions struct {
	dir, format string
	check       bool
	jobs        []string
	dataSource  string
	histograms  query.Form
	folder      manifest.Folder
}

// generateCommand writes the boards that list returns.
func generateCommand(list func(query.Form) []panels.Board) *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write every board as a file for Grafana",
		Long:  generateHelp,
		Example: "  dashboards generate -o grafana/dashboards\n" +
			"  dashboards generate -o grafana/dashboards --check\n" +
			"  dashboards generate -o k8s --format configmap --job my-service",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := o.files(list(o.histograms))
			if err != nil {
				return err
			}
			if o.check {
				return o.compare(files, cmd.OutOrStdout())
			}
			return o.write(files, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.dir, "output", "o", "", "`directory` to write to (required)")
	f.StringVar(&o.format, "format", manifest.Formats()[0].Name, "provisioning, configmap, operator or resource")
	f.BoolVar(&o.check, "check", false, "write nothing, and fail if a file is missing, changed or stale")
	f.StringArrayVar(&o.jobs, "job", nil, "`job` that the boards start on; several times for several (default: all)")
	f.StringVar(&o.dataSource, "datasource", "", "`UID` of the data source that the boards start on (default: Grafana's default)")
	histogramsFlag(cmd, &o.histograms)
	f.StringVar(&o.folder.UID, "folder", "ginsight", "`UID` of the folder, for resource")
	f.StringVar(&o.folder.Title, "folder-title", "ginsight", "title of the folder, for configmap and operator")
	cmd.MarkFlagRequired("output") //nolint:errcheck // the flag exists
	return cmd
}

// histogramsFlag is the flag of every verb that builds our own boards.
func histogramsFlag(cmd *cobra.Command, f *query.Form) {
	cmd.Flags().Var(f, "histograms", "how Prometheus stores histograms: classic or native")
}

// files builds every board's file.
func (o generateOptions) files(list []panels.Board) ([]manifest.File, error) {
	format, err := manifest.ByName(o.format)
	if err != nil {
		return nil, err
	}
	var out []manifest.File
	for _, b := range list {
		body, err := b.JSON()
		if err != nil {
			return nil, err
		}
		if body, err = o.preselect(b.UID, body); err != nil {
			return nil, fmt.Errorf("board %q: %w", b.Title, err)
		}
		file, err := format.File(manifest.Board{UID: b.UID, JSON: body}, o.folder)
		if err != nil {
			return nil, err
		}
		out = append(out, file)
	}
	return out, nil
}

// preselect makes a board start on what the flags name. The uid stays: it is the
// same board, links between the boards carry the selection along, and a user
// can still pick another service. The board of Prometheus itself is about a job
// that no service has, and would start empty.
func (o generateOptions) preselect(uid string, board []byte) ([]byte, error) {
	if slices.Contains(o.jobs, "") {
		return nil, errors.New("--job is empty: name the job label's value, or leave the flag out for all jobs")
	}
	var err error
	if len(o.jobs) > 0 && uid != boards.Prometheus().UID {
		if board, err = modern.Preselect(board, jobVariable, o.jobs...); err != nil {
			return nil, err
		}
	}
	if o.dataSource == "" {
		return board, nil
	}
	return modern.Preselect(board, modern.DataSourceVariable, o.dataSource)
}

// jobVariable is the variable for the job, on every board that has one.
const jobVariable = "job"

func (o generateOptions) write(files []manifest.File, stdout, stderr io.Writer) error {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return fmt.Errorf("make the output directory: %w", err)
	}
	for _, f := range files {
		state, err := file{f.Name, f.Body}.write(o.dir)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%-9s  %s\n", state, filepath.Join(o.dir, f.Name))
		if f.Note != "" {
			fmt.Fprintf(stderr, "%s: %s\n", f.Name, f.Note)
		}
	}
	stale, err := o.stale(files)
	for _, name := range stale {
		fmt.Fprintf(stdout, "%-9s  %s\n", "stale", filepath.Join(o.dir, name))
	}
	return err
}

// compare says which files are not what generate would write.
func (o generateOptions) compare(files []manifest.File, stdout io.Writer) error {
	drift := false
	report := func(state, name string) {
		drift = true
		fmt.Fprintf(stdout, "%-9s  %s\n", state, filepath.Join(o.dir, name))
	}
	for _, f := range files {
		old, err := os.ReadFile(filepath.Join(o.dir, f.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			report("missing", f.Name)
		case err != nil:
			return fmt.Errorf("read the file to check: %w", err)
		case !bytes.Equal(old, f.Body):
			report("changed", f.Name)
		}
	}
	stale, err := o.stale(files)
	if err != nil {
		return err
	}
	for _, name := range stale {
		report("stale", name)
	}
	if drift {
		return errFinding
	}
	return nil
}

// stale lists files of the format that are no board, or no longer.
func (o generateOptions) stale(files []manifest.File) ([]string, error) {
	format, err := manifest.ByName(o.format)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(o.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look for stale files: %w", err)
	}
	var out []string
	for _, e := range entries {
		isBoard := slices.ContainsFunc(files, func(f manifest.File) bool { return f.Name == e.Name() })
		if !e.IsDir() && strings.HasSuffix(e.Name(), format.Suffix) && !isBoard {
			out = append(out, e.Name())
		}
	}
	return out, nil
}
