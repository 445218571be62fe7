package source

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// exemplar is one measurement that stands for many, with the labels that lead to
// its trace.
type exemplar struct {
	labels map[string]string
	time   int64
	value  float64
}

// mostExemplars is how many a graph shows: of those close together the greatest.
const mostExemplars = 300

// exemplars asks for the exemplars of a query: one frame of Time, Value and a
// column for each label. A server that knows no exemplars has none.
func (p *Prometheus) exemplars(ctx context.Context, one plan) ([]frame.Frame, error) {
	var data []struct {
		SeriesLabels map[string]string
		Exemplars    []struct {
			Labels    map[string]string
			Value     decimal
			Timestamp json.Number
		}
	}
	form := url.Values{"query": {one.expr}, "start": {seconds(one.span.From)}, "end": {seconds(one.span.To)}}
	body, err := p.post(ctx, "/api/v1/query_exemplars", form)
	if status, ok := errors.AsType[*statusError](err); ok && status.code == http.StatusNotFound {
		return nil, nil
	}
	if err == nil {
		err = decode(body, &data)
	}
	if err != nil {
		return nil, err
	}
	var all []exemplar
	for _, series := range data {
		for _, e := range series.Exemplars {
			at, err := millis([]byte(e.Timestamp))
			if err != nil {
				continue
			}
			labels := maps.Clone(e.Labels)
			if labels == nil {
				labels = map[string]string{}
			}
			maps.Copy(labels, series.SeriesLabels)
			all = append(all, exemplar{labels, at, float64(e.Value)})
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return []frame.Frame{one.exemplarFrame(thin(all, one.span.From.UnixMilli(), one.span.To.UnixMilli()))}, nil
}

// thin keeps the greatest exemplar of each small part of the range, in the order
// of time.
func thin(all []exemplar, from, to int64) []exemplar {
	slices.SortFunc(all, func(a, b exemplar) int {
		return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(b.value, a.value), cmp.Compare(selector(a.labels), selector(b.labels)))
	})
	if len(all) <= mostExemplars {
		return all
	}
	width := max(1, (to-from)/mostExemplars)
	var out []exemplar
	slot := int64(-1)
	for _, e := range all {
		s := max(0, e.time-from) / width
		switch {
		case s != slot:
			out, slot = append(out, e), s
		case e.value > out[len(out)-1].value:
			out[len(out)-1] = e
		}
	}
	return out
}

func (p plan) exemplarFrame(list []exemplar) frame.Frame {
	at := &frame.Field{Name: "Time", Kind: frame.Time}
	value := &frame.Field{Name: "Value", Kind: frame.Number}
	names := map[string]bool{}
	for _, e := range list {
		at.Times, value.Numbers = append(at.Times, e.time), append(value.Numbers, e.value)
		for name := range e.labels {
			names[name] = true
		}
	}
	out := frame.Frame{RefID: p.target.RefID, Expr: p.expr, Exemplars: true, Fields: []*frame.Field{at, value}}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		column := &frame.Field{Name: name, Kind: frame.String}
		for _, e := range list {
			column.Strings = append(column.Strings, e.labels[name])
		}
		out.Fields = append(out.Fields, column)
	}
	return out
}
