package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
)

func generateCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write every board as JSON for Grafana's provisioning",
		Long: "Write every board as <uid>.json: classic dashboards of schema version 42, the same\n" +
			"bytes every time. Files that are up to date are left alone.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := generated()
			if err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("make the output directory: %w", err)
			}
			for _, f := range files {
				changed, err := f.write(dir)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%-9s  %s\n", changed, filepath.Join(dir, f.name))
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "directory to write to (required)")
	cmd.MarkFlagRequired("output") //nolint:errcheck // the flag exists
	return cmd
}

// file is a generated file.
type file struct {
	name string
	body []byte
}

// generated builds every board's file.
func generated() ([]file, error) {
	var out []file
	for _, b := range boards.All() {
		body, err := b.JSON()
		if err != nil {
			return nil, err
		}
		out = append(out, file{b.UID + ".json", body})
	}
	return out, nil
}

// write puts the file into dir if it is not there yet, all of it or nothing,
// and says what it did.
func (f file) write(dir string) (string, error) {
	path := filepath.Join(dir, f.name)
	old, err := os.ReadFile(path)
	switch {
	case err == nil && bytes.Equal(old, f.body):
		return "unchanged", nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("read the old file: %w", err)
	}
	temporary, err := os.CreateTemp(dir, ".generate-*")
	if err != nil {
		return "", fmt.Errorf("write %s: %w", f.name, err)
	}
	defer os.Remove(temporary.Name()) //nolint:errcheck // gone after the rename
	_, err = temporary.Write(f.body)
	// Grafana runs as a user of its own and has to read it.
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return "", fmt.Errorf("write %s: %w", f.name, err)
	}
	return "written", nil
}
