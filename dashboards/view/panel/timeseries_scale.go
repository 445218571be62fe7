package panel

import (
	"fmt"
	"math"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// tsScale is a value axis and the series that it measures.
type tsScale struct {
	field  *frame.Field // the first, which says unit, limits and label
	style  tsStyle
	series []*tsSeries
	// right is the side, hidden leaves the axis out but keeps the scale.
	right, hidden bool
	lo, hi        float64
	height        float64 // of the plot, px
	ticks         []tsTick
	size          float64 // across, px
}

// tsScales gives each series a scale: those of one unit, one kind and the same
// limits share it. The first stands at the left, others at the right unless their
// place is set.
func tsScales(all []*tsSeries) []*tsScale {
	scales := map[string]*tsScale{}
	var order []*tsScale
	left := false
	for _, s := range all {
		key := tsScaleKey(s)
		if scales[key] == nil {
			c := &tsScale{field: s.field, style: s.style, hidden: s.style.AxisPlacement == "hidden"}
			switch s.style.AxisPlacement {
			case "left":
			case "right":
				c.right = true
			default:
				c.right = left
			}
			left = left || !c.right && !c.hidden
			scales[key] = c
			order = append(order, c)
		}
		s.scale = scales[key]
		s.scale.series = append(s.scale.series, s)
	}
	return order
}

func tsScaleKey(s *tsSeries) string {
	c, st := s.field.Config, s.style
	placement := st.AxisPlacement
	if placement == "" {
		placement = "auto"
	}
	return fmt.Sprintf("%q %s %s %g %s %s %s %s %t %q", c.Unit, placement, st.ScaleDistribution.Type, st.ScaleDistribution.Log,
		tsShow(c.Min), tsShow(c.Max), tsShow(st.AxisSoftMin), tsShow(st.AxisSoftMax), st.AxisCenteredZero, st.AxisLabel)
}

func tsShow(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprint(*v)
}

// unit is what the axis counts: parts of a whole for series stacked to 100 %.
func (c *tsScale) unit() string {
	if c.style.Stacking.Mode == "percent" {
		return "percentunit"
	}
	return c.field.Config.Unit
}

// base is the base of a logarithmic scale, 0 for a linear one.
func (c *tsScale) base() float64 {
	if c.style.ScaleDistribution.Type != "log" {
		return 0
	}
	if b := c.style.ScaleDistribution.Log; b >= 2 && b <= 1000 {
		return b
	}
	return 2
}

// fit chooses the ends of the scale for its data, and the ticks for its height.
func (c *tsScale) fit(height float64, zone *time.Location) {
	c.height = height
	lo, hi, ok := c.extent()
	if !ok {
		lo, hi = 0, 100
	}
	switch {
	case c.base() > 0:
		if !ok {
			lo, hi = 1, c.base()
		}
		c.lo, c.hi = axis.LogRange(lo, hi, c.base(), c.limits())
	case c.style.Stacking.Mode == "percent":
		c.fitShares(lo, hi)
	default:
		c.lo, c.hi = axis.Range(lo, hi, c.limits())
	}
	// A scale without any length would put all values into the infinite.
	if !(c.hi > c.lo) || math.IsInf(c.hi-c.lo, 0) || c.base() > 0 && c.lo <= 0 {
		c.lo, c.hi = 1, 2
	}
	c.mark(zone)
}

func (c *tsScale) limits() axis.Limits {
	f := c.field.Config
	return axis.Limits{Min: f.Min, Max: f.Max, SoftMin: c.style.AxisSoftMin, SoftMax: c.style.AxisSoftMax, Centered: c.style.AxisCenteredZero}
}

// fitShares is the scale of series stacked to 100 %.
func (c *tsScale) fitShares(lo, hi float64) {
	c.lo, c.hi = 0, 1
	if lo < 0 {
		c.lo = -1
		if hi <= 0 {
			c.hi = 0
		}
	}
}

// extent is what the data of the scale span; bars stand on zero, which is part of
// them.
func (c *tsScale) extent() (lo, hi float64, ok bool) {
	for _, s := range c.series {
		if s.hidden() {
			continue
		}
		l, h, any := tsScaleExtent(s, c.base() > 0)
		if !any {
			continue
		}
		if s.style.DrawStyle == "bars" && c.base() == 0 {
			l, h = math.Min(l, 0), math.Max(h, 0)
		}
		if !ok {
			lo, hi, ok = l, h, true
		}
		lo, hi = math.Min(lo, l), math.Max(hi, h)
	}
	return lo, hi, ok
}

// tsScaleExtent is what one series spans; a logarithmic scale has no place for
// zero and less.
func tsScaleExtent(s *tsSeries, positive bool) (lo, hi float64, ok bool) {
	if !positive {
		return tsExtent(s.drawn)
	}
	above := make([]float64, 0, len(s.drawn))
	for _, v := range s.drawn {
		if v > 0 {
			above = append(above, v)
		}
	}
	return tsExtent(above)
}

// y is where a value lies, px from the top of the plot, bounded so that no value
// can make a picture overflow.
func (c *tsScale) y(v float64) float64 {
	lo, hi := c.lo, c.hi
	if c.base() > 0 {
		if v <= 0 {
			return 2 * c.height
		}
		v, lo, hi = math.Log(v), math.Log(lo), math.Log(hi)
	}
	far := 10 * c.height
	return min(max((hi-v)/(hi-lo)*c.height, -far), far)
}

// at is the value that lies y px from the top of the plot.
func (c *tsScale) at(y float64) float64 {
	share := y / c.height
	if c.base() > 0 {
		return c.hi * math.Pow(c.lo/c.hi, share)
	}
	return c.hi - share*(c.hi-c.lo)
}

// zero is where fills start from: the zero, or the end of the scale that is next
// to it.
func (c *tsScale) zero() float64 {
	if c.base() > 0 {
		return c.height
	}
	return c.y(min(max(0, c.lo), c.hi))
}
