package preview

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// suggestion is a word that a query may go on with.
type suggestion struct {
	// Text is what is put in, Name what is shown.
	Text string `json:"text"`
	Name string `json:"name"`
	// Kind is "metric", "function", "aggregation", "label", "value", "duration" or
	// "keyword"; Help says what it is.
	Kind string `json:"kind"`
	Help string `json:"help"`
}

// maxSuggestions is how many words are offered at once.
const maxSuggestions = 40

// complete answers which words fit where a query ends.
func (p *Preview) complete(w http.ResponseWriter, r *http.Request) {
	text := r.URL.Query().Get("q")
	if len(text) > maxQueryText {
		http.Error(w, "the query is too long", http.StatusBadRequest)
		return
	}
	at := placeIn(text)
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	found, err := p.words.fitting(ctx, p, at)
	out := map[string]any{"word": at.word, "items": pickSuggestions(found, at.word)}
	if err != nil {
		out["error"] = plain(err)
	}
	writeJSON(w, out)
}

// pickSuggestions keeps what has the word in it: first what starts with it.
func pickSuggestions(list []suggestion, word string) []suggestion {
	word = strings.ToLower(word)
	rank := func(s suggestion) int {
		switch i := strings.Index(strings.ToLower(s.Name), word); {
		case i == 0:
			return 0
		case i > 0:
			return 1
		}
		return 2
	}
	list = slices.DeleteFunc(slices.Clone(list), func(s suggestion) bool { return rank(s) == 2 })
	slices.SortStableFunc(list, func(a, b suggestion) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name, b.Name))
	})
	if list == nil {
		list = []suggestion{}
	}
	return list[:min(len(list), maxSuggestions)]
}

// words are what a source knows, kept for a while.
type words struct {
	mu    sync.Mutex
	kept  map[string]kept
	fixed []suggestion
}

type kept struct {
	until time.Time
	list  []string
}

// How long names are kept, how many lists of them, and what span is looked at.
const (
	keepWords = 30 * time.Second
	keepLists = 200
	lookBack  = time.Hour
)

func (v *words) fitting(ctx context.Context, p *Preview, at place) ([]suggestion, error) {
	switch at.kind {
	case inDuration:
		return durations(), nil
	case inLabel:
		names, err := v.ask(ctx, p, "names\x00"+at.metric, func(ctx context.Context, r model.Range) ([]string, error) {
			return p.cfg.Source.LabelNames(ctx, at.metric, r)
		})
		return labels(names), err
	case inValue:
		values, err := v.ask(ctx, p, "values\x00"+at.metric+"\x00"+at.label, func(ctx context.Context, r model.Range) ([]string, error) {
			return p.cfg.Source.LabelValues(ctx, at.label, at.metric, r)
		})
		return quotedValues(values), err
	case inText:
		return nil, nil
	}
	metrics, err := v.ask(ctx, p, "metrics", func(ctx context.Context, r model.Range) ([]string, error) {
		return p.cfg.Source.LabelValues(ctx, "__name__", "", r)
	})
	return append(named(metrics, v.describe(ctx, p)), v.language()...), err
}

// describer is a source that knows what targets say of their metrics.
type describer interface {
	Metadata(ctx context.Context) (map[string]source.Metadata, error)
}

// describe are the help texts that targets expose, as far as the source has them.
func (v *words) describe(ctx context.Context, p *Preview) map[string]string {
	d, ok := p.cfg.Source.(describer)
	if !ok {
		return nil
	}
	pairs, err := v.ask(ctx, p, "help", func(ctx context.Context, _ model.Range) ([]string, error) {
		data, err := d.Metadata(ctx)
		var out []string
		for name, m := range data {
			out = append(out, name, m.Help)
		}
		return out, err
	})
	if err != nil {
		return nil // the names are worth showing without
	}
	out := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

// ask asks the source, unless the answer is known.
func (v *words) ask(ctx context.Context, p *Preview, key string, ask func(context.Context, model.Range) ([]string, error)) ([]string, error) {
	now := p.now()
	v.mu.Lock()
	known, ok := v.kept[key]
	v.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.list, nil
	}
	list, err := ask(ctx, model.Range{From: now.Add(-lookBack), To: now})
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.kept == nil || len(v.kept) >= keepLists {
		v.kept = map[string]kept{}
	}
	v.kept[key] = kept{now.Add(keepWords), list}
	return list, nil
}

// named are the metrics with what the catalogue says of them, or else the
// targets that expose them.
func named(metrics []string, exposed map[string]string) []suggestion {
	help := map[string]string{}
	for _, m := range catalog.All() {
		for _, s := range m.Series() {
			help[s.Name] = m.Describe().Help
		}
		help[m.PrometheusName()] = m.Describe().Help
	}
	var out []suggestion
	for _, name := range metrics {
		out = append(out, suggestion{name, name, "metric", cmp.Or(help[name], exposed[name], exposed[family(name)])})
	}
	return out
}

// family is the name under which a histogram or a summary describes its series.
func family(series string) string {
	for _, suffix := range []string{"_bucket", "_count", "_sum"} {
		if name, ok := strings.CutSuffix(series, suffix); ok {
			return name
		}
	}
	return series
}

func labels(names []string) []suggestion {
	var out []suggestion
	for _, name := range names {
		if name != "__name__" {
			out = append(out, suggestion{name, name, "label", ""})
		}
	}
	return out
}

// quotedValues escape what a string of PromQL cannot hold, and close it.
func quotedValues(values []string) []suggestion {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	var out []suggestion
	for _, v := range values {
		out = append(out, suggestion{escape.Replace(v) + `"`, v, "value", ""})
	}
	return out
}

func durations() []suggestion {
	var out []suggestion
	for _, d := range []string{"$__rate_interval", "1m", "5m", "15m", "1h", "6h", "1d"} {
		out = append(out, suggestion{d + "]", d, "duration", ""})
	}
	return out
}

// aggregations take many series together.
var aggregations = []string{
	"sum", "avg", "min", "max", "count", "topk", "bottomk", "quantile", "stddev", "stdvar", "group", "count_values",
}

var keywords = []string{"by", "without", "on", "ignoring", "group_left", "group_right", "offset", "bool", "and", "or", "unless"}

// language lists what PromQL itself has.
func (v *words) language() []suggestion {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.fixed != nil {
		return v.fixed
	}
	for _, f := range parser.Functions {
		if !f.Experimental {
			v.fixed = append(v.fixed, suggestion{f.Name + "(", f.Name, "function", signature(f)})
		}
	}
	for _, name := range aggregations {
		v.fixed = append(v.fixed, suggestion{name + "(", name, "aggregation", "aggregates series"})
	}
	for _, name := range keywords {
		v.fixed = append(v.fixed, suggestion{name + " ", name, "keyword", ""})
	}
	return v.fixed
}

func signature(f *parser.Function) string {
	types := make([]string, len(f.ArgTypes))
	for i, t := range f.ArgTypes {
		types[i] = parser.DocumentedType(t)
	}
	return "(" + strings.Join(types, ", ") + ") " + parser.DocumentedType(f.ReturnType)
}
