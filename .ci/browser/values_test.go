package browser

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// fixed is a range that is over, so that Prometheus says the same again: what is
// scraped at its end has arrived two scrapes later. On a machine that has too much
// to do scrapes are missed, so that there must have been some.
func (p product) fixed(t *testing.T) (from, to time.Time, query string) {
	t.Helper()
	for again := true; again; again = !p.busy(t, to) {
		p.warm(t)
		to = time.Now().UTC().Truncate(time.Second)
		time.Sleep(2 * time.Second)
	}
	from = to.Add(-time.Minute)
	return from, to, fmt.Sprintf("from=%d&to=%d&refresh=", from.UnixMilli(), to.UnixMilli())
}

// written is the form of times in raw data.
const written = "2006-01-02 15:04:05.000"

// raw reads all series of the raw data of a page.
func (tab *tab) raw() map[string][]sample {
	tab.t.Helper()
	type sheet struct {
		Names []string
		Rows  [][]string
	}
	const read = `({Names: [...document.querySelectorAll("#series option")].map(o => o.textContent),
		Rows: [...document.querySelectorAll("#data tbody tr")].map(r => [...r.cells].map(c => c.textContent))})`
	tab.until(`document.querySelector("#data tbody tr")`)
	out := map[string][]sample{}
	names := eval[sheet](tab, read).Names
	for i, name := range names {
		tab.do("choose a series", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
			`{const s = document.querySelector("#series"); s.value = %d; s.dataset.old = ""; s.dispatchEvent(new Event("change"))}`, i)))
		tab.until(`document.querySelector("#series:not([data-old])")`)
		for _, row := range slices.Backward(eval[sheet](tab, read).Rows) {
			at, err := time.Parse(written, row[0])
			if err != nil {
				tab.t.Fatal(err)
			}
			if row[1] != "" {
				out[name] = append(out[name], sample{at, row[1]})
			}
		}
	}
	return out
}

// exact compares a panel's raw data, shown in full view, with what Prometheus
// answers to the query that stands beside them.
func (s stage) exact(t *testing.T) {
	from, to, query := s.fixed(t)
	tab := openTab(t, s.browser, s.preview+"/d/ginsight-http?"+query)
	tab.drawn()
	key := tab.panel("Requests by status")
	tab.focus("#panel-" + key)
	tab.press("v")
	tab.until(`document.querySelector("#queries code")`)
	shown := tab.raw()
	expr := eval[string](tab, `document.querySelector("#queries code").textContent`)
	tab.picture("view")
	tab.accessible("the panel in full view", "")

	step := stepOf(t, shown)
	answer := s.over(t, expr, from, to, step)
	if len(answer) < 3 {
		t.Fatalf("%s has %d series", expr, len(answer))
	}
	for name, want := range answer {
		if name = strings.TrimPrefix(name, "{}"); !slices.Equal(shown[name], want) {
			t.Errorf("%s:\non the page    %v\nin Prometheus  %v", name, shown[name], want)
		}
	}
	if len(shown) != len(answer) {
		t.Errorf("%d series on the page, %d in Prometheus", len(shown), len(answer))
	}
}

// stepOf is the time between two samples.
func stepOf(t *testing.T, all map[string][]sample) time.Duration {
	t.Helper()
	for _, samples := range all {
		if len(samples) > 2 {
			return samples[2].at.Sub(samples[1].at)
		}
	}
	t.Fatalf("no series has three samples: %v", all)
	return 0
}

// rounded compares the numbers of stat panels, for the eye and for the ear, with
// Prometheus' own answers, as exactly as three digits can say it.
func (s stage) rounded(t *testing.T) {
	_, to, query := s.fixed(t)
	tab := openTab(t, s.browser, s.preview+"/d/ginsight-http?"+query)
	tab.drawn()
	for title, scale := range map[string]float64{"Requests": 1, "Server errors": 100, "Apdex": 1, "In flight": 1, "Instances": 1} {
		key := tab.panel(title)
		values := tab.values(key)
		if len(values) != 1 {
			t.Errorf("%s: the values are %v, want one", title, values)
		}
		expr := s.exprOf(t, query, key)
		for _, text := range values {
			digits := strings.TrimRight(text, "% reqs/")
			got, err := strconv.ParseFloat(digits, 64)
			want := s.number(t, expr, to) * scale
			if err != nil || math.Abs(got-want) > .006*math.Abs(want) {
				t.Errorf("%s is %q on the page, %v in Prometheus", title, text, want)
			}
			if picture := eval[string](tab, fmt.Sprintf(`document.querySelector("#panel-%s svg").textContent`, key)); !strings.Contains(picture, digits) {
				t.Errorf("%s: %q is not in the picture %q", title, digits, picture)
			}
		}
	}
}

// exprOf is what a panel asked, as its full view shows it.
func (s stage) exprOf(t *testing.T, query, key string) string {
	t.Helper()
	tab := openTab(t, s.browser, s.preview+"/d/ginsight-http?"+query+"&viewPanel="+key)
	tab.until(`document.querySelector("#queries code")`)
	return eval[string](tab, `document.querySelector("#queries code").textContent`)
}
