package browser

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// board is the page that most tests look at, moving every second.
const board = "/d/ginsight-http?from=now-5m&to=now&refresh=1s"

// panel is the key of the panel with a title.
func (tab *tab) panel(title string) string {
	tab.t.Helper()
	return eval[string](tab, fmt.Sprintf(
		`[...document.querySelectorAll("figure.panel")].find(f => f.querySelector("figcaption").textContent === %q).dataset.panel`, title))
}

// values are what a panel says to those who do not see it.
func (tab *tab) values(key string) map[string]string {
	tab.t.Helper()
	return eval[map[string]string](tab, fmt.Sprintf(
		`Object.fromEntries([...document.querySelectorAll("#panel-%s .values tr")].map(r => [r.cells[0].textContent, r.cells[1].textContent]))`, key))
}

// query is what the page's address says.
func (tab *tab) query() url.Values {
	tab.t.Helper()
	u, err := url.Parse(eval[string](tab, `location.href`))
	if err != nil {
		tab.t.Fatal(err)
	}
	return u.Query()
}

// live sees a picture change without anybody doing anything, and without the page
// being loaded again.
func (s stage) live(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	tab.drawn()
	picture := fmt.Sprintf(`document.querySelector("#panel-%s svg").outerHTML`, tab.panel("Requests by status"))
	eval[bool](tab, `window.same = true`)
	before := eval[string](tab, picture)
	tab.until(fmt.Sprintf(`window.same && %s !== %q`, picture, before))
	tab.until(`document.querySelector("#status").textContent === "Live"`)
}

// spans are how long the time axes of the panels are, in minutes.
const spans = `import("/assets/plot.js").then(m => [...m.plots.values()].map(p => (p.to - p.from) / 60000))`

// ranges changes the time range: with a click, by hand, by drawing on a panel,
// and back with the browser's button.
func (s stage) ranges(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	is := func(minutes float64) {
		t.Helper()
		tab.until(fmt.Sprintf(`%s.then(all => all.length > 5 && all.every(m => m === %v))`, spans, minutes))
	}
	is(5)
	tab.click("#range > summary", "")
	tab.click("#range a", "Last 15 minutes")
	is(15)
	if got := eval[string](tab, `document.querySelector("#range > summary").textContent`); !strings.Contains(got, "Last 15 minutes") {
		t.Errorf("the range is called %q", got)
	}

	tab.click("#range > summary", "")
	tab.focus("#from")
	eval[bool](tab, `document.activeElement.select() || true`)
	tab.press("now-3m")
	tab.click("#range .primary", "")
	is(3)

	tab.click("#out", "")
	is(6)
	if from := tab.query().Get("from"); strings.HasPrefix(from, "now") {
		t.Errorf("the range, zoomed out, starts at %s", from)
	}

	figure := tab.find("#panel-"+tab.panel("Requests by status")+" .picture", "")
	fromX, y := figure.at(.4, .4)
	toX, _ := figure.at(.6, .4)
	tab.do("draw on a panel", chromedp.DragAndDropXY(fromX, y, toX, y))
	tab.until(fmt.Sprintf(`%s.then(all => all.every(m => m > .9 && m < 1.8))`, spans))

	tab.do("back", chromedp.NavigateBack())
	is(6)
}

// variables picks one value, several and all.
func (s stage) variables(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	tab.drawn()
	key := tab.panel("95th percentile by route")
	tick := func(value string) {
		tab.click("#var-route label", value)
	}
	shows := func(text string, routes ...string) {
		t.Helper()
		tab.until(fmt.Sprintf(`document.querySelector("#var-route .chosen").textContent === %q`, text))
		for deadline := 100; ; deadline-- {
			got := slices.Sorted(maps.Keys(tab.values(key)))
			if slices.Equal(got, routes) || len(routes) == 0 && len(got) > 3 {
				return
			}
			if deadline == 0 {
				t.Fatalf("the panel shows %v, want %v", got, routes)
			}
			tab.do("wait", chromedp.Sleep(pollInterval))
		}
	}

	tab.click("#var-route > summary", "")
	tick("/api/orders")
	tab.click("#var-route .primary", "")
	shows("/api/orders", "/api/orders")
	if got := tab.query()["var-route"]; !slices.Equal(got, []string{"/api/orders"}) {
		t.Errorf("the address says %q", got)
	}

	tab.click("#var-route > summary", "")
	tick("/api/payments")
	tab.press(escape) // a menu that is closed takes what was ticked
	shows("/api/orders, /api/payments", "/api/orders", "/api/payments")

	tab.click("#var-route > summary", "")
	tick("All")
	tab.click("#var-route .primary", "")
	shows("All")
}

// rows closes a row and opens it again.
func (s stage) rows(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	tab.drawn()
	all := eval[int](tab, `document.querySelectorAll("figure.panel").length`)
	tab.click("h2.row a", "Errors")
	tab.until(fmt.Sprintf(`document.querySelectorAll("figure.panel").length === %d`, all-2))
	tab.click("h2.row a", "Errors (2 panels)")
	tab.until(fmt.Sprintf(`document.querySelectorAll("figure.panel").length === %d`, all))
	tab.drawn()
}

// crosshair points at one panel: the line appears on all of them, and the values
// beside the pointer.
func (s stage) crosshair(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	tab.drawn()
	x, y := tab.find("#panel-"+tab.panel("Requests by status")+" .picture", "").at(.9, .4)
	tab.do("point", chromedp.MouseEvent("mouseMoved", x, y))
	tab.until(`document.querySelectorAll("#tip:not([hidden]) tr").length > 2`)
	if lines := eval[int](tab, `document.querySelectorAll(".cross:not([hidden])").length`); lines < 5 {
		t.Errorf("%d panels have a crosshair", lines)
	}
	tab.picture("crosshair")
	tab.do("point elsewhere", chromedp.MouseEvent("mouseMoved", 5, 5))
	tab.until(`document.querySelector("#tip").hidden && !document.querySelector(".cross:not([hidden])")`)
}
