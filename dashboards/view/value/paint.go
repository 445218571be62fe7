package value

import (
	"hash/fnv"
	"image/color"
	"math"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// paint gives a value its colour; percent is its place on the field's scale. A
// value that is not a number has the colour of the lowest.
type paint func(v, percent float64) color.NRGBA

// paintOf is the paint of a field by its colour mode. One that is not known is
// by thresholds.
func paintOf(f *frame.Field, t theme.Theme) paint {
	c := f.Config.Color
	switch {
	case c.Mode == "fixed":
		return always(t.Color(c.FixedColor))
	case c.Mode == "shades":
		return always(shade(t.Color(c.FixedColor), f.Index))
	case c.Mode == "palette-classic":
		return always(t.Palette(f.Index))
	case c.Mode == "palette-classic-by-name":
		return always(t.Palette(byName(f.Title)))
	case strings.HasPrefix(c.Mode, "continuous-"):
		if _, ok := t.Scheme(c.Mode, 0); ok {
			return func(_, percent float64) color.NRGBA {
				ink, _ := t.Scheme(c.Mode, percent)
				return ink
			}
		}
	}
	return thresholds(f.Config.Thresholds, t)
}

func always(c color.NRGBA) paint { return func(_, _ float64) color.NRGBA { return c } }

// step is a threshold whose colour is known.
type step struct {
	from  float64
	color color.NRGBA
}

// thresholds is the colour of the last step that a value has reached; without
// steps it is grey.
func thresholds(c frame.Thresholds, t theme.Theme) paint {
	steps := make([]step, len(c.Steps))
	for i, s := range c.Steps {
		steps[i] = step{math.Inf(-1), t.Color(s.Color)}
		if s.Value != nil && i > 0 { // the first is for all that is less, too
			steps[i].from = *s.Value
		}
	}
	none := t.Color("")
	return func(v, percent float64) color.NRGBA {
		if c.Mode == "percentage" && !math.IsNaN(v) {
			v = 100 * percent
		}
		if len(steps) == 0 {
			return none
		}
		ink := steps[0].color
		for _, s := range steps[1:] {
			if v >= s.from {
				ink = s.color
			}
		}
		return ink
	}
}

// shade is a colour made darker and lighter in turns, further with each series.
func shade(c color.NRGBA, index int) color.NRGBA {
	const cycle = 7
	n := index % cycle
	if n == 0 {
		return c
	}
	towards := uint8(0)
	if n%2 == 1 {
		towards = 255
	}
	share := 0.15 * float64((n+1)/2)
	mix := func(v uint8) uint8 {
		return uint8(math.Round(float64(v)*(1-share) + float64(towards)*share))
	}
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), c.A}
}

// byName picks a colour that stays with a name, whatever is beside it. It is not
// the one that Grafana picks.
func byName(name string) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32() >> 1)
}
