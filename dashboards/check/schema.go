package check

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
)

// Schema is what is known of a set of metrics: which series there are, of which
// type, and which labels each of them carries. It comes from an exposition
// ([ReadExposition], [Exposition.Schema]) or from a server ([Server.Schema]).
type Schema struct {
	metrics map[string]*Metric
	// families are the declared names, some of which are no series: a classic
	// histogram x has series x_bucket, x_count and x_sum only.
	families map[string]*Metric
	// target are the labels that a scrape adds to every series.
	target map[string]bool
	// optional are metrics and labels that exist only at times.
	optional map[string]bool
	// scraped says that the labels come from the exposition itself, so that
	// service discovery may add others which nobody has seen.
	scraped bool
}

// Metric is one series name.
type Metric struct {
	// Name is the name in queries, such as http_request_duration_seconds_bucket.
	Name string
	// Family is the name that the type was declared for.
	Family string
	// Type is the family's type, "unknown" if none was declared.
	Type model.MetricType
	// Unit is the declared unit, "" if none was.
	Unit string
	// Help is the declared help text.
	Help string
	// Native says that there are native histograms under this name.
	Native bool
	// unseen says that nobody has looked at its labels.
	unseen bool
	// labels counts the series that have a label; series counts them all.
	labels map[string]int
	series int
	// bounds are the values of le, of the buckets of a classic histogram.
	bounds map[string]bool
	// recorded is set for what recording rules make.
	recorded *recorded
}

func newSchema() *Schema {
	return &Schema{metrics: map[string]*Metric{}, families: map[string]*Metric{}, optional: map[string]bool{},
		target: map[string]bool{model.JobLabel: true, model.InstanceLabel: true}}
}

// TargetLabels tells the schema of labels that the scrape configuration adds to
// every series, beside job and instance.
func (s *Schema) TargetLabels(names ...string) {
	for _, name := range names {
		s.target[name] = true
	}
}

// Optional tells the schema of metrics and labels that exist only at times, such
// as a counter of a failure that has not happened: their absence is no finding.
func (s *Schema) Optional(names ...string) {
	for _, name := range names {
		s.optional[name] = true
	}
}

// Metric returns what is known of a series name.
func (s *Schema) Metric(name string) (Metric, bool) {
	m := s.metrics[name]
	if m == nil {
		return Metric{}, false
	}
	return *m, true
}

// Names lists the series names, sorted.
func (s *Schema) Names() []string { return slices.Sorted(maps.Keys(s.metrics)) }

// Labels lists the labels that series of the metric have, sorted, without those
// that the scrape adds.
func (m Metric) Labels() []string { return slices.Sorted(maps.Keys(m.labels)) }

// family declares a family, or returns it.
func (s *Schema) family(name string) *Metric {
	f := s.families[name]
	if f == nil {
		f = &Metric{Name: name, Family: name, Type: model.MetricTypeUnknown}
		s.families[name] = f
	}
	return f
}

// add counts a series into the schema and returns its metric.
func (s *Schema) add(name string) *Metric {
	m := s.metrics[name]
	if m == nil {
		f := s.declared(name)
		m = &Metric{Name: name, Family: f.Name, Type: f.Type, Unit: f.Unit, Help: f.Help, labels: map[string]int{}, bounds: map[string]bool{}}
		s.metrics[name] = m
	}
	m.series++
	return m
}

// suffixes are what a family's series may be called after, by type.
var suffixes = map[string][]model.MetricType{
	"_bucket":  {model.MetricTypeHistogram, model.MetricTypeGaugeHistogram},
	"_count":   {model.MetricTypeHistogram, model.MetricTypeSummary},
	"_sum":     {model.MetricTypeHistogram, model.MetricTypeSummary},
	"_gcount":  {model.MetricTypeGaugeHistogram},
	"_gsum":    {model.MetricTypeGaugeHistogram},
	"_total":   {model.MetricTypeCounter},
	"_created": {model.MetricTypeCounter, model.MetricTypeHistogram, model.MetricTypeSummary},
	"_info":    {model.MetricTypeInfo},
}

// declared finds the family that a series belongs to, an unknown one if none
// was declared.
func (s *Schema) declared(name string) *Metric {
	if f := s.families[name]; f != nil {
		return f
	}
	if i := strings.LastIndexByte(name, '_'); i > 0 {
		f := s.families[name[:i]]
		if f != nil && slices.Contains(suffixes[name[i:]], f.Type) {
			return f
		}
	}
	return &Metric{Name: name, Type: model.MetricTypeUnknown}
}

// matching lists the metrics that a regular expression for the name selects.
func (s *Schema) matching(pattern string) []*Metric {
	re, err := regexp.Compile("^(?s:" + pattern + ")$")
	if err != nil {
		return nil
	}
	var out []*Metric
	for _, name := range s.Names() {
		if re.MatchString(name) {
			out = append(out, s.metrics[name])
		}
	}
	return out
}

// anywhere tells whether any metric has the label.
func (s *Schema) anywhere(label string) bool {
	for _, m := range s.metrics {
		if m.labels[label] > 0 {
			return true
		}
	}
	return s.target[label]
}
