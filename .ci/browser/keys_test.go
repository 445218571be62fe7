package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	arrowDown = kb.ArrowDown
	arrowLeft = kb.ArrowLeft
	backspace = kb.Backspace
	enter     = kb.Enter
	escape    = kb.Escape
	tabulator = kb.Tab
)

// keys uses a board with the keyboard alone.
func (s stage) keys(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	tab.drawn()
	tab.press("?")
	tab.until(`document.querySelector("#help").open`)
	tab.press(escape)
	tab.until(`!document.querySelector("#help").open`)

	key := tab.panel("Traffic")
	tab.focus("#panel-" + key)
	eval[bool](tab, `new Promise(done => setTimeout(done, 200, true))`) // it may have been scrolled to
	tab.press(arrowLeft)
	tab.until(`document.querySelector("#spoken").textContent.includes("sent ")`)
	tab.press("v")
	tab.until(fmt.Sprintf(`document.querySelector("main").dataset.view === %q`, key))
	tab.press(escape)
	tab.until(`!document.querySelector("main").dataset.view`)
	if got := eval[string](tab, `document.activeElement.id`); got != "panel-"+key {
		t.Errorf("back from a panel, the focus is on %q", got)
	}

	tab.press("tz")
	tab.until(spans + `.then(all => all.every(m => m === 10))`)
	ends := eval[string](tab, `new URL(location).searchParams.get("to")`)
	tab.press("t" + arrowLeft)
	tab.until(fmt.Sprintf(`new URL(location).searchParams.get("to") < %q`, ends))
	tab.drawn()

	tab.press("ge")
	tab.until(`document.body.dataset.page === "explore" && document.querySelector("#status[data-state=ok]")`)
	tab.press("gh")
	tab.until(`document.body.dataset.page === "index"`)
}

// focus goes through a board with the tabulator: the first stop leads past the
// header, each one can be seen, and after the controls come the panels.
func (s stage) focus(t *testing.T) {
	tab := openTab(t, s.browser, s.preview+board)
	tab.drawn()
	tab.press(tabulator)
	if got := eval[string](tab, `document.activeElement.className`); got != "skip" {
		t.Errorf("the first stop is %q", got)
	}
	eval[bool](tab, `document.querySelector("main").first = true`)
	tab.press(enter)
	panels := 0
	for range 40 {
		tab.press(tabulator)
		at := eval[struct {
			HTML           string
			Visible, Panel bool
		}](tab, `(() => { const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
			return {HTML: e.outerHTML.slice(0, 80), Panel: e.matches("figure.panel"),
				Visible: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight + 1 || e === document.body}; })()`)
		if !at.Visible {
			t.Errorf("the focus cannot be seen at %s", at.HTML)
		}
		if at.Panel {
			panels++
		}
	}
	if panels < 3 {
		t.Errorf("40 stops led to %d panels", panels)
	}
	tab.picture("focus")
	if !eval[bool](tab, `document.querySelector("main").first`) {
		t.Error("the way to the content led to another page")
	}

	tab.focus("#range > summary")
	tab.press(enter)
	tab.focus("#range ul a")
	tab.press(enter)
	tab.until(`!document.querySelector("main").first`)
	if got := eval[string](tab, `document.activeElement.outerHTML`); !strings.HasPrefix(got, "<summary><span class=\"hidden\">Time range") {
		t.Errorf("after the choice of a range the focus is on %s", got)
	}
}

// themes is light for who prefers it, until something else is chosen, and that is
// remembered.
func (s stage) themes(t *testing.T) {
	tab := openTab(t, s.browser, "about:blank")
	tab.origin = s.preview
	prefers := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}
	if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: prefers}); err != nil {
		t.Fatal(err)
	}
	tab.do("open", chromedp.Navigate(s.preview+board))
	tab.drawn()
	const dark = `getComputedStyle(document.body).backgroundColor === "rgb(17, 18, 23)"`
	if eval[bool](tab, dark) {
		t.Error("the page is dark for who prefers light")
	}
	picture := fmt.Sprintf(`document.querySelector("#panel-%s svg").outerHTML`, tab.panel("Requests"))
	light := eval[string](tab, picture)
	tab.click("#theme", "")
	tab.until(dark)
	tab.until(fmt.Sprintf(`%s.includes("#181b1f") && %s !== %q`, picture, picture, light))
	tab.do("open it again", chromedp.Navigate(s.preview+board))
	tab.until(dark)
	tab.press("ct")
	tab.until("!(" + dark + ")")
}
