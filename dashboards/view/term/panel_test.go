package term

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// input is a panel of a type over a frame of numbers and one of texts.
func input(kind, options, custom string, numbers ...float64) panel.Input {
	times := make([]int64, len(numbers))
	for i := range times {
		times[i] = int64(i) * 60_000
	}
	frames := []frame.Frame{
		{RefID: "A", Fields: []*frame.Field{{Name: "Time", Kind: frame.Time, Times: times}, {Name: "a", Kind: frame.Number, Numbers: numbers}}},
		{RefID: "B", Fields: []*frame.Field{{Name: "t", Kind: frame.String, Strings: []string{options, custom}}, {Name: "b", Kind: frame.Bool, Numbers: []float64{0, 1}}}},
	}
	p := model.Panel{Type: kind, Title: "Panel", Options: json.RawMessage(options), Defaults: json.RawMessage(`{"custom":` + custom + `}`)}
	return page.Input(p, variable.Values{}, model.Range{}, frames, nil)
}

// A panel with several calculations shows all of them.
func TestSeveralCalculations(t *testing.T) {
	in := input("stat", `{"reduceOptions":{"calcs":["lastNotNull","max"]}}`, `{}`, 1, 7, 3)
	in.Frames = in.Frames[:1]
	var b strings.Builder
	if err := Plain(&b, in); err != nil {
		t.Fatal(err)
	}
	if want := "Panel\ta Last *\t3\nPanel\ta Max\t7\n"; b.String() != want {
		t.Errorf("got %q", b.String())
	}
}

// Data with an error are shown with it: neither hides the other.
func TestDataWithAnError(t *testing.T) {
	in := input("stat", `{}`, `{}`, 42)
	in.Err = errors.New("one of two queries failed")
	var b strings.Builder
	if err := Plain(&b, in); err != nil {
		t.Fatal(err)
	}
	for what, shown := range map[string]string{"plain": b.String(), "drawn": text(t, Panel(in, 40, 8), Mono)} {
		if !strings.Contains(shown, "42") || !strings.Contains(shown, "one of two queries failed") {
			t.Errorf("%s:\n%s", what, shown)
		}
	}
}

// FuzzPanel looks for data and options over which a drawing panics or leaves its
// box.
func FuzzPanel(f *testing.F) {
	kinds := []string{"nothing"}
	for kind := range painters {
		kinds = append(kinds, kind)
		f.Add(len(kinds)-1, `{"reduceOptions":{"values":true},"calculate":true}`, `{"hidden":false}`, 40, 10, 1.0, -1e300)
	}
	f.Fuzz(func(t *testing.T, kind int, options, custom string, w, h int, a, b float64) {
		if w < 0 || h < 0 || w > 300 || h > 100 || !json.Valid([]byte(options)) || !json.Valid([]byte(custom)) {
			return
		}
		in := input(kinds[int(uint(kind)%uint(len(kinds)))], options, custom, a, b, frame.Null, a)
		c := Panel(in, w, h)
		for _, line := range strings.Split(strings.TrimSuffix(text(t, c, Mono), "\n"), "\n") {
			if n := textWidth(line); n > c.W {
				t.Errorf("%d characters of %d: %q", n, c.W, line)
			}
		}
		if err := Plain(&strings.Builder{}, in); err != nil {
			t.Error(err)
		}
	})
}
