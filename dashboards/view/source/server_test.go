package source

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/common/route"
	"github.com/prometheus/prometheus/config"
	promexemplar "github.com/prometheus/prometheus/model/exemplar"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/scrape"
	"github.com/prometheus/prometheus/util/teststorage"
	v1 "github.com/prometheus/prometheus/web/api/v1"
	"go.uber.org/goleak"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// data are an hour of a service with two codes, of which one has a gap, a classic
// and a native histogram.
const data = `load 15s
	requests_total{job="api", code="200"} 0+15x240
	requests_total{job="api", code="500"} 0+1x60 _x60 0+1x120
	up{job="api", instance="a:80"} 1x240
	up{job="api", instance="b.c:80"} 0x240
	took_seconds_bucket{job="api", le="0.1"} 0+10x240
	took_seconds_bucket{job="api", le="1"} 0+14x240
	took_seconds_bucket{job="api", le="10"} 0+15x240
	took_seconds_bucket{job="api", le="+Inf"} 0+15x240
	native_seconds{job="api"} {{schema:0 count:12 sum:9 buckets:[4 6 0 2] offset:-1}}x240
`

// server is a real Prometheus with the data, behind its real HTTP API.
func server(t testing.TB) *httptest.Server {
	t.Helper()
	store := promqltest.LoadedStorage(t, data)
	app := store.Appender(t.Context())
	series := labels.FromStrings("__name__", "took_seconds_bucket", "job", "api", "le", "1")
	for i, v := range []float64{.5, .9, .7} {
		e := promexemplar.Exemplar{Labels: labels.FromStrings("trace_id", string(rune('a'+i))), Value: v, Ts: int64(600_000 + i), HasTs: true}
		if _, err := app.AppendExemplar(0, series, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := app.Commit(); err != nil {
		t.Fatal(err)
	}
	api := route.New()
	realAPI(t, store).Register(api)
	mux := http.NewServeMux()
	mux.Handle("/api/v1/", http.StripPrefix("/api/v1", api))
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func realAPI(t testing.TB, store *teststorage.TestStorage) *v1.API {
	ready := func(next http.HandlerFunc) http.HandlerFunc { return next }
	noTargets := func(context.Context) v1.TargetRetriever { return targets{} }
	return v1.NewAPI(
		promqltest.NewTestEngine(t, false, 5*time.Minute, 1_000_000), store, nil, store, nil, noTargets, nil,
		func() config.Config { return config.Config{} }, nil, v1.GlobalURLOptions{}, ready, nil, "", false, false, 0, slog.New(promslog.NewNopLogger().Handler()),
		nil, 0, 0, 0, false, nil, nil, nil, nil, nil, nil, nil, nil, false, nil, false, false, false, 5*time.Minute, false, false, nil, nil,
		v1.OpenAPIOptions{}, parser.NewParser(parser.Options{}), false, time.Minute,
	)
}

// targets are none; the API asks them for metadata.
type targets struct{ v1.TargetRetriever }

func (targets) TargetsActive() map[string][]*scrape.Target { return nil }

// hour is the range of the data.
var hour = model.Range{From: time.Unix(0, 0).UTC(), To: time.Unix(3600, 0).UTC(), Zone: time.UTC}

// ask is a source at the server.
func ask(t testing.TB, s *httptest.Server) *Prometheus {
	t.Helper()
	p, err := NewPrometheus(Config{Address: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}
