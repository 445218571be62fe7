// Package families turns what a producer measures into the metric families of a
// Prometheus exposition.
//
// It does for the bound instruments what go.opentelemetry.io/otel/exporters/prometheus
// does for the SDK's, and the tests hold the two against each other. The exporter
// translates every label of every series in every scrape, through maps, and has
// the registry check the result; here the labels of a series are translated once,
// and there is nothing to check, because the names come from the catalogue and
// attribute sets differ.
package families

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/otlptranslator"
	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// Gatherer reads a producer, which has to deliver cumulative figures. It
// implements github.com/prometheus/client_golang/prometheus.Gatherer.
type Gatherer struct {
	producer sdkmetric.Producer

	mu     sync.Mutex
	labels map[attribute.Distinct][]*dto.LabelPair
	names  map[string]string
	start  *timestamppb.Timestamp
}

// New returns a Gatherer that is the only reader of the producer.
func New(producer sdkmetric.Producer) *Gatherer {
	return &Gatherer{producer: producer, labels: map[attribute.Distinct][]*dto.LabelPair{}, names: map[string]string{}}
}

// Gather returns the families sorted by name and their metrics by labels. The
// labels are shared with later calls and must not be changed.
func (g *Gatherer) Gather() ([]*dto.MetricFamily, error) {
	scopes, err := g.producer.Produce(context.Background())
	if err != nil {
		return nil, fmt.Errorf("read the instruments: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	var families []*dto.MetricFamily
	for _, s := range scopes {
		for _, m := range s.Metrics {
			family, err := g.family(m)
			if err != nil {
				return nil, err
			}
			families = append(families, family)
		}
	}
	slices.SortFunc(families, func(a, b *dto.MetricFamily) int { return strings.Compare(a.GetName(), b.GetName()) })
	return families, nil
}

func (g *Gatherer) family(m metricdata.Metrics) (*dto.MetricFamily, error) {
	family := &dto.MetricFamily{Help: &m.Description}
	switch data := m.Data.(type) {
	case metricdata.Sum[int64]:
		sum(g, family, data)
	case metricdata.Sum[float64]:
		sum(g, family, data)
	case metricdata.Histogram[int64]:
		classic(g, family, data)
	case metricdata.Histogram[float64]:
		classic(g, family, data)
	case metricdata.ExponentialHistogram[int64]:
		native(g, family, data)
	case metricdata.ExponentialHistogram[float64]:
		native(g, family, data)
	default:
		return nil, fmt.Errorf("metric %q: %T has no form in Prometheus", m.Name, data)
	}
	name, err := g.name(m, *family.Type)
	if err != nil {
		return nil, fmt.Errorf("metric %q: %w", m.Name, err)
	}
	family.Name = &name
	slices.SortFunc(family.Metric, byLabels)
	return family, nil
}

// name translates the name of a metric, once.
func (g *Gatherer) name(m metricdata.Metrics, kind dto.MetricType) (string, error) {
	if name, ok := g.names[m.Name]; ok {
		return name, nil
	}
	translated := otlptranslator.Metric{Name: m.Name, Unit: m.Unit, Type: otlptranslator.MetricTypeNonMonotonicCounter}
	switch kind {
	case dto.MetricType_COUNTER:
		translated.Type = otlptranslator.MetricTypeMonotonicCounter
	case dto.MetricType_HISTOGRAM:
		translated.Type = otlptranslator.MetricTypeHistogram
	}
	namer := otlptranslator.NewMetricNamer("", otlptranslator.UnderscoreEscapingWithSuffixes)
	name, err := namer.Build(translated)
	if err == nil {
		g.names[m.Name] = name
	}
	return name, err
}

// labelsOf translates the attributes of a series, once. An attribute that
// Prometheus has no name for is left out.
func (g *Gatherer) labelsOf(attrs attribute.Set) []*dto.LabelPair {
	if labels, ok := g.labels[attrs.Equivalent()]; ok {
		return labels
	}
	var namer otlptranslator.LabelNamer
	labels := make([]*dto.LabelPair, 0, attrs.Len())
	for i := attrs.Iter(); i.Next(); {
		kv := i.Attribute()
		if name, err := namer.Build(string(kv.Key)); err == nil {
			value := kv.Value.String()
			labels = append(labels, &dto.LabelPair{Name: &name, Value: &value})
		}
	}
	slices.SortFunc(labels, func(a, b *dto.LabelPair) int { return strings.Compare(a.GetName(), b.GetName()) })
	g.labels[attrs.Equivalent()] = labels
	return labels
}

// created is when a series began. Most begin together, and share it.
func (g *Gatherer) created(at time.Time) *timestamppb.Timestamp {
	if g.start == nil || !g.start.AsTime().Equal(at) {
		g.start = timestamppb.New(at)
	}
	return g.start
}

// byLabels is the order of a registry: fewer labels first, then by their values.
func byLabels(a, b *dto.Metric) int {
	if len(a.Label) != len(b.Label) {
		return len(a.Label) - len(b.Label)
	}
	for i := range a.Label {
		if order := strings.Compare(*a.Label[i].Value, *b.Label[i].Value); order != 0 {
			return order
		}
	}
	return 0
}
