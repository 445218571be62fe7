package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// file is a file with its content.
type file struct {
	name string
	body []byte
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
