package theme

import (
	"image/color"
	"strconv"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
)

var dark, light = Theme{}, Theme{Light: true}

// grafana reads the colours of a Grafana 12.4: kind, name, dark, light.
func grafana(t *testing.T) [][]string {
	t.Helper()
	_, rows := drawtest.Measured(t, "colors.csv")
	return rows
}

// check compares with what a row says, in a CSS notation.
func check(t *testing.T, what string, got color.NRGBA, want string) {
	t.Helper()
	c, ok := dark.Find(want)
	if !ok {
		t.Fatalf("%s: cannot read %q", what, want)
	}
	if got != c {
		t.Errorf("%s = %v, want %v (%s)", what, got, c, want)
	}
}

func TestNamesAndPaletteAsGrafana(t *testing.T) {
	seen := 0
	for _, row := range grafana(t) {
		kind, number, _ := strings.Cut(row[0], " ")
		i, _ := strconv.Atoi(number)
		switch kind {
		case "named":
			check(t, "dark "+row[1], dark.Color(row[1]), row[2])
			check(t, "light "+row[1], light.Color(row[1]), row[3])
		case "palette-classic":
			check(t, row[0], dark.Palette(i), row[2])
			check(t, row[0], light.Palette(i), row[3])
			check(t, "repeated "+row[0], light.Palette(i+128), row[3])
		default:
			continue
		}
		seen++
	}
	if seen != 64+37 {
		t.Errorf("compared %d colours", seen)
	}
}

func TestColoursOfTheThemeAsGrafana(t *testing.T) {
	methods := map[string]func(Theme) color.NRGBA{
		"background.canvas":         Theme.Canvas,
		"background.primary":        Theme.Panel,
		"background.secondary":      Theme.Secondary,
		"background.elevated":       Theme.Elevated,
		"border.weak":               Theme.Border,
		"border.medium":             Theme.BorderMedium,
		"border.strong":             Theme.BorderStrong,
		"text.primary":              Theme.Text,
		"text.secondary":            Theme.TextSecondary,
		"text.disabled":             Theme.TextDisabled,
		"text.maxContrast":          Theme.TextStrong,
		"text.link":                 Theme.Link,
		"primary.main":              Theme.Primary,
		"error.main":                Theme.Error,
		"error.text":                Theme.ErrorText,
		"warning.text":              Theme.WarningText,
		"success.text":              Theme.SuccessText,
		"action.hover":              Theme.Hover,
		"canvas grid and tick line": Theme.Grid,
		"canvas axis label":         Theme.AxisText,
	}
	for _, row := range grafana(t) {
		if method := methods[row[1]]; method != nil && (row[0] == "theme" || row[0] == "measured") {
			check(t, "dark "+row[1], method(dark), row[2])
			check(t, "light "+row[1], method(light), row[3])
			delete(methods, row[1])
		}
	}
	for name := range methods {
		t.Errorf("%s is not in testdata", name)
	}
}

// The samples were all taken in a dark theme, those of the light column too.
func TestSchemesAsGrafana(t *testing.T) {
	seen := 0
	for _, row := range grafana(t) {
		kind, rest, _ := strings.Cut(row[0], " ")
		if kind != "scheme-at" {
			continue
		}
		name, place, _ := strings.Cut(rest, " ")
		at, _ := strconv.ParseFloat(place, 64)
		got, ok := dark.Scheme(name, at)
		if !ok {
			t.Errorf("no scheme %q", name)
		}
		check(t, rest, got, row[2])
		seen++
	}
	if seen != 15*5 {
		t.Errorf("compared %d samples", seen)
	}
}

func TestStopsOfSchemesAsGrafana(t *testing.T) {
	for _, row := range grafana(t) {
		kind, rest, _ := strings.Cut(row[0], " ")
		if kind != "scheme" {
			continue
		}
		name, number, _ := strings.Cut(rest, " ")
		i, _ := strconv.Atoi(number)
		for column, th := range []Theme{dark, light} {
			stops := th.SchemeStops(name)
			if i >= len(stops) {
				t.Fatalf("%s has %d stops", name, len(stops))
			}
			check(t, row[0], stops[i], row[2+column])
		}
	}
	if dark.SchemeStops("Oranges") != nil {
		t.Error("a scheme of heatmaps has no stops")
	}
}
