package axis

import (
	"math"
	"time"
)

// Lengths in milliseconds.
const (
	second = 1000.
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
	month  = 30 * day
	year   = 365 * day
)

// ladder are the steps between ticks, as multiples of a unit. There are no 2
// minutes and no 6 days, as in Grafana.
var ladder = []struct {
	unit  float64
	steps []int64
}{
	{1, []int64{1, 2, 5, 10, 20, 50, 100, 200, 500}},
	{second, []int64{1, 5, 10, 15, 30}},
	{minute, []int64{1, 5, 10, 15, 30}},
	{hour, []int64{1, 2, 3, 4, 6, 8, 12}},
	{day, []int64{1, 2, 3, 5, 7, 10, 15}},
	{month, []int64{1, 2, 3, 4, 6}},
	{year, []int64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000}},
}

// Times are the ticks of a time axis of width px, whose labels are measured by
// textWidth in px. A zone of nil is UTC.
func Times(from, to time.Time, zone *time.Location, width float64, textWidth func(string) float64) []Tick {
	if zone == nil {
		zone = time.UTC
	}
	start, end := float64(from.UnixMilli()), float64(to.UnixMilli())
	span := end - start
	if !(span > 0) || span > 1e5*year || !(width > 0) || math.IsInf(width, 0) {
		return nil
	}
	// Which label is measured depends on the step, and the step on the label; a
	// step of about 40 px decides. It is the last label of the axis, as a graph
	// 617 px wide shows, which has a tick every five minutes of the hour to 01:00.
	const usual = 40
	sample := to.In(zone).Format(layout(span*usual/width, span))
	space := max(textWidth(sample), 0) + 18
	if !(space < width) { // also for what is not a number
		space = width
	}
	unit, n := stepFor(max(space*span/width, span/maxTicks))
	format := layout(unit*float64(n), span)
	var ticks []Tick
	for t := range instants(from.In(zone), unit, n) {
		ms := float64(t.UnixMilli())
		if ms > end || len(ticks) == maxTicks {
			break
		}
		if ms >= start {
			ticks = append(ticks, Tick{ms, t.Format(format)})
		}
	}
	return ticks
}

// stepFor is the smallest step that is not below a number of milliseconds.
func stepFor(smallest float64) (unit float64, n int64) {
	for _, part := range ladder {
		for _, n = range part.steps {
			if unit = part.unit; unit*float64(n) >= smallest {
				return unit, n
			}
		}
	}
	return unit, n
}

// layout is how a time is written on an axis of some span, milliseconds, at some
// step.
func layout(step, span float64) string {
	switch {
	case step < second:
		return "15:04:05.000"
	case step < minute:
		return "15:04:05"
	case span <= day:
		return "15:04"
	case step <= day:
		return "01/02 15:04"
	case span < year:
		return "01/02"
	case step < year:
		return "2006-01"
	}
	return "2006"
}
