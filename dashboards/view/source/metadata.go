package source

import (
	"context"
	"net/url"
	"strconv"

	promodel "github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Metadata is what targets say of a metric.
type Metadata struct {
	Type string `json:"type"` // "counter", "gauge", "histogram" and so on
	Help string `json:"help"`
	Unit string `json:"unit"`
}

// Metadata has what targets say of their metrics, by the metric's name.
func (p *Prometheus) Metadata(ctx context.Context) (map[string]Metadata, error) {
	var data map[string][]Metadata
	if err := p.get(ctx, "/api/v1/metadata", url.Values{"limit_per_metric": {"1"}}, &data); err != nil {
		return nil, err
	}
	out := make(map[string]Metadata, len(data))
	for name, list := range data {
		if len(list) > 0 {
			out[name] = list[0]
		}
	}
	return out, nil
}

// Metrics lists the names of metrics, sorted.
func (p *Prometheus) Metrics(ctx context.Context, r model.Range) ([]string, error) {
	return p.LabelValues(ctx, "__name__", "", r)
}

// LabelNames implements [Source].
func (p *Prometheus) LabelNames(ctx context.Context, selector string, r model.Range) ([]string, error) {
	var out []string
	err := p.get(ctx, "/api/v1/labels", within(selector, r), &out)
	return out, err
}

// LabelValues implements [Source].
func (p *Prometheus) LabelValues(ctx context.Context, label, selector string, r model.Range) ([]string, error) {
	// A name with dots or slashes has a form of its own in a path.
	name := promodel.EscapeName(label, promodel.ValueEncodingEscaping)
	var out []string
	err := p.get(ctx, "/api/v1/label/"+url.PathEscape(name)+"/values", within(selector, r), &out)
	return out, err
}

// Series lists the labels of the series that a selector matches, at most limit.
func (p *Prometheus) Series(ctx context.Context, selector string, r model.Range, limit int) ([]map[string]string, error) {
	form := within(selector, r)
	form.Set("limit", strconv.Itoa(limit))
	var out []map[string]string
	if err := p.get(ctx, "/api/v1/series", form, &out); err != nil {
		return nil, err
	}
	return out[:min(limit, len(out))], nil // an old Prometheus knows no limit
}

// Results implements [Source].
func (p *Prometheus) Results(ctx context.Context, expr string, r model.Range) ([]string, error) {
	frames, err := p.Instant(ctx, expr, r.To)
	if isWarning(err) {
		err = nil // it is no reason to have no choices
	}
	return results(frames), err
}

// within restricts a request to what a selector matches in a range.
func within(selector string, r model.Range) url.Values {
	form := url.Values{}
	if selector != "" {
		form.Set("match[]", selector)
	}
	if !r.From.IsZero() && !r.To.IsZero() {
		form.Set("start", seconds(r.From))
		form.Set("end", seconds(r.To))
	}
	return form
}
