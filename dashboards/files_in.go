package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// filesIn reads a file, or every file below a folder whose name ends in one of
// the endings. In a folder, what is not ours to read is left out: folders hold
// other JSON and YAML too. what names what was looked for, for an error.
func filesIn[T any](path, what string, endings []string, read func(name string) (T, error), foreign func(error) bool) ([]T, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read dashboard: %w", err)
	}
	if !info.IsDir() {
		one, err := read(path)
		return []T{one}, err
	}
	var out []T
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains(endings, filepath.Ext(name)) {
			return err
		}
		one, err := read(name)
		if foreign(err) {
			return nil
		}
		out = append(out, one)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: there is no %s in it", path, what)
	}
	return out, nil
}
