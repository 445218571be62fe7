package theme

import (
	"image/color"
	"math"
	"testing"
)

// The colours are those of d3-scale-chromatic 3.1, which Grafana's heatmaps use.
func TestHeatmapSchemes(t *testing.T) {
	for _, c := range []struct {
		name string
		at   float64
		want string
	}{
		{"Oranges", 0, "rgb(255,245,235)"},
		{"Oranges", 0.1, "rgb(254,232,211)"},
		{"Oranges", 0.37, "rgb(253,176,110)"},
		{"Oranges", 0.5, "rgb(251,141,61)"},
		{"Oranges", 0.81, "rgb(192,64,2)"},
		{"Oranges", 1, "rgb(127,39,4)"},
		{"Spectral", 0, "rgb(158,1,66)"},
		{"Spectral", 0.1, "rgb(209,60,75)"},
		{"Spectral", 0.37, "rgb(254,208,127)"},
		{"Spectral", 0.5, "rgb(251,248,176)"},
		{"Spectral", 0.81, "rgb(99,184,170)"},
		{"Spectral", 1, "rgb(94,79,162)"},
		{"YlGnBu", 0, "rgb(255,255,217)"},
		{"YlGnBu", 0.1, "rgb(239,249,189)"},
		{"YlGnBu", 0.37, "rgb(131,207,187)"},
		{"YlGnBu", 0.5, "rgb(69,180,194)"},
		{"YlGnBu", 0.81, "rgb(35,74,158)"},
		{"YlGnBu", 1, "rgb(8,29,88)"},
		{"Turbo", 0, "rgb(35,23,27)"},
		{"Turbo", 0.1, "rgb(74,88,221)"},
		{"Turbo", 0.37, "rgb(61,241,150)"},
		{"Turbo", 0.5, "rgb(149,251,81)"},
		{"Turbo", 0.81, "rgb(241,88,22)"},
		{"Turbo", 1, "rgb(144,12,0)"},
		{"Cubehelix", 0, "rgb(0,0,0)"},
		{"Cubehelix", 0.1, "rgb(26,21,48)"},
		{"Cubehelix", 0.37, "rgb(64,118,50)"},
		{"Cubehelix", 0.5, "rgb(160,121,73)"},
		{"Cubehelix", 0.81, "rgb(193,206,243)"},
		{"Cubehelix", 1, "rgb(255,255,255)"},
		{"Cividis", 0, "rgb(0,32,81)"},
		{"Cividis", 0.1, "rgb(10,50,106)"},
		{"Cividis", 0.37, "rgb(97,99,111)"},
		{"Cividis", 0.5, "rgb(127,124,117)"},
		{"Cividis", 0.81, "rgb(206,188,104)"},
		{"Cividis", 1, "rgb(253,234,69)"},
	} {
		th := light // a light theme turns these and leaves the light-to-dark ones
		at := c.at
		if c.name != "Oranges" && c.name != "YlGnBu" {
			at = 1 - at
		}
		got, ok := th.Scheme(c.name, at)
		want, _ := th.Find(c.want)
		if !ok || distance(got, want) > 5 {
			t.Errorf("%s at %v: %v, want %v", c.name, c.at, got, want)
		}
	}
}

func distance(a, b color.NRGBA) float64 {
	d := func(x, y uint8) float64 { return math.Abs(float64(x) - float64(y)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}

// What is least is near to the background, as seen in Grafana 12.4: Oranges
// start dark on dark and light on light, Spectral is blue first in both.
func TestHeatmapSchemesAreTurned(t *testing.T) {
	for _, c := range []struct {
		theme Theme
		name  string
		want  string
	}{
		{dark, "Oranges", "#7f2704"},
		{light, "Oranges", "#fff5eb"},
		{dark, "Spectral", "#5e4fa2"},
		{light, "Spectral", "#5e4fa2"},
	} {
		got, _ := c.theme.Scheme(c.name, 0)
		check(t, c.name, got, c.want)
	}
}

func TestSchemeTakesAnyPlace(t *testing.T) {
	for name := range ofValues {
		first, _ := dark.Scheme(name, 0)
		last, _ := dark.Scheme(name, 1)
		for at, want := range map[float64]color.NRGBA{-1: first, math.Inf(-1): first, 2: last, math.Inf(1): last} {
			if got, ok := dark.Scheme(name, at); !ok || got != want {
				t.Errorf("%s at %v = %v, want %v", name, at, got, want)
			}
		}
		if got, _ := dark.Scheme(name, math.NaN()); got != first {
			t.Errorf("%s at NaN = %v, want %v", name, got, first)
		}
	}
	for name, hex := range sampled {
		if len(hex) != 33*6 {
			t.Errorf("%s has %d digits", name, len(hex))
		}
	}
	if _, ok := dark.Scheme("continuous-", 0.5); ok {
		t.Error("a scheme that there is not was found")
	}
}
