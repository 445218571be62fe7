package theme

import (
	"image/color"
	"testing"
)

func TestColorNotations(t *testing.T) {
	for name, want := range map[string]color.NRGBA{
		"#fa0":                        {255, 170, 0, 255},
		"#fa08":                       {255, 170, 0, 136},
		"#FFAA00":                     {255, 170, 0, 255},
		"#ffaa0080":                   {255, 170, 0, 128},
		"rgb(1,2,3)":                  {1, 2, 3, 255},
		"rgba(50, 172, 45, 0.97)":     {50, 172, 45, 247},
		"RGBA(255, 0, 0, .5)":         {255, 0, 0, 128},
		"rgb(300, -2, 0)":             {255, 0, 0, 255},
		"rgb(100% 0% 0% / 50%)":       {255, 0, 0, 128},
		" tomato ":                    {255, 99, 71, 255},
		"super-light-green":           {200, 242, 194, 255},
		"":                            dark.TextSecondary(),
		"#":                           dark.TextSecondary(),
		"#12":                         dark.TextSecondary(),
		"#+ff":                        dark.TextSecondary(),
		"#12345":                      dark.TextSecondary(),
		"rgb(1,2)":                    dark.TextSecondary(),
		"rgb(nan,1,2)":                dark.TextSecondary(),
		"rgb(":                        dark.TextSecondary(),
		"bright-red":                  dark.TextSecondary(),
		"url(javascript:alert(1))":    dark.TextSecondary(),
		"continuous-GrYlRd":           dark.TextSecondary(),
		"red\"/><script>":             dark.TextSecondary(),
		"\x00":                        dark.TextSecondary(),
		"-":                           dark.TextSecondary(),
		"rgba(0,0,0,0)":               {},
		"rgba(204, 204, 220, 0.65)":   dark.TextSecondary(),
		"rgb(204.4, 203.6, 220, 1e9)": {204, 204, 220, 255},
	} {
		if got := dark.Color(name); got != want {
			t.Errorf("Color(%q) = %v, want %v", name, got, want)
		}
	}
}

func FuzzColor(f *testing.F) {
	for _, s := range []string{"red", "#fff", "rgb(1,2,3)", "rgba(1 2 3 / 4%)", "dark-", "transparent"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := light.Find(s)
		if !ok && light.Color(s) != light.TextSecondary() || ok && light.Color(s) != c {
			t.Errorf("Find and Color disagree on %q", s)
		}
	})
}

// The pairs were seen in Grafana 12.4: bars of state timelines at 70 % opacity,
// and the colours behind stats and cells.
func TestContrastAsGrafana(t *testing.T) {
	white, black, pale := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0, 0, 0, 255}, color.NRGBA{247, 248, 250, 255}
	for _, c := range []struct {
		theme Theme
		name  string
		bar   color.NRGBA
	}{
		{dark, "green", white}, {dark, "orange", white}, {dark, "red", white},
		{light, "green", black}, {light, "orange", black}, {light, "red", white},
	} {
		bar := c.theme.Color(c.name)
		if got := c.theme.TextOn(bar); got != pale {
			t.Errorf("TextOn(%s) = %v", c.name, got)
		}
		bar.A = 179
		if got := c.theme.Contrast(bar); got != c.bar {
			t.Errorf("light %v: Contrast(%s) = %v, want %v", c.theme.Light, c.name, got, c.bar)
		}
	}
	if got := light.TextOn(color.NRGBA{}); got.R > 128 {
		t.Errorf("text on a clear background of a light panel is %v", got)
	}
}

func TestAlpha(t *testing.T) {
	c := color.NRGBA{1, 2, 3, 200}
	for opacity, want := range map[float64]uint8{0: 0, .5: 100, 1: 200, 7: 200, -1: 0} {
		if got := Alpha(c, opacity).A; got != want {
			t.Errorf("Alpha(%v) = %d, want %d", opacity, got, want)
		}
	}
}
