package source

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// recording is the file: answers by what was asked. Maps are written in the order
// of their keys, so that equal answers make equal files.
type recording struct {
	// From and To are the range of the page, milliseconds since 1970.
	From    int64             `json:"from"`
	To      int64             `json:"to"`
	Queries map[string]reply  `json:"queries"`
	Lists   map[string]listed `json:"lists"`
}

// reply is the answer to a panel.
type reply struct {
	Frames []frame.Frame
	Err    string
}

// listed is the answer to a variable.
type listed struct {
	Values []string `json:"values"`
	Err    string   `json:"error,omitempty"`
}

// Recorder is a [Source] that keeps the answers of another, to be replayed by
// [Recorded]. It may be used by several goroutines at once.
type Recorder struct {
	from Source
	mu   sync.Mutex
	data recording
}

// NewRecorder records the answers of a source.
func NewRecorder(from Source) *Recorder {
	return &Recorder{from: from, data: recording{Queries: map[string]reply{}, Lists: map[string]listed{}}}
}

// Query implements [Source].
func (r *Recorder) Query(ctx context.Context, q Query) ([]frame.Frame, error) {
	frames, err := r.from.Query(ctx, q)
	if ctx.Err() != nil || len(q.asked()) == 0 {
		return frames, err // broken off is no answer
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.data.From, r.data.To = q.Range.From.UnixMilli(), q.Range.To.UnixMilli()
	r.data.Queries[q.key()] = reply{frames, message(err)}
	return frames, err
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (r *Recorder) list(ctx context.Context, key string, list []string, err error) ([]string, error) {
	if ctx.Err() == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.data.Lists[key] = listed{list, message(err)}
	}
	return list, err
}

// LabelValues implements [Source].
func (r *Recorder) LabelValues(ctx context.Context, label, selector string, span model.Range) ([]string, error) {
	list, err := r.from.LabelValues(ctx, label, selector, span)
	return r.list(ctx, valuesKey(label, selector, span), list, err)
}

// LabelNames implements [Source].
func (r *Recorder) LabelNames(ctx context.Context, selector string, span model.Range) ([]string, error) {
	list, err := r.from.LabelNames(ctx, selector, span)
	return r.list(ctx, namesKey(selector, span), list, err)
}

// Results implements [Source].
func (r *Recorder) Results(ctx context.Context, expr string, span model.Range) ([]string, error) {
	list, err := r.from.Results(ctx, expr, span)
	return r.list(ctx, resultsKey(expr, span), list, err)
}

// WriteFile writes what was recorded, all of it or nothing, compressed if the
// name ends in .gz. Equal recordings make equal files.
func (r *Recorder) WriteFile(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".recording-*")
	if err != nil {
		return fmt.Errorf("write the recording %s: %w", path, err)
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone after the rename
	err = r.write(f, strings.HasSuffix(path, ".gz"))
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write the recording %s: %w", path, err)
	}
	return nil
}

func (r *Recorder) write(w io.Writer, compressed bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !compressed {
		e := json.NewEncoder(w)
		e.SetIndent("", " ")
		e.SetEscapeHTML(false)
		return e.Encode(r.data)
	}
	packed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	return errors.Join(json.NewEncoder(packed).Encode(r.data), packed.Close())
}
