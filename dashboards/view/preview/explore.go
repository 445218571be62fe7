package preview

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/prometheus/promql/parser"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// Bounds of what may be explored at once.
const (
	maxQueries   = 6
	maxQueryText = 8 << 10
)

// The keys of the two pictures of the page: the graph of a range, and the values
// at its end, which are only data.
const (
	graphKey  = "graph"
	valuesKey = "values"
)

// exploration is what the explore page asks.
type exploration struct {
	state
	Queries []string
	// Type is "range", "instant" or "both".
	Type string
}

func (p *Preview) readExploration(q url.Values) (exploration, error) {
	var none model.Board // a time range needs one
	p.cfg.start(&none)
	s, err := readState(q, &loaded{Board: none})
	if err != nil {
		return exploration{}, err
	}
	s.View, s.Toggled = "", nil
	x := exploration{state: s, Queries: q["q"], Type: cmp.Or(q.Get("type"), "both")}
	if x.Type != "range" && x.Type != "instant" {
		x.Type = "both"
	}
	if len(x.Queries) > maxQueries {
		return exploration{}, fmt.Errorf("explore asks %d queries at once at most", maxQueries)
	}
	for _, text := range x.Queries {
		if len(text) > maxQueryText {
			return exploration{}, fmt.Errorf("a query is longer than %d bytes", maxQueryText)
		}
	}
	return x, nil
}

func (x exploration) query() url.Values {
	q := x.state.query()
	q["q"] = x.Queries
	q.Set("type", x.Type)
	return q
}

// asked are the queries that are not empty.
func (x exploration) asked() []string {
	return slices.DeleteFunc(slices.Clone(x.Queries), func(s string) bool { return strings.TrimSpace(s) == "" })
}

type explorePage struct {
	frameOf
	Explored  exploration
	Queries   []queryView
	Range     rangePicker
	Refreshes []link
	Graph     bool
	Values    bool
	CanAdd    bool
	Problems  []string
}

// queryView is a query with what is wrong with it.
type queryView struct {
	N     int
	Text  string
	Error *mistake
}

// explore shows any PromQL.
func (p *Preview) explore(w http.ResponseWriter, r *http.Request) {
	x, err := p.readExploration(r.URL.Query())
	if err != nil {
		p.fail(w, r, http.StatusBadRequest, err.Error())
		return
	}
	here := func(s state) string {
		x.state = s
		return "/explore?" + x.query().Encode()
	}
	if word := r.URL.Query().Get("move"); word != "" {
		s, err := x.move(word, p.now(), p.cfg.Zone)
		if err != nil {
			p.fail(w, r, http.StatusBadRequest, err.Error())
			return
		}
		http.Redirect(w, r, here(s), http.StatusSeeOther)
		return
	}
	p.write(w, http.StatusOK, "explore.html", p.explorePage(r, x, here))
}

func (p *Preview) explorePage(r *http.Request, x exploration, here func(state) string) explorePage {
	out := explorePage{
		frameOf:  p.frame(r, p.shelf.current(), "explore", "Explore", "/stream/explore?"+x.query().Encode()),
		Explored: x, CanAdd: len(x.Queries) < maxQueries,
	}
	for i, text := range x.Queries {
		out.Queries = append(out.Queries, queryView{i + 1, text, check(text)})
	}
	if len(out.Queries) == 0 {
		out.Queries = []queryView{{N: 1}}
	}
	for _, one := range x.items() {
		out.Graph, out.Values = out.Graph || one.key == graphKey, out.Values || one.key == valuesKey
	}
	rng, err := span(x.From, x.To, p.now(), p.cfg.Zone)
	if err != nil {
		out.Problems = append(out.Problems, err.Error())
		rng = model.Range{From: p.now().Add(-time.Hour), To: p.now(), Zone: p.cfg.Zone}
	}
	s := x.state
	out.Range = rangeFor(s, rng, here)
	for _, text := range refreshes {
		out.Refreshes = append(out.Refreshes, link{cmp.Or(text, "Off"), text, text == s.Refresh})
	}
	return out
}

// exploreStream draws the graph and has the values ready.
func (p *Preview) exploreStream(w http.ResponseWriter, r *http.Request) {
	x, err := p.readExploration(r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	window, look := windowOf(r)
	p.run(w, r, scene{x.state, func(_ context.Context, now time.Time) (work, error) {
		rng, err := span(x.From, x.To, now, p.cfg.Zone)
		if err != nil {
			return work{}, err
		}
		var out work
		for _, one := range x.items() {
			out.jobs = append(out.jobs, job{item: one, size: window, rng: rng, values: variable.Values{}.Ranged(rng), theme: look})
		}
		return out, nil
	}})
}

// graphDefaults make the graph of a query as plain as a graph can be.
var graphDefaults = json.RawMessage(`{"color":{"mode":"palette-classic"},"custom":{"lineWidth":1,"fillOpacity":0,"showPoints":"auto"}}`)

// items are the panels of the page. Only queries that can be parsed are asked.
func (x exploration) items() []item {
	graph := model.Panel{ID: 1, Type: "timeseries", Title: "Graph", Defaults: graphDefaults, Options: json.RawMessage(`{"legend":{"showLegend":true,"displayMode":"list","placement":"bottom"},"tooltip":{"mode":"multi","sort":"desc"}}`)}
	values := model.Panel{ID: 2, Type: "table", Title: "Values"}
	for i, text := range x.asked() {
		if check(text) != nil {
			continue
		}
		ref := string(rune('A' + i))
		graph.Targets = append(graph.Targets, model.Target{RefID: ref, Expr: text, Range: true})
		values.Targets = append(values.Targets, model.Target{RefID: ref, Expr: text, Instant: true})
	}
	var out []item
	if x.Type != "instant" && len(graph.Targets) > 0 {
		out = append(out, item{key: graphKey, panel: graph})
	}
	if x.Type != "range" && len(values.Targets) > 0 {
		out = append(out, item{key: valuesKey, panel: values})
	}
	return out
}

// mistake is what is wrong with a query, and where: Before, Part and After are
// the query in three pieces.
type mistake struct {
	Message string `json:"message"`
	// Line and Column count from one.
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Before string `json:"before"`
	Part   string `json:"part"`
	After  string `json:"after"`
}

// placeholders are the variables that the source fills in; a parser would
// stumble over them, so that each is a duration of its length.
var placeholders = regexp.MustCompile(`\$__(rate_interval|interval|range)\b`)

func fillPlaceholders(text string) string {
	return placeholders.ReplaceAllStringFunc(text, func(s string) string {
		return strings.Repeat("0", len(s)-2) + "5m"
	})
}

// check parses a query; nil is no mistake. An empty query is none.
func check(text string) *mistake {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	options := parser.Options{EnableExperimentalFunctions: true, EnableBinopFillModifiers: true}
	_, err := parser.NewParser(options).ParseExpr(fillPlaceholders(text))
	if err == nil {
		return nil
	}
	wrong := errors.Unwrap(err)
	start, end := 0, len(text)
	if list, ok := errors.AsType[parser.ParseErrors](err); ok && len(list) > 0 {
		wrong = list[0].Err
		start, end = int(list[0].PositionRange.Start), int(list[0].PositionRange.End)
	}
	if wrong == nil {
		wrong = err
	}
	if strings.HasPrefix(wrong.Error(), "unexpected right parenthesis") && start > 0 {
		// The parser has passed this one mark when it complains of it.
		start, end = start-1, start
	}
	start = min(max(start, 0), len(text))
	end = min(max(end, start), len(text))
	before := text[:start]
	return &mistake{
		Message: wrong.Error(), Line: 1 + strings.Count(before, "\n"), Column: 1 + len([]rune(before[strings.LastIndexByte(before, '\n')+1:])),
		Before: before, Part: text[start:end], After: text[end:],
	}
}

// checkQuery parses a query while it is written.
func (p *Preview) checkQuery(w http.ResponseWriter, r *http.Request) {
	text := r.URL.Query().Get("q")
	if len(text) > maxQueryText {
		http.Error(w, "the query is too long", http.StatusBadRequest)
		return
	}
	writeJSON(w, map[string]*mistake{"error": check(text)})
}
