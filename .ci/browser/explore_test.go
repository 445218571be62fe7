package browser

import (
	"fmt"
	"slices"
	"testing"
)

// explore writes a query with the keyboard alone: a metric, a label and a value
// are completed, a mistake is shown where it is, and the table has what Prometheus
// answers.
func (s stage) explore(t *testing.T) {
	_, to, query := s.fixed(t)
	tab := openTab(t, s.browser, s.preview+"/explore?"+query)
	tab.focus("#q1")
	complete := func(typed, want string) {
		t.Helper()
		tab.press(typed)
		tab.until(fmt.Sprintf(`[...document.querySelectorAll("#list1 li code")].some(c => c.textContent === %q)`, want))
		for range 20 {
			tab.press(arrowDown)
			if eval[string](tab, `document.querySelector("#list1 [aria-selected=true] code").textContent`) == want {
				break
			}
		}
		tab.press(enter)
		tab.until(`document.querySelector("#list1").hidden`)
	}
	complete("sum by (job) (process_start", "process_start_time_seconds")
	complete("{jo", "job")
	complete(`=~"serv`, "service")
	tab.press("})")
	expr := tab.text("#q1")
	if want := `sum by (job) (process_start_time_seconds{job=~"service"})`; expr != want {
		t.Fatalf("completed, the query is %s, want %s", expr, want)
	}

	tab.press(")" + enter)
	tab.until(fmt.Sprintf(`document.querySelector("#error1 p")?.textContent.startsWith("Line 1, column %d: ")`, len(expr)+1))

	tab.press(backspace + enter)
	tab.until(`document.querySelector("#data tbody td:last-child")`)
	for _, samples := range s.instant(t, expr, to) {
		if got := eval[string](tab, `document.querySelector("#data tbody td:last-child").textContent`); got != samples[0].value {
			t.Errorf("the value is %s on the page, %s in Prometheus", got, samples[0].value)
		}
	}
}

// text is what stands in a field.
func (tab *tab) text(selector string) string {
	tab.t.Helper()
	return eval[string](tab, fmt.Sprintf(`document.querySelector(%q).value`, selector))
}

// table compares the table of a query, and of a second one beside it, with
// Prometheus' answers.
func (s stage) table(t *testing.T) {
	_, to, query := s.fixed(t)
	tab := openTab(t, s.browser, s.preview+"/explore?"+query)
	const first, second = `up`, `process_start_time_seconds`
	tab.focus("#q1")
	tab.press(first + enter)
	tab.until(`document.querySelector("#data tbody tr")`)
	tab.click("#add", "")
	tab.until(`document.activeElement.id === "q2"`)
	tab.press(second + enter)
	tab.until(fmt.Sprintf(`new URL(location).searchParams.getAll("q").join() === %q`, first+","+second))
	want := 0
	for _, expr := range []string{first, second} {
		want += len(s.instant(t, expr, to))
	}
	tab.until(fmt.Sprintf(`document.querySelectorAll("#data tbody tr").length === %d`, want))
	rows := eval[[][]string](tab, `[...document.querySelectorAll("#data tbody tr")].map(r => [...r.cells].map(c => c.textContent))`)
	for _, expr := range []string{first, second} {
		for name, samples := range s.instant(t, expr, to) {
			if !slices.ContainsFunc(rows, func(row []string) bool { return row[0] == name && row[1] == samples[0].value }) {
				t.Errorf("%s %s is not among %v", name, samples[0].value, rows)
			}
		}
	}
	tab.drawn()
}
