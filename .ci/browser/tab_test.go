package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// startBrowser starts a Chromium that ends with the test.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1600, 1000),
		chromedp.Flag("disable-component-update", true))
	if path, err := exec.LookPath("chromium"); err == nil {
		options = append(options, chromedp.ExecPath(path))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	t.Cleanup(closeBrowser)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// tab is a page in a browser, with what went wrong in it.
type tab struct {
	context.Context
	t      *testing.T
	origin string
	// expected is the path of a page that is meant to fail.
	expected string

	mu     sync.Mutex
	faults []string
}

// openTab opens a page of a preview. At the end of the test nothing may have gone
// wrong in it: no error on the console, no exception, no request to elsewhere,
// none that failed, and nothing that its own policy forbids.
func openTab(t *testing.T, browser context.Context, address string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	out := &tab{Context: ctx, t: t, origin: u.Scheme + "://" + u.Host}
	if err := out.listen(); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	t.Cleanup(out.report)
	out.do("open "+address, chromedp.Navigate(address))
	return out
}

func (tab *tab) listen() error {
	if err := chromedp.Listen(tab, tab.note); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, network.Enable, network.EnableParams{}); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, runtime.Enable, cdp.Empty{}); err != nil {
		return err
	}
	_, err := chromedp.Call(tab, log.Enable, cdp.Empty{})
	return err
}

// note keeps what goes wrong. The browser's log has violations of the policy.
func (tab *tab) note(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		tab.fault("exception: %s %s", e.ExceptionDetails.Text, thrown(e.ExceptionDetails.Exception))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && (tab.expected == "" || e.Entry.URL != tab.origin+tab.expected) {
			tab.fault("console: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			tab.fault("console.error was called")
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, tab.origin+"/") && !strings.HasPrefix(e.Request.URL, "data:") {
			tab.fault("a request to elsewhere: %s", e.Request.URL)
		}
	case *network.EventLoadingFailed:
		if e.BlockedReason != "" {
			tab.fault("a request was blocked: %s", e.BlockedReason)
		}
	}
}

func thrown(o *runtime.RemoteObject) string {
	if o == nil {
		return ""
	}
	return o.Description
}

func (tab *tab) fault(format string, args ...any) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	tab.faults = append(tab.faults, fmt.Sprintf(format, args...))
}

func (tab *tab) report() {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	for _, fault := range tab.faults {
		tab.t.Error(fault)
	}
}

// patience is how long one step may take.
const patience = 60 * time.Second

// pollInterval is the time between two looks at what is waited for.
const pollInterval = 50 * time.Millisecond

// do runs steps and ends the test if one fails; what says what they are for.
func (tab *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	get(tab, what, chromedp.Steps(steps...))
}

// get runs a step that has an answer, and ends the test if it fails.
func get[T any](tab *tab, what string, step chromedp.Action[T]) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, step)
	if err != nil {
		tab.fail("%s: %v", what, err)
	}
	return answer
}

// eval is what an expression in the page is, or what its promise becomes.
func eval[T any](tab *tab, expression string) T {
	tab.t.Helper()
	return get(tab, expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// until waits for an expression in the page to be true. The page may be another
// one meanwhile, so that it is asked again and again, from here.
func (tab *tab) until(expression string) {
	tab.t.Helper()
	end := time.Now().Add(patience)
	var err error
	for time.Now().Before(end) {
		ctx, cancel := context.WithTimeout(tab, patience)
		var yes bool
		yes, err = chromedp.Run(ctx, chromedp.Evaluate[bool]("(async () => Boolean(await ("+expression+")))()", chromedp.EvalAwaitPromise))
		cancel()
		if err == nil && yes {
			return
		}
		time.Sleep(pollInterval)
	}
	tab.fail("waited for %s (%v)", expression, err)
}

// drawn waits until every panel has its picture.
func (tab *tab) drawn() {
	tab.t.Helper()
	tab.until(`document.querySelector("figure.panel") && !document.querySelector("figure.panel:not([data-state=ok])")`)
}

// press presses keys one after the other, as somebody types. The text of a key
// goes with its press, as a real keyboard has it: a page that refuses the press
// refuses the text.
func (tab *tab) press(keys string) {
	tab.t.Helper()
	for _, key := range keys {
		var down, up *input.DispatchKeyEventParams
		for _, event := range kb.Encode(key) {
			switch event.Type {
			case input.DispatchKeyEventTypeKeyUp:
				up = event
			case input.DispatchKeyEventTypeChar:
				down.Type, down.Text, down.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, event.Text, event.UnmodifiedText
			default:
				down = event
			}
		}
		for _, event := range []*input.DispatchKeyEventParams{down, up} {
			if _, err := chromedp.Call(tab, input.DispatchKeyEvent, *event); err != nil {
				tab.fail("press %q: %v", key, err)
			}
		}
	}
}

// place is where something stands in the window, in px.
type place struct{ X, Y, W, H float64 }

// at is a point of it, in parts of its width and height.
func (p place) at(x, y float64) (float64, float64) { return p.X + x*p.W, p.Y + y*p.H }

// find scrolls to what a selector finds, the first one with a text if one is
// given, and tells where it stands when nothing covers it.
func (tab *tab) find(selector, text string) place {
	tab.t.Helper()
	found := fmt.Sprintf(`[...document.querySelectorAll(%q)].find(e => !%[2]q || e.textContent.trim() === %[2]q)`, selector, text)
	tab.until(`(() => { const e = ` + found + `; if (!e) return false; e.scrollIntoView({block: "nearest"});
		const b = e.getBoundingClientRect(), over = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
		return over && (e.contains(over) || over.contains(e)); })()`)
	return eval[place](tab, `(() => { const b = `+found+`.getBoundingClientRect(); return {X: b.x, Y: b.y, W: b.width, H: b.height}; })()`)
}

// click clicks what find finds, in its middle.
func (tab *tab) click(selector, text string) {
	tab.t.Helper()
	tab.do("click "+selector, chromedp.MouseClickXY(tab.find(selector, text).at(.5, .5)))
}

// focus puts the focus on what a selector finds.
func (tab *tab) focus(selector string) {
	tab.t.Helper()
	tab.until(fmt.Sprintf(`(e => { e?.focus(); return e && document.activeElement === e; })(document.querySelector(%q))`, selector))
}

func (tab *tab) fail(format string, args ...any) {
	tab.t.Helper()
	tab.picture("failed-" + filepath.Base(tab.t.Name()))
	tab.t.Fatalf(format, args...)
}

// picture keeps what the page looks like, if the environment names a folder.
func (tab *tab) picture(name string) {
	dir := os.Getenv("BROWSER_PICTURES")
	if dir == "" {
		return
	}
	// A picture is for people to look at: a test does not fail for want of one.
	if png, err := chromedp.Run(tab, chromedp.FullScreenshot(100)); err == nil {
		_ = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
}
