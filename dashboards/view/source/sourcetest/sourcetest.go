// Package sourcetest has a dashboard with known data for tests: 56 panels that
// Grafana 12.4 was measured with, whose queries hold their data as CSV.
package sourcetest

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

//go:embed testdata/panels.json.gz
var packed []byte

// JSON is the dashboard.
func JSON() []byte {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // the file is part of the program
	}
	out, err := io.ReadAll(r)
	if err != nil {
		panic(err)
	}
	return out
}

// Reference is the dashboard, what answers its queries, and its time range, an
// hour in UTC.
func Reference() (model.Board, source.Source, model.Range) {
	b, err := model.Parse(JSON())
	if err != nil {
		panic(err) // the file is part of the program
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return b, CSV{}, model.Range{From: from, To: from.Add(time.Hour), Zone: time.UTC}
}

// Panel finds a panel of the board by its id, in collapsed rows too.
func Panel(b model.Board, id int64) (model.Panel, bool) {
	list := b.Panels
	for len(list) > 0 {
		p := list[0]
		if p.ID == id {
			return p, true
		}
		list = append(list[1:len(list):len(list)], p.Panels...)
	}
	return model.Panel{}, false
}

// CSV is a source that answers what Grafana's TestData source does with the
// scenarios csv_content, no_data_points and server_error_500.
type CSV struct{}

// Query implements [source.Source].
func (CSV) Query(ctx context.Context, q source.Query) ([]frame.Frame, error) {
	var out []frame.Frame
	for _, t := range q.Panel.Targets {
		var scenario struct{ ScenarioID, CSVContent string }
		if err := json.Unmarshal(t.Raw, &scenario); err != nil {
			return nil, fmt.Errorf("query %s: %w", t.RefID, err)
		}
		switch scenario.ScenarioID {
		case "csv_content":
			f, err := ReadCSV(scenario.CSVContent)
			if err != nil {
				return nil, fmt.Errorf("query %s: %w", t.RefID, err)
			}
			f.RefID = t.RefID
			out = append(out, f)
		case "no_data_points":
		case "server_error_500":
			return out, errors.New("Internal Server Error") //nolint:staticcheck // as Grafana says it
		default:
			return nil, fmt.Errorf("query %s: there is no scenario %q", t.RefID, scenario.ScenarioID)
		}
	}
	return out, ctx.Err()
}

// LabelValues implements [source.Source]: there are none.
func (CSV) LabelValues(context.Context, string, string, model.Range) ([]string, error) {
	return nil, nil
}

// LabelNames implements [source.Source]: there are none.
func (CSV) LabelNames(context.Context, string, model.Range) ([]string, error) { return nil, nil }

// Results implements [source.Source]: there are none.
func (CSV) Results(context.Context, string, model.Range) ([]string, error) { return nil, nil }

// ReadCSV makes a frame of a table: a column named time has milliseconds since
// 1970, others are booleans, numbers or else texts; an empty cell is no value.
func ReadCSV(text string) (frame.Frame, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err == nil && len(rows) == 0 {
		err = errors.New("there is no header")
	}
	if err != nil {
		return frame.Frame{}, fmt.Errorf("read CSV: %w", err)
	}
	var f frame.Frame
	for i, head := range rows[0] {
		cells := make([]string, len(rows)-1)
		for j, row := range rows[1:] {
			cells[j] = row[i]
		}
		f.Fields = append(f.Fields, column(head, cells))
	}
	return f, nil
}

var labelled = regexp.MustCompile(`^(.*?)\{(.*)\}$`)

func column(head string, cells []string) *frame.Field {
	f := &frame.Field{Name: head}
	if m := labelled.FindStringSubmatch(head); m != nil {
		f.Name, f.Labels = m[1], map[string]string{}
		for pair := range strings.SplitSeq(m[2], ",") {
			k, v, _ := strings.Cut(pair, "=")
			f.Labels[k] = strings.Trim(v, `"`)
		}
	}
	switch {
	case strings.EqualFold(head, "time"):
		f.Kind = frame.Time
		for _, c := range cells {
			t, _ := strconv.ParseInt(c, 10, 64)
			f.Times = append(f.Times, t)
		}
	case all(cells, func(s string) bool { return s == "true" || s == "false" }):
		f.Kind = frame.Bool
		f.Numbers = numbers(cells, func(s string) float64 { return float64(len("false") - len(s)) })
	case all(cells, func(s string) bool { _, err := strconv.ParseFloat(s, 64); return err == nil }):
		f.Kind = frame.Number
		f.Numbers = numbers(cells, func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v })
	default:
		f.Kind, f.Strings = frame.String, cells
	}
	return f
}

// all tells whether every cell with something in it is of a kind.
func all(cells []string, is func(string) bool) bool {
	for _, c := range cells {
		if c != "" && !is(c) {
			return false
		}
	}
	return true
}

func numbers(cells []string, parse func(string) float64) []float64 {
	out := make([]float64, len(cells))
	for i, c := range cells {
		out[i] = frame.Null
		if c != "" {
			out[i] = parse(c)
		}
	}
	return out
}
