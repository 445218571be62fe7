package bound

import (
	"context"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// Config says what a Provider's instruments keep. The zero value has no limit
// and keeps no exemplars.
type Config struct {
	// SeriesLimit is the number of attribute sets that one instrument keeps,
	// the set of the overflow, otel.metric.overflow=true, included. A set counts
	// as soon as it is bound. 0 or less means no limit.
	SeriesLimit int
	// Exemplars decides which records are offered as exemplars. Nil means none.
	Exemplars exemplar.Filter
}

// Provider owns instruments and hands what they recorded to readers. Its
// methods are safe for concurrent use.
type Provider struct {
	config Config
	// streams is how many totals each series keeps. The first is of all
	// cumulative readers.
	streams atomic.Int32

	mu     sync.Mutex
	scopes []*scope
	// forms are the different ways in which readers want histograms.
	forms []sdkmetric.Aggregation
}

// scope is an instrumentation scope and its instruments, in the order of their
// creation.
type scope struct {
	instrumentation.Scope
	instruments []*instrument
}

// instrument is what a producer knows of an instrument.
type instrument struct {
	sdkmetric.Instrument
	// value is what the application got, and gets again when it asks for the
	// same instrument once more.
	value any
	// forms are several only of a histogram, one for each of the Provider's.
	forms []aggregator
}

// aggregator holds the series of one instrument.
type aggregator interface {
	// collect returns the data for one reader, or nil if there is none. The
	// caller says how many streams there are and which one is the reader's.
	collect(streams, stream int, delta bool) metricdata.Aggregation
	// size is the number of series, the overflow included.
	size() int
}

// New returns a Provider without instruments.
func New(config Config) *Provider {
	p := &Provider{config: config}
	p.streams.Store(1)
	return p
}

// Meter returns a meter whose synchronous counters, up-down counters and
// histograms can be bound. Everything else it leaves to the fallback, the SDK's
// meter of the same scope.
func (p *Provider) Meter(fallback metric.Meter, s instrumentation.Scope) metric.Meter {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, known := range p.scopes {
		if known.Scope == s {
			return &meter{Meter: fallback, provider: p, scope: known}
		}
	}
	added := &scope{Scope: s}
	p.scopes = append(p.scopes, added)
	return &meter{Meter: fallback, provider: p, scope: added}
}

// Series returns the number of series of each instrument by its name.
func (p *Provider) Series() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	series := map[string]int{}
	for _, s := range p.scopes {
		for _, i := range s.instruments {
			series[i.Name] += i.forms[0].size()
		}
	}
	return series
}

// Producer returns what a single reader is to be given, with
// [sdkmetric.WithProducer]. A producer cannot ask its reader for its preferences,
// so it has to be told, as the SDK's readers are: nil means the SDK's defaults.
//
// Producers have to exist before the first instrument. A later one can lack
// histograms, if no earlier one wanted them in the same form, and the first
// interval of its deltas may hold a little that is older than it.
func (p *Provider) Producer(temporality sdkmetric.TemporalitySelector, aggregation sdkmetric.AggregationSelector) sdkmetric.Producer {
	if temporality == nil {
		temporality = sdkmetric.DefaultTemporalitySelector
	}
	if aggregation == nil {
		aggregation = sdkmetric.DefaultAggregationSelector
	}
	out := &producer{provider: p, temporality: temporality, form: p.form(aggregation(sdkmetric.InstrumentKindHistogram))}
	for _, kind := range []sdkmetric.InstrumentKind{
		sdkmetric.InstrumentKindCounter, sdkmetric.InstrumentKindUpDownCounter, sdkmetric.InstrumentKindHistogram,
	} {
		if temporality(kind) == metricdata.DeltaTemporality {
			out.stream = int(p.streams.Add(1)) - 1
			break
		}
	}
	return out
}

// form is the index of a form of histograms, which may be a new one.
func (p *Provider) form(wanted sdkmetric.Aggregation) int {
	switch wanted.(type) {
	case sdkmetric.AggregationBase2ExponentialHistogram, sdkmetric.AggregationExplicitBucketHistogram:
	default: // the default, and what is no histogram
		wanted = sdkmetric.DefaultAggregationSelector(sdkmetric.InstrumentKindHistogram)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, known := range p.forms {
		if reflect.DeepEqual(known, wanted) {
			return i
		}
	}
	p.forms = append(p.forms, wanted)
	return len(p.forms) - 1
}

// producer implements [sdkmetric.Producer] for one reader.
type producer struct {
	provider    *Provider
	temporality sdkmetric.TemporalitySelector
	stream      int // of the kinds that are wanted as deltas
	form        int // of histograms
}

// Produce implements [sdkmetric.Producer]. What it returns is the caller's.
func (p *producer) Produce(ctx context.Context) ([]metricdata.ScopeMetrics, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.provider.mu.Lock()
	defer p.provider.mu.Unlock()
	var out []metricdata.ScopeMetrics
	for _, s := range p.provider.scopes {
		if metrics := p.produce(s.instruments); len(metrics) > 0 {
			out = append(out, metricdata.ScopeMetrics{Scope: s.Scope, Metrics: metrics})
		}
	}
	return out, nil
}

func (p *producer) produce(instruments []*instrument) []metricdata.Metrics {
	metrics := make([]metricdata.Metrics, 0, len(instruments))
	for _, i := range instruments {
		if data := p.collect(i); data != nil {
			metrics = append(metrics, metricdata.Metrics{
				Name: i.Name, Description: i.Description, Unit: i.Unit, Data: data,
			})
		}
	}
	return metrics
}

func (p *producer) collect(i *instrument) metricdata.Aggregation {
	stream, form := 0, 0
	delta := p.temporality(i.Kind) == metricdata.DeltaTemporality
	if delta {
		stream = p.stream
	}
	if i.Kind == sdkmetric.InstrumentKindHistogram {
		form = p.form
	}
	if form >= len(i.forms) {
		return nil
	}
	return i.forms[form].collect(int(p.provider.streams.Load()), stream, delta)
}

func temporalityOf(delta bool) metricdata.Temporality {
	if delta {
		return metricdata.DeltaTemporality
	}
	return metricdata.CumulativeTemporality
}

// span is what one collection asks of every series of an instrument.
type span struct {
	streams, stream int
	delta           bool
	start, end      time.Time
	counts          arena
}

// arena hands out slices of buckets, of which a collection needs one per series.
type arena struct{ free []uint64 }

func (a *arena) take(n int) []uint64 {
	if len(a.free) < n {
		a.free = make([]uint64, max(n, 4096))
	}
	taken := a.free[:n:n]
	a.free = a.free[n:]
	return taken
}
