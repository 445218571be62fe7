package draw

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"sync"
	"testing"
)

// measured is a text on a page of Grafana 12.4 in Chromium, with its width in px.
type measured struct {
	panel, text string
	font        Font
	width       float64
}

func browserTexts(t testing.TB) []measured {
	t.Helper()
	f, err := os.Open("testdata/texts.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var out []measured
	for _, r := range rows[1:] {
		font := Font{Weight: int(number(r[2])), Size: number(r[3]), Spacing: number(r[4]) - letterSpacing}
		out = append(out, measured{r[0], r[1], font, number(r[5])})
	}
	return out
}

func TestWidthAsBrowser(t *testing.T) {
	for _, m := range browserTexts(t) {
		if got := m.font.Width(m.text); math.Abs(got-m.width) > max(1, m.width/100) {
			t.Errorf("%s: width of %q in %+v is %.2f, want %.2f", m.panel, m.text, m.font, got, m.width)
		}
	}
}

func TestWidthOfWhatTheFaceHasNot(t *testing.T) {
	plain := Font{Size: 10, Spacing: -letterSpacing}
	for text, want := range map[string]float64{
		"":           0,
		"日本":         20, // squares
		"e\u0301":    plain.Width("e"),
		"\x00\u200b": 0,
		"\xff":       plain.Width("\ufffd"),
	} {
		if got := plain.Width(text); got != want {
			t.Errorf("width of %q is %v, want %v", text, got, want)
		}
	}
	if got := (Font{Size: 10, Mono: true, Weight: 500, Spacing: -letterSpacing}).Width("iiW"); math.Abs(got-18) > 0.1 {
		t.Errorf("three letters of code are %v wide, want 18", got)
	}
}

func TestWidthIsSafeForConcurrentUse(t *testing.T) {
	texts := browserTexts(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, m := range texts {
				_ = m.font.Width(m.text)
			}
		})
	}
	wg.Wait()
}

func BenchmarkWidth(b *testing.B) {
	font := Font{Size: 12}
	b.ReportAllocs()
	for b.Loop() {
		_ = font.Width(`http_requests_total {job="api", route="/v1/items"}`)
	}
}
