package panel

import (
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// gaugeStep is a part of a scale in one colour, 0 to 1.
type gaugeStep struct {
	from, to float64
	color    color.NRGBA
}

// gaugeSteps are the thresholds of a field that lie on the scale from low to
// high, in its order and without gaps.
func gaugeSteps(in Input, f *frame.Field, low, high float64) []gaugeStep {
	percent := f.Config.Thresholds.Mode == "percentage"
	var steps []gaugeStep
	for i, s := range f.Config.Thresholds.Steps {
		at := 0.0
		switch {
		case s.Value == nil || i == 0:
		case percent:
			at = gaugeShare(*s.Value, 0, 100)
		default:
			at = gaugeShare(*s.Value, low, high)
		}
		if n := len(steps); n > 0 {
			at = math.Max(at, steps[n-1].from)
			steps[n-1].to = at
		}
		steps = append(steps, gaugeStep{from: at, to: 1, color: in.Theme.Color(s.Color)})
	}
	return steps
}

// gaugeColors tells the colour of any value on a field's scale.
func gaugeColors(in Input, f *frame.Field) func(float64) color.NRGBA {
	show := value.For(f, in.Theme, in.Range.Zone)
	return func(v float64) color.NRGBA { return reading{Shown: show.Number(v)}.ink(in.Theme) }
}
