package browser

import (
	"context"
	"os"
	"testing"
	"time"
)

// stage is what the tests need: a product with traffic, and a browser.
type stage struct {
	product
	browser context.Context
	// dashboards is the binary of the command.
	dashboards string
}

// running is a product that the environment names: it is quicker to write a test
// against one that runs already.
func running() product {
	return product{preview: os.Getenv("BROWSER_PREVIEW"), prometheus: os.Getenv("BROWSER_PROMETHEUS")}
}

// TestPreview tests the pages of one product, one test after the other: two cores
// are enough for it all.
func TestPreview(t *testing.T) {
	s := stage{product: running(), browser: startBrowser(t), dashboards: build(t, "dashboards")}
	if s.preview == "" {
		s.product = startProduct(t)
	}
	s.warm(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"Live", s.live},
		{"Ranges", s.ranges},
		{"Variables", s.variables},
		{"Rows", s.rows},
		{"Crosshair", s.crosshair},
		{"Exact", s.exact},
		{"Rounded", s.rounded},
		{"Explore", s.explore},
		{"Table", s.table},
		{"Keys", s.keys},
		{"Focus", s.focus},
		{"Themes", s.themes},
		{"Pages", s.pages},
		{"Missing", s.missing},
		{"Large", s.large},
		{"Lost", s.lost},
		{"Files", s.files},
		{"Code", s.code},
	} {
		t.Run(test.name, test.run)
	}
}

// busy tells whether Prometheus knows of traffic at a time, with as many scrapes
// before it as the boards' rates want.
func (p product) busy(t *testing.T, at time.Time) bool {
	t.Helper()
	return len(p.instant(t, `sum(rate(http_server_request_duration_seconds_count[4s])) > 0`, at)) > 0
}

// warm waits for traffic.
func (p product) warm(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(patience); !p.busy(t, time.Now()); time.Sleep(pollInterval) {
		if time.Now().After(end) {
			t.Fatal("the service has no traffic")
		}
	}
}
