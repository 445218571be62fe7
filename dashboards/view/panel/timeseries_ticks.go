package panel

import (
	"math"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// tsTick is a mark on a value axis; Label may be "".
type tsTick struct {
	at    float64
	label string
}

// mark chooses the ticks and writes their labels.
func (c *tsScale) mark(zone *time.Location) {
	c.ticks = nil
	var values []float64
	decimals := 0
	if c.base() > 0 {
		values = axis.Log(c.lo, c.hi, c.height, c.base())
	} else {
		values, decimals = axis.Values(c.lo, c.hi, c.height, c.unit())
	}
	for _, v := range values {
		c.ticks = append(c.ticks, tsTick{v, value.Tick(c.unit(), v, c.field.Config.Decimals, decimals, zone)})
	}
}

// gridValues are where lines cross the plot: at the ticks, and on a logarithmic
// scale at the whole multiples of each power too, which show that it is one.
func (c *tsScale) gridValues() []float64 {
	base := c.base()
	decades := 0.0
	if base > 0 {
		decades = math.Log(c.hi/c.lo) / math.Log(base)
	}
	if base == 0 || base > 10 || decades*(base-1) > c.height/3 {
		values := make([]float64, len(c.ticks))
		for i, t := range c.ticks {
			values[i] = t.at
		}
		return values
	}
	var values []float64
	for power := math.Pow(base, math.Floor(math.Log(c.lo)/math.Log(base)+1e-9)); power <= c.hi*(1+1e-9); power *= base {
		for m := 1.0; m < base && m*power <= c.hi*(1+1e-9); m++ {
			if m*power >= c.lo*(1-1e-9) {
				values = append(values, m*power)
			}
		}
	}
	return values
}
