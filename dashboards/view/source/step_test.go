package source

import (
	"bytes"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/api"
	clientv1 "github.com/prometheus/client_golang/api/prometheus/v1"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

// Steps and rate intervals are what Grafana asks with.
func TestPlan(t *testing.T) {
	for _, c := range []struct {
		span          time.Duration
		width         int
		panelInterval string
		target        model.Target
		maxPoints     int
		step, rate    string
	}{
		{time.Hour, 1000, "", model.Target{}, 0, "15s", "1m"},
		{6 * time.Hour, 1000, "", model.Target{}, 0, "20s", "1m"},
		{24 * time.Hour, 800, "", model.Target{}, 0, "2m", "2m15s"},
		{7 * 24 * time.Hour, 800, "", model.Target{}, 0, "15m", "15m15s"},
		{time.Hour, 1000, "1m", model.Target{}, 0, "1m", "1m15s"},
		{time.Hour, 1000, "1m", model.Target{Interval: "30s"}, 0, "30s", "2m"},
		{time.Hour, 1000, "1m", model.Target{Interval: "15s"}, 0, "15s", "1m"},
		{time.Hour, 1000, ">2m", model.Target{}, 0, "2m", "2m15s"},
		{time.Hour, 1000, "nonsense", model.Target{}, 0, "15s", "1m"},
		{time.Hour, 1000, "", model.Target{Factor: 2}, 0, "30s", "1m"},
		{time.Hour, 1000, "", model.Target{}, 60, "1m", "1m15s"},
		{time.Hour, 0, "", model.Target{}, 0, "15s", "1m"},
		{365 * 24 * time.Hour, 1_000_000, "", model.Target{}, 0, "1h", "1h15s"},
	} {
		c.target.Expr, c.target.Range = "$__interval $__rate_interval", true
		q := Query{Width: c.width, Range: model.Range{From: hour.To.Add(-c.span), To: hour.To}, Panel: model.Panel{
			Targets: []model.Target{c.target}, Interval: c.panelInterval, MaxDataPoints: c.maxPoints,
		}}
		got := q.plan(15 * time.Second)[0]
		if got.expr != c.step+" "+c.rate {
			t.Errorf("%v at %d px, interval %q: %s, not %s %s", c.span, c.width, c.panelInterval, got.expr, c.step, c.rate)
		}
		if ms := got.step.Milliseconds(); got.span.From.UnixMilli()%ms != 0 || got.span.To.UnixMilli()%ms != 0 || c.span/got.step > mostPoints {
			t.Errorf("the range %v is not on steps of %v, or has too many", got.span, got.step)
		}
	}
}

func TestPlanTargets(t *testing.T) {
	p := model.Panel{TimeShift: "1h", Targets: []model.Target{
		{RefID: "A", Expr: "a", Hide: true}, {RefID: "B", Expr: ""}, {RefID: "C", Expr: "c", Instant: true, Range: true},
	}}
	plans := Query{Panel: p, Range: hour}.plan(time.Second)
	if len(plans) != 2 || plans[0].instant || !plans[1].instant || plans[1].several {
		t.Fatalf("got %+v", plans)
	}
	if got := plans[1].span.To; !got.Equal(hour.From) {
		t.Errorf("an hour before is %v", got)
	}
}

func TestRoundStep(t *testing.T) {
	for in, want := range map[time.Duration]time.Duration{
		0: time.Millisecond, 14 * time.Millisecond: 10 * time.Millisecond, 3 * time.Second: 2 * time.Second, 4 * time.Second: 5 * time.Second, 44 * time.Second: 30 * time.Second,
		8 * time.Minute: 10 * time.Minute, 20 * time.Hour: 12 * time.Hour, 5 * day: day, 1000 * day: 365 * day,
	} {
		if got := roundStep(in); got != want {
			t.Errorf("%v became %v, not %v", in, got, want)
		}
	}
}

// matrix is an answer of series with points.
func matrix(series, points int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"status":"success","data":{"resultType":"matrix","result":[`)
	for i := range series {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"metric":{"__name__":"x","series":"%d"},"values":[`, i)
		for j := range points {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `[%d.5,"%v"]`, 1700000000+j*15, float64(i*j)/7)
		}
		b.WriteString(`]}`)
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

func TestDecode(t *testing.T) {
	list, err := readSeries([]byte(`{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[ [1.5, "NaN"] , [2,"+Inf"],[3,"-1e3"],[4,"1e999"] ]},{"metric":{},"values":[]}]}}`))
	if err != nil || len(list) != 2 || len(list[1].Values.times) != 0 {
		t.Fatalf("got %+v, %v", list, err)
	}
	v := list[0].Values
	if diff := cmp.Diff([]int64{1500, 2000, 3000, 4000}, v.times); diff != "" {
		t.Error(diff)
	}
	if !math.IsNaN(v.values[0]) || frame.IsNull(v.values[0]) || !math.IsInf(v.values[1], 1) || v.values[2] != -1000 || !math.IsInf(v.values[3], 1) {
		t.Errorf("got %v", v.values)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(matrix(2, 2))
	f.Add([]byte(`{"data":{"resultType":"vector","result":[{"metric":{"le":"1"},"value":[1,"2"]},{"histogram":[1,{"count":"1","sum":"2","buckets":[[0,"1","2","3"],[0,"8","16","1"]]}]}]}}`))
	f.Add([]byte(`{"data":{"resultType":"scalar","result":[1,"2"]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, err := readSeries(raw)
		if err != nil {
			return
		}
		for _, format := range []string{"time_series", "table", "heatmap"} {
			for _, fr := range (plan{target: model.Target{Format: format}, step: time.Second}).frames(list) {
				for _, field := range fr.Fields {
					if field.Len() != fr.Len() {
						t.Errorf("%s: %d values of %d", format, field.Len(), fr.Len())
					}
				}
			}
		}
	})
}

// What looks like samples in a label is a label; a place where none are is an error.
func TestCut(t *testing.T) {
	list, err := readSeries([]byte(`{"data":{"resultType":"matrix","result":[{"metric":{"a":"\"values\":[[1,\"2\"]]","values":"x"},"values":[[1,"2"]]},{"values":[[3,"4"],[5,"6"]],"metric":{}}]}}`))
	if err != nil || len(list) != 2 || list[0].Metric["a"] != `"values":[[1,"2"]]` || list[0].Values.values[0] != 2 || list[1].Values.times[1] != 5000 {
		t.Errorf("got %+v, %v", list, err)
	}
	for _, broken := range []string{`{"values":0}`, `{"values":"x"}`, `{"values":-1}`, `{"values":[[1,"]]"]]}`, `{"values":[[1,"2"]`} {
		if list, err := readSeries([]byte(`{"data":{"resultType":"matrix","result":[` + broken + `]}}`)); err == nil {
			t.Errorf("%s: %+v", broken, list)
		}
	}
}

// serve answers all with one body.
func serve(b *testing.B, body []byte) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	b.Cleanup(s.Close)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	return s.URL
}

// BenchmarkQuery is a panel with 50 series of 1,000 points, from the request to
// the frames.
func BenchmarkQuery(b *testing.B) {
	p, err := NewPrometheus(Config{Address: serve(b, matrix(50, 1000))})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	q := Query{Panel: model.Panel{Targets: []model.Target{{RefID: "A", Expr: "x", Range: true}}}, Range: hour}
	for b.Loop() {
		if frames, err := p.Query(b.Context(), q); err != nil || len(frames) != 50 {
			b.Fatal(len(frames), err)
		}
	}
}

// BenchmarkClient is the same answer read by client_golang, which makes no
// frames of it.
func BenchmarkClient(b *testing.B) {
	c, err := api.NewClient(api.Config{Address: serve(b, matrix(50, 1000))})
	if err != nil {
		b.Fatal(err)
	}
	r := clientv1.Range{Start: hour.From, End: hour.To, Step: 15 * time.Second}
	for b.Loop() {
		if _, _, _, err := clientv1.NewAPI(c).QueryRange(b.Context(), "x", r); err != nil {
			b.Fatal(err)
		}
	}
}
