package source

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/api"
	clientv1 "github.com/prometheus/client_golang/api/prometheus/v1"
	promodel "github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// Panels show what Prometheus itself answers to the query that a dashboard
// stands for: the same series, the same moments, the same numbers. Its own
// client asks here, with what Grafana would send written out.
func TestTruth(t *testing.T) {
	s := server(t)
	src := ask(t, s)
	c, err := api.NewClient(api.Config{Address: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	variables := []model.Variable{
		{Name: "instance", Type: "query", Query: "label_values(up, instance)", Multi: true, IncludeAll: true},
		{Name: "job", Type: "query", Query: "label_values(up, job)"},
		{Name: "anything", Type: "query", Query: "label_values(up, instance)", IncludeAll: true, AllValue: ".+"},
	}
	for _, q := range []struct {
		expr, sent string
		step       time.Duration // 0 is an instant query
		interval   string
		selected   map[string][]string
	}{
		{expr: `rate(requests_total{job="$job"}[$__rate_interval])`, sent: `rate(requests_total{job="api"}[1m])`, step: 15 * time.Second},
		{expr: `rate(requests_total[$__rate_interval])`, sent: `rate(requests_total[8m])`, step: 2 * time.Minute, interval: "2m"},
		{expr: `increase(requests_total[$__range])`, sent: `increase(requests_total[3600s])`},
		{expr: `avg_over_time(up[${__interval}])`, sent: `avg_over_time(up[15s])`, step: 15 * time.Second},
		{expr: `up{instance=~"$instance"}`, sent: `up{instance=~"(a:80|b\\.c:80)"}`, step: 15 * time.Second, selected: map[string][]string{"instance": {"a:80", "b.c:80"}}},
		{expr: `up{instance=~"$instance"}`, sent: `up{instance=~"b\\.c:80"}`, selected: map[string][]string{"instance": {"b.c:80"}}},
		{expr: `up{instance=~"[[instance]]"}`, sent: `up`, selected: map[string][]string{"instance": {variable.All}}},
		{expr: `up{instance=~"${anything}"}`, sent: `up{instance=~".+"}`, step: 15 * time.Second, selected: map[string][]string{"anything": {variable.All}}},
		{expr: `histogram_quantile(0.95, sum by (le) (rate(took_seconds_bucket[$__rate_interval])))`, sent: `histogram_quantile(0.95, sum by (le) (rate(took_seconds_bucket[1m])))`, step: 15 * time.Second},
		{expr: `requests_total / on (job) group_left sum by (job) (up - 1)`, sent: `requests_total / on (job) group_left sum by (job) (up - 1)`, step: 15 * time.Second},
		{expr: `up / 0`, sent: `up / 0`, step: 15 * time.Second},
	} {
		values, err := variable.Resolve(t.Context(), src, model.Board{Variables: variables}, q.selected, hour)
		if err != nil {
			t.Fatal(err)
		}
		want := clientSays(t, c, q.sent, q.step)
		for _, format := range []string{"time_series", "table"} {
			p := panel(model.Target{Expr: q.expr, Instant: q.step == 0, Interval: q.interval, Format: format})
			frames, err := src.Query(t.Context(), Query{Panel: p, Range: hour, Width: 240, Vars: values})
			if err != nil || len(want) == 0 {
				t.Fatalf("%s: %d series, %v", q.expr, len(want), err)
			}
			if diff := cmp.Diff(want, shown(frames), nansAreEqual); diff != "" {
				t.Errorf("%s as %s:\n%s", q.expr, format, diff)
			}
		}
	}
}

var nansAreEqual = cmp.Comparer(func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })

// samplesBySeries are values by their milliseconds, by their series.
type samplesBySeries map[string]map[int64]float64

func (s samplesBySeries) add(labels map[string]string, at int64, v float64) {
	name := selector(labels)
	if s[name] == nil {
		s[name] = map[int64]float64{}
	}
	s[name][at] = v
}

func clientSays(t *testing.T, c api.Client, expr string, step time.Duration) samplesBySeries {
	t.Helper()
	var answer promodel.Value
	var err error
	if step == 0 {
		answer, _, _, err = clientv1.NewAPI(c).Query(t.Context(), expr, hour.To)
	} else {
		answer, _, _, err = clientv1.NewAPI(c).QueryRange(t.Context(), expr, clientv1.Range{Start: hour.From, End: hour.To, Step: step})
	}
	if err != nil {
		t.Fatal(err)
	}
	out := samplesBySeries{}
	labels := func(m promodel.Metric) map[string]string {
		l := map[string]string{}
		for name, v := range m {
			l[string(name)] = string(v)
		}
		return l
	}
	switch answer := answer.(type) {
	case promodel.Matrix:
		for _, s := range answer {
			for _, v := range s.Values {
				out.add(labels(s.Metric), int64(v.Timestamp), float64(v.Value))
			}
		}
	case promodel.Vector:
		for _, s := range answer {
			out.add(labels(s.Metric), int64(s.Timestamp), float64(s.Value))
		}
	}
	return out
}

// shown are the samples in frames; the columns of texts are labels.
func shown(frames []frame.Frame) samplesBySeries {
	out := samplesBySeries{}
	for _, f := range frames {
		value := f.Fields[len(f.Fields)-1]
		for i, v := range value.Numbers {
			labels := map[string]string{}
			for name, text := range value.Labels {
				labels[name] = text
			}
			for _, column := range f.Fields[1 : len(f.Fields)-1] {
				labels[column.Name] = column.Strings[i]
			}
			if !frame.IsNull(v) {
				out.add(labels, f.Fields[0].Times[i], v)
			}
		}
	}
	return out
}
