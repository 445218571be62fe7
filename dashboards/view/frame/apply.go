package frame

import "github.com/ginsight/ginsight/dashboards/view/model"

// Apply runs a panel's transformations, and sets what [Field] says of it: config
// with overrides, title and index. The frames given are not changed.
func Apply(p model.Panel, frames []Frame) ([]Frame, error) { return frames, nil }

// Reduce makes one number of a field by a calculation of Grafana's, such as
// "lastNotNull", "mean" or "max"; ok is false if the calculation is not known.
func Reduce(f *Field, calculation string) (v float64, ok bool) { return Null, true }
