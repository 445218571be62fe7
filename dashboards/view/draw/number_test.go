package draw

import (
	"math"
	"testing"
)

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1", -1: "-1", 0.5: ".5", -0.5: "-.5", 0.05: ".05", 1.25: "1.25", 10.1: "10.1", 100: "100",
		0.004: "0", -0.004: "0", 0.006: ".01", 1.999: "2", 1e9: "1000000", math.Inf(-1): "-1000000",
	} {
		if got := string(appendNumber(nil, v)); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
	if got := string(appendNumber(nil, math.NaN())); got != "0" {
		t.Errorf("NaN is written %q", got)
	}
}

func TestPathData(t *testing.T) {
	for _, c := range []struct {
		want  string
		build func(o *Outline)
	}{
		{"", func(o *Outline) {}},
		{"M0 0l3 4", func(o *Outline) { o.Line(3, 4) }}, // has to begin somewhere
		{"M1 2h3v-4h-1.5z", func(o *Outline) { o.Move(1, 2); o.Line(4, 2); o.Line(4, -2); o.Line(2.5, -2); o.Close() }},
		{"M1 1l1 2 3 4-5-6", func(o *Outline) { o.Move(1, 1); o.Line(2, 3); o.Line(5, 7); o.Line(0, 1) }},
		{"M1 1l1 2zl2 3", func(o *Outline) { o.Move(1, 1); o.Line(2, 3); o.Close(); o.Line(3, 4) }},
		{"M0 0c1 2 3 4 5 6-5-6-5-6-5-6", func(o *Outline) { o.Move(0, 0); o.Curve(1, 2, 3, 4, 5, 6); o.Curve(0, 0, 0, 0, 0, 0) }},
		{"M10 0a10 10 0 0 1 -10 10", func(o *Outline) { o.Arc(0, 0, 10, 0, math.Pi/2) }},
		{"M0 0h10a10 10 0 0 0 -20 0", func(o *Outline) { o.Move(0, 0); o.Arc(0, 0, 10, 0, -math.Pi) }},
		{"M10 0a10 10 0 0 1 -20 0 10 10 0 0 1 20 0z", func(o *Outline) { o.Arc(0, 0, 10, 0, 99); o.Close() }},
	} {
		var o Outline
		c.build(&o)
		if got := string(o.appendSVG(nil)); got != c.want {
			t.Errorf("path data %q, want %q", got, c.want)
		}
	}
}

// A third of a pixel does not add up to a pixel that is lost.
func TestPathDoesNotDrift(t *testing.T) {
	var o Outline
	o.Move(0, 0)
	for i := 1; i <= 3000; i++ {
		o.Line(float64(i)/3, float64(i%2))
	}
	p := pathWriter{}
	v := o.points
	for _, kind := range o.ops {
		p.op(kind, v[:2])
		v = v[2:]
	}
	if p.x != 100_000 {
		t.Errorf("the path ends at %d hundredths of a px, want 100000", p.x)
	}
}
