// Package axis chooses the range and the ticks of axes as Grafana does.
package axis

import "time"

// Tick is a mark on an axis.
type Tick struct {
	Value float64 // milliseconds since 1970 on a time axis
	Label string
}

// Times are the ticks of a time axis of width px, whose labels are measured by
// textWidth in px.
func Times(from, to time.Time, zone *time.Location, width float64, textWidth func(string) float64) []Tick {
	return nil
}

// Limits are what bounds a value axis: nil is not set.
type Limits struct {
	Min, Max, SoftMin, SoftMax *float64
	// Centered puts zero into the middle.
	Centered bool
}

// Range is the span of a value axis for data from lo to hi; without data (lo is
// greater than hi, or not a number) it is 0 to 100.
func Range(lo, hi float64, l Limits) (float64, float64) { return lo, hi }

// LogRange is [Range] for a logarithmic axis: whole powers of the base. lo is
// the smallest positive value.
func LogRange(lo, hi, base float64, l Limits) (float64, float64) { return lo, hi }

// Values are the ticks of a linear value axis of height px from lo to hi, by the
// ladder of steps of the unit. Decimals are those of the step, for value.Tick
// to write the labels.
func Values(lo, hi, height float64, unit string) (ticks []float64, decimals int) { return nil, 0 }

// Log are the ticks of a logarithmic axis of height px to a base.
func Log(lo, hi, height, base float64) []float64 { return nil }
