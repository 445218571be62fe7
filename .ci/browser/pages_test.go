package browser

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// screen is how somebody sees pages.
type screen struct {
	name, theme   string
	width, height int64
}

// screens are those that are tested, and more for those who want pictures.
func screens() []screen {
	list := []screen{
		{"desk-dark", "dark", 1600, 1000},
		{"desk-light", "light", 1600, 1000},
		{"phone-dark", "dark", 390, 844},
	}
	if os.Getenv("BROWSER_PICTURES") != "" {
		list = append(list, screen{"tablet-light", "light", 1024, 768}, screen{"phone-light", "light", 390, 844})
	}
	return list
}

// pages looks at every page on every screen: it must be readable with a screen
// reader and usable with a keyboard, and nothing may stand out to the side.
func (s stage) pages(t *testing.T) {
	const still = "from=now-5m&to=now&refresh="
	type step struct {
		name string
		// act leads to what is looked at, which is within an element; "" is all.
		act    func(*tab)
		within string
	}
	drawn := step{"", (*tab).drawn, ""}
	open := func(menu string) step {
		return step{"-" + strings.Trim(menu, "#"), func(tab *tab) {
			tab.press(escape) // the menu before
			tab.click(menu+" > summary", "")
		}, "#controls"}
	}
	for _, page := range []struct {
		name, path string
		steps      []step
	}{
		{"index", "/", []step{{}, {"-help", func(tab *tab) { tab.press("?") }, ""}}},
		{"board", "/d/ginsight-http?" + still, []step{drawn, open("#range"), open("#var-route")}},
		{"routes", "/d/ginsight-routes?" + still, []step{drawn}},
		{"explore", "/explore?" + still + "&q=up&q=sum+by+(job)+(up)", []step{drawn, {"-completion", func(tab *tab) {
			tab.focus("#q2")
			tab.press(" + http_s")
			tab.until(`!document.querySelector("#list2").hidden`)
		}, ""}}},
		{"mistake", "/explore?" + still + "&q=sum+by+(job+(up)", []step{{}}},
	} {
		t.Run(page.name, func(t *testing.T) {
			tab := openTab(t, s.browser, "about:blank")
			tab.origin = s.preview
			for _, screen := range screens() {
				address := s.preview + page.path + join(page.path) + "theme=" + screen.theme
				tab.do("open "+address, chromedp.EmulateViewport(screen.width, screen.height), chromedp.Navigate(address))
				for _, step := range page.steps {
					if step.act != nil {
						step.act(tab)
					}
					tab.picture(page.name + step.name + "-" + screen.name)
					tab.accessible(page.name+step.name+" on "+screen.name, step.within)
					if out := eval[int](tab, `document.documentElement.scrollWidth - innerWidth`); out > 0 {
						t.Errorf("%s%s on %s is %d px wider than the screen", page.name, step.name, screen.name, out)
					}
				}
			}
		})
	}
}

// join is what stands between an address and one more parameter.
func join(address string) string {
	if strings.Contains(address, "?") {
		return "&"
	}
	return "?"
}

// missing is what stands at an address that leads nowhere.
func (s stage) missing(t *testing.T) {
	tab := openTab(t, s.browser, "about:blank")
	tab.origin, tab.expected = s.preview, "/d/nothing"
	tab.do("open", chromedp.Navigate(s.preview+"/d/nothing"))
	tab.accessible("a page that is not there", "")
	tab.picture("missing")
	tab.click("main a", "All dashboards")
	tab.until(`document.body.dataset.page === "index"`)
}
