package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/grafana"
)

// boards reads what the arguments and flags name: files, folders of files and a
// folder in Grafana, or our own boards if nothing is named.
func (f checkFlags) boards(ctx context.Context, args []string) ([]check.Board, error) {
	if len(args) == 0 && f.folder == "" {
		return boards.CheckedIn(f.histograms)
	}
	var out []check.Board
	for _, arg := range args {
		list, err := boardsIn(arg)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	if f.folder == "" {
		return out, nil
	}
	live, err := boardsOfFolder(ctx, f.folder)
	return append(out, live...), err
}

// boardsIn reads a file, or every file below a folder that is a dashboard or has
// rules of Prometheus.
func boardsIn(path string) ([]check.Board, error) {
	foreign := func(err error) bool { return errors.Is(err, check.ErrNoBoard) || errors.Is(err, check.ErrNoRules) }
	return filesIn(path, "dashboard (*.json) and no file of rules (*.yml, *.yaml)", []string{".json", ".yml", ".yaml"}, boardIn, foreign)
}

// isRules tells files of rules by their name: no dashboard is YAML.
func isRules(name string) bool { return filepath.Ext(name) == ".yml" || filepath.Ext(name) == ".yaml" }

func boardIn(name string) (b check.Board, err error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return check.Board{}, fmt.Errorf("read dashboard: %w", err)
	}
	if isRules(name) {
		b, err = check.ParseRules(name, raw)
	} else {
		b, err = check.Parse(raw)
	}
	if err != nil {
		return check.Board{}, fmt.Errorf("%s: %w", name, err)
	}
	b.File = name
	return b, nil
}

// boardsOfFolder reads the boards of a folder in Grafana.
func boardsOfFolder(ctx context.Context, uid string) ([]check.Board, error) {
	cfg, err := grafana.ConfigFromEnv(os.Getenv)
	if err != nil {
		return nil, err
	}
	client, err := grafana.New(cfg)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	raw, err := client.BoardsIn(ctx, uid)
	if grafana.IsNotFound(err) {
		return nil, fmt.Errorf("there is no folder %s in Grafana: name it by its uid, which stands in its address", uid)
	}
	if err != nil {
		return nil, err
	}
	var out []check.Board
	for _, r := range raw {
		b, err := check.Parse(r)
		if err != nil {
			return nil, fmt.Errorf("folder %s: %w", uid, err)
		}
		out = append(out, b)
	}
	return out, nil
}
