package watch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Source is a Go command that writes boards: a checkout of this module, or
// anything else whose `generate -o FOLDER` writes one JSON file a board.
type Source struct {
	// Root is the module's folder, Package the command's import path or ./path.
	Root, Package string
	// Args are added to generate, such as --histograms=native.
	Args []string
}

// BuildError is what the compiler, or the command, said.
type BuildError struct{ Output string }

// Error implements error.
func (e *BuildError) Error() string { return "the boards do not build:\n" + e.Output }

// Build compiles the command and runs its generate, and returns the files it
// wrote by name. A [*BuildError] says what is wrong with the source.
func (s Source) Build(ctx context.Context) (_ map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "ginsight-boards-")
	if err != nil {
		return nil, fmt.Errorf("build boards: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binary, boards := filepath.Join(dir, "boards.exe"), filepath.Join(dir, "boards")
	if err := s.run(ctx, "go", "build", "-o", binary, s.Package); err != nil {
		return nil, err
	}
	if err := s.run(ctx, binary, append([]string{"generate", "-o", boards}, s.Args...)...); err != nil {
		return nil, err
	}
	return read(boards)
}

func (s Source) run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = s.Root
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &exit):
		return &BuildError{strings.TrimSpace(out.String())}
	case err != nil:
		return fmt.Errorf("build boards: %w", err)
	}
	return nil
}

func read(dir string) (map[string][]byte, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("build boards: %w", err)
	}
	out := map[string][]byte{}
	for _, file := range files {
		if out[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			return nil, fmt.Errorf("build boards: %w", err)
		}
	}
	return out, nil
}

// Root finds the folder of the module that dir is in: the nearest go.mod upwards.
func Root(dir string) (string, error) {
	at, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at, nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", fmt.Errorf("%s is in no Go module: run it in the checkout whose boards are to be watched", dir)
		}
		at = up
	}
}
