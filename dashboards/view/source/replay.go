package source

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// Recorded is a [Source] that answers from a recording, whatever the width of a
// panel is. It may be used by several goroutines at once.
type Recorded struct{ data recording }

// NotRecordedError says that a recording has no answer.
type NotRecordedError struct{ What string }

func (e *NotRecordedError) Error() string {
	return "this is not in the recording: " + oneLine(e.What) + "; record again with the same time range and variables"
}

// OpenRecording reads a file that a [Recorder] wrote.
func OpenRecording(path string) (*Recorded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the recording: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	r, err := ReadRecording(f)
	if err != nil {
		return nil, fmt.Errorf("read the recording %s: %w", path, err)
	}
	return r, nil
}

// maxRecording is how much a recording may unpack to.
const maxRecording = 1 << 30

// ReadRecording reads what a [Recorder] wrote, compressed or not.
func ReadRecording(from io.Reader) (*Recorded, error) {
	in := bufio.NewReader(from)
	var body io.Reader = in
	if head, _ := in.Peek(2); string(head) == "\x1f\x8b" {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		body = unpacked
	}
	var r Recorded
	if err := json.NewDecoder(io.LimitReader(body, maxRecording)).Decode(&r.data); err != nil {
		return nil, err
	}
	return &r, nil
}

// Range is the time range that was recorded, in UTC.
func (r *Recorded) Range() model.Range {
	return model.Range{From: time.UnixMilli(r.data.From).UTC(), To: time.UnixMilli(r.data.To).UTC(), Zone: time.UTC}
}

// Query implements [Source]. What is answered must not be changed.
func (r *Recorded) Query(_ context.Context, q Query) ([]frame.Frame, error) {
	if len(q.asked()) == 0 {
		return nil, nil
	}
	found, ok := r.data.Queries[q.key()]
	if !ok {
		return nil, &NotRecordedError{q.key()}
	}
	return found.Frames, asError(found.Err)
}

func asError(message string) error {
	if message == "" {
		return nil
	}
	return errors.New(message)
}

func (r *Recorded) list(key string) ([]string, error) {
	found, ok := r.data.Lists[key]
	if !ok {
		return nil, &NotRecordedError{key}
	}
	return slices.Clone(found.Values), asError(found.Err)
}

// LabelValues implements [Source].
func (r *Recorded) LabelValues(_ context.Context, label, selector string, span model.Range) ([]string, error) {
	return r.list(valuesKey(label, selector, span))
}

// LabelNames implements [Source].
func (r *Recorded) LabelNames(_ context.Context, selector string, span model.Range) ([]string, error) {
	return r.list(namesKey(selector, span))
}

// Results implements [Source].
func (r *Recorded) Results(_ context.Context, expr string, span model.Range) ([]string, error) {
	return r.list(resultsKey(expr, span))
}

// key is what a panel asks, a line for each target. Intervals are left as
// variables: they depend on the width, and a picture of any width is to be made
// of one recording.
func (q Query) key() string {
	span := q.Panel.Over(q.Range)
	vars := q.vars(span)
	lines := []string{spanText(span)}
	for _, f := range vars.Filters() {
		lines = append(lines, "filter "+f.Key+f.Operator+strconv.Quote(f.Value)+strings.Join(f.Values, "|"))
	}
	for _, t := range q.asked() {
		kind := ""
		if t.Range || !t.Instant {
			kind += " range"
		}
		if t.Instant {
			kind += " instant"
		}
		if t.Exemplar {
			kind += " exemplars"
		}
		expr := vars.Interpolate(t.Expr, variable.PromQL)
		if expr == "" {
			expr = string(t.Raw)
		}
		lines = append(lines, t.RefID+kind+" "+t.Format+" "+strconv.Quote(vars.Interpolate(t.Legend, variable.Glob))+" "+expr)
	}
	return strings.Join(lines, "\n")
}

func spanText(r model.Range) string {
	return strconv.FormatInt(r.From.UnixMilli(), 10) + " to " + strconv.FormatInt(r.To.UnixMilli(), 10)
}

func valuesKey(label, selector string, r model.Range) string {
	return spanText(r) + "\nlabel_values(" + selector + ", " + label + ")"
}

func namesKey(selector string, r model.Range) string {
	return spanText(r) + "\nlabel_names(" + selector + ")"
}

func resultsKey(expr string, r model.Range) string {
	return spanText(r) + "\nquery_result(" + expr + ")"
}
