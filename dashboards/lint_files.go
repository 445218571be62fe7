package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ginsight/ginsight/dashboards/lint"
)

// dashboardFiles reads files, and all dashboards in folders and below. What is
// JSON in a folder but no dashboard is said and left out; a file that is named
// has to be one.
func dashboardFiles(paths []string, notes io.Writer) ([]file, error) {
	var out []file
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("read dashboard: %w", err)
		}
		if !info.IsDir() {
			body, err := os.ReadFile(path)
			if err != nil {
				return nil, fmt.Errorf("read dashboard: %w", err)
			}
			out = append(out, file{path, body})
			continue
		}
		list, err := dashboardsBelow(path, notes)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func dashboardsBelow(folder string, notes io.Writer) ([]file, error) {
	var out []file
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if _, err := lint.Parse(body); lint.IsNoBoard(err) {
			fmt.Fprintf(notes, "%s: left out: it is no dashboard\n", path)
			return nil
		}
		out = append(out, file{path, body})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read dashboards: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no dashboard in %s", folder)
	}
	return out, nil
}

// overwrite puts another content into a file, all of it or nothing. The file
// keeps its mode, and a link to it stays a link.
func overwrite(name string, body []byte) error {
	path, err := filepath.EvalSymlinks(name)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".lint-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(temporary.Name()) //nolint:errcheck // gone after the rename
	_, err = temporary.Write(body)
	err = errors.Join(err, temporary.Chmod(info.Mode().Perm()), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
