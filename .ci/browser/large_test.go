package browser

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// many is how many series the large answers have.
const many = 10_000

// largeAnswer is a Prometheus' answer to the query `large`.
func largeAnswer(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasSuffix(r.URL.Path, "/query") || r.FormValue("query") != "large" {
		return false
	}
	var rows []string
	for i := range many {
		rows = append(rows, fmt.Sprintf(`{"metric":{"__name__":"large","row":"%05d"},"value":[%s,"%d"]}`, i, r.FormValue("time"), i))
	}
	w.Header().Set("Content-Type", "application/json")
	_, err := fmt.Fprintf(w, `{"status":"success","data":{"resultType":"vector","result":[%s]}}`, strings.Join(rows, ","))
	return err == nil
}

// large reads a table of ten thousand rows: the panel has a picture, and each row
// can be reached.
func (s stage) large(t *testing.T) {
	d := newDoor(t, s.prometheus, largeAnswer)
	file := filepath.Join(t.TempDir(), "large.json")
	content := `{"uid": "large", "title": "Large", "schemaVersion": 42, "panels": [{"id": 1, "type": "table", "title": "Rows",
		"gridPos": {"x": 0, "y": 0, "w": 24, "h": 12}, "targets": [{"refId": "A", "expr": "large", "instant": true, "format": "table"}]}]}`
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	address := s.startPreview(t, "", "http://"+d.addr, file)
	for _, page := range []string{"/d/large?viewPanel=1", "/explore?type=instant&q=large"} {
		begun := time.Now()
		tab := openTab(t, s.browser, address+page)
		tab.until(`document.querySelector("#data .note")?.textContent === "Rows 1 to 500 of 10000"`)
		t.Logf("%s: %d rows after %v", page, many, time.Since(begun).Round(time.Millisecond))
		begun = time.Now()
		for first := 501; first < many; first += 500 {
			tab.click("#older", "")
			tab.until(fmt.Sprintf(`document.querySelector("#data .note").textContent === "Rows %d to %d of 10000"`, first, first+499))
		}
		t.Logf("%s: the other pages after %v", page, time.Since(begun).Round(time.Millisecond))
		if last := eval[string](tab, `document.querySelector("#data tbody tr:last-child td:last-child").textContent`); last != "9999" {
			t.Errorf("%s: the last row has the value %s", page, last)
		}
		tab.picture("large")
	}
}
