package preview

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/source"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		query, part  string
		line, column int
	}{
		{query: ""},
		{query: "  \n"},
		{query: "sum by (job) (rate(up[5m]))"},
		{query: "rate(up[$__rate_interval]) / rate(up[$__interval]) + increase(up[$__range])"},
		{query: "nosuch(up)", part: "nosuch", line: 1, column: 1},
		{query: "rate(up)", part: "up", line: 1, column: 6},
		{query: "sum(up)\n  + nosuch(up)", part: "nosuch", line: 2, column: 5},
		{query: `up{job="é"} + nosuch(up)`, part: "nosuch", line: 1, column: 15},
		{query: "rate(up[$__rate_interval]) + nosuch(up)", part: "nosuch", line: 1, column: 30},
		{query: "sum(up", part: "", line: 1, column: 7},
	} {
		m := check(c.query)
		if c.line == 0 {
			if m != nil {
				t.Errorf("%q: %+v, want no mistake", c.query, m)
			}
			continue
		}
		if m == nil {
			t.Errorf("%q: no mistake", c.query)
			continue
		}
		if !strings.HasPrefix(m.Part, c.part) || m.Line != c.line || m.Column != c.column || m.Message == "" {
			t.Errorf("%q: %+v, want %q at %d:%d", c.query, m, c.part, c.line, c.column)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"up", "rate(up[5m)", "$__rate_interval", "sum(", `{a="`, "é(", "\xff", "up offset -"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m := check(text); m != nil && m.Before+m.Part+m.After != text {
			t.Errorf("%q falls into %q, %q and %q", text, m.Before, m.Part, m.After)
		}
	})
}

func TestPlaceIn(t *testing.T) {
	for query, want := range map[string]place{
		"":                          {},
		"su":                        {word: "su"},
		"sum(http_":                 {word: "http_"},
		"up{":                       {kind: inLabel, metric: "up"},
		"sum(up{jo":                 {kind: inLabel, metric: "up", word: "jo"},
		`up{job="a", ins`:           {kind: inLabel, metric: "up", word: "ins"},
		`up{job=`:                   {kind: inText},
		`up{job="`:                  {kind: inValue, metric: "up", label: "job"},
		`up{job=~"a|b`:              {kind: inValue, metric: "up", label: "job", word: "a|b"},
		`up{job="a",instance!="x y`: {kind: inValue, metric: "up", label: "instance", word: "x y"},
		`up{job="q\"é`:              {kind: inValue, metric: "up", label: "job", word: `q"é`},
		`{__name__="up", `:          {kind: inLabel},
		`up{job="a"} / do`:          {word: "do"},
		"sum by (":                  {kind: inLabel},
		"sum by (job, in":           {kind: inLabel, word: "in"},
		"a * on(job) group_left(v":  {kind: inLabel, word: "v"},
		"rate(up[":                  {kind: inDuration},
		"rate(up[5":                 {kind: inDuration, word: "5"},
		"rate(up[5m]) + ra":         {word: "ra"},
		`label_replace(up, "`:       {kind: inText},
		"}})]":                      {},
	} {
		if got := placeIn(query); got != want {
			t.Errorf("placeIn(%q) = %+v, want %+v", query, got, want)
		}
	}
}

func FuzzPlaceIn(f *testing.F) {
	f.Add(`sum by (a) (up{b="c`)
	f.Add("}\\\"'`[({é")
	f.Fuzz(func(t *testing.T, text string) {
		if p := placeIn(text); utf8.ValidString(text) && !utf8.ValidString(p.word+p.label+p.metric) {
			t.Errorf("%q is cut within a letter: %+v", text, p)
		}
	})
}

func TestComplete(t *testing.T) {
	p := newPreview(t, &fake{})
	for query, want := range map[string]suggestion{
		"http_server": {"http_server_request_duration_seconds_count", "http_server_request_duration_seconds_count", "metric", "Duration of HTTP server requests."},
		"histogram_q": {"histogram_quantile(", "histogram_quantile", "function", "(scalar, instant vector) instant vector"},
		"topk":        {"topk(", "topk", "aggregation", "aggregates series"},
		"up{ins":      {"instance", "instance", "label", ""},
		`up{job="`:    {`a"`, "a", "value", ""},
		"rate(up[5":   {"5m]", "5m", "duration", ""},
	} {
		_, body := get(t, p, "/explore/complete?q="+url.QueryEscape(query))
		var got struct{ Items []suggestion }
		event{data: body}.read(t, &got)
		if len(got.Items) == 0 || got.Items[0] != want {
			t.Errorf("%q: %+v, want first %+v", query, got.Items, want)
		}
	}
	if got := quotedValues([]string{"a\\\"\nb"})[0].Text; got != `a\\\"\nb"` {
		t.Errorf("a value becomes %s", got)
	}
}

// described is a source that also knows what targets say.
type described struct{ fake }

func (d *described) Metadata(context.Context) (map[string]source.Metadata, error) {
	return map[string]source.Metadata{"shop_orders": {Help: "Orders placed."}, "up": {Help: "not ours"}}, nil
}

func TestHelpOfOtherMetrics(t *testing.T) {
	p := newPreview(t, &described{})
	got := named([]string{"shop_orders_bucket", "up", "else"}, p.words.describe(t.Context(), p))
	if got[0].Help != "Orders placed." || got[1].Help == "not ours" || got[1].Help == "" || got[2].Help != "" {
		t.Errorf("%+v: want the help of the target, of the catalogue, and none", got)
	}
}

func TestExplore(t *testing.T) {
	src := &fake{labels: map[string]string{"__name__": "up", "job": "a"}}
	p := newPreview(t, src)
	status, body := get(t, p, "/explore?q=up&q=rate(up)&from=now-5m")
	for _, want := range []string{">up</textarea>", "<mark>up</mark>", "Line 1, column 6:", "Last 5 minutes", `id="panel-graph"`, `data-panel="values"`} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("status %d, no %q", status, want)
		}
	}
	next, _ := listen(t, p, "/stream/explore?q=up&q=rate(up)&from=now-5m&refresh=")
	var hello struct{ Stream string }
	until(t, next, "hello").read(t, &hello)
	until(t, next, "round")
	if got := src.count(); got != 2 {
		t.Errorf("%d queries, want the good one as a range and as an instant", got)
	}
	_, body = get(t, p, "/data?panel=values&stream="+hello.Stream)
	var raw sheet
	event{data: body}.read(t, &raw)
	if diff := cmp.Diff([][]string{{`up{job="a"}`, "0.125"}}, raw.Rows); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	if _, body := get(t, p, "/explore?type=range&q=up"); strings.Contains(body, `data-panel="values"`) {
		t.Error("there is a table for a range alone")
	}
}
