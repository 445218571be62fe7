// Package axis chooses the range and the ticks of axes as Grafana 12.4 does.
package axis

// Tick is a mark on an axis.
type Tick struct {
	Value float64 // milliseconds since 1970 on a time axis
	Label string
}

// maxTicks bounds the ticks of an axis, however long it is.
const maxTicks = 1000
