// Package watch tells of changed files, and builds boards anew from their Go
// source.
package watch

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may happen before a change counts: an editor writes a
// file in several steps, and a checkout many files.
const quiet = 150 * time.Millisecond

// Files calls changed after files below the roots changed whose names match,
// once for changes that come together, until ctx is done. A root may be a file.
// Folders that start with a dot, and testdata, are left out.
func Files(ctx context.Context, roots []string, match func(name string) bool, changed func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch files: %w", err)
	}
	defer w.Close() //nolint:errcheck // nothing was written
	for _, root := range roots {
		if err := add(w, root); err != nil {
			return err
		}
	}
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.Errors:
			return fmt.Errorf("watch files: %w", err)
		case event := <-w.Events:
			if event.Has(fsnotify.Create) {
				// A new folder is watched too; a file is no folder, which is fine.
				_ = add(w, event.Name)
			}
			if match(event.Name) && !event.Has(fsnotify.Chmod) {
				timer.Reset(quiet)
			}
		case <-timer.C:
			changed()
		}
	}
}

// add watches a folder and those below it. A file is watched through its folder,
// since editors replace files.
func add(w *fsnotify.Watcher, root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("watch files: %w", err)
		}
		if !entry.IsDir() {
			if name == root {
				return w.Add(filepath.Dir(name))
			}
			return nil
		}
		base := entry.Name()
		if name != root && (strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules") {
			return filepath.SkipDir
		}
		return w.Add(name)
	})
}
