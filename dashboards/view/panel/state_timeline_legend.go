package panel

import (
	"encoding/json"
	"image/color"
	"maps"
	"slices"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// stateMaxItems bounds a legend: no one reads more.
const stateMaxItems = 50

// legendItems name the states: by the value mappings, by the thresholds, or else
// as they occur.
func (v *stateView) legendItems() []legendItem {
	var items []legendItem
	seen := map[string]bool{}
	add := func(name string, ink color.NRGBA) {
		if name != "" && !seen[name] && len(items) < stateMaxItems {
			seen[name] = true
			items = append(items, legendItem{Name: name, Color: ink})
		}
	}
	for _, r := range v.rows {
		switch {
		case len(r.field.Config.Mappings) > 0:
			for _, m := range mappedStates(r.field.Config.Mappings) {
				add(m.Text, v.in.Theme.Color(m.Color))
			}
		case r.byThreshold():
			for i, step := range r.field.Config.Thresholds.Steps {
				add(thresholdText(r.field, i, v.in), v.in.Theme.Color(step.Color))
			}
		default:
			for i := range min(len(r.times), 1000) {
				if !r.absent(i) {
					s := shownAt(r.show, r.field, i)
					add(s.String(), s.Color)
				}
			}
		}
	}
	return items
}

// mappedState is the result of a value mapping.
type mappedState struct {
	Text  string `json:"text"`
	Color string `json:"color"`
	Index int    `json:"index"`
}

// mappedStates are the results of value mappings that say a text, in the order
// that the dashboard gives them.
func mappedStates(mappings []frame.Mapping) []mappedState {
	var states []mappedState
	for _, m := range mappings {
		if m.Type == "value" {
			var byValue map[string]mappedState
			readLoosely(m.Options, &byValue)
			for _, key := range slices.Sorted(maps.Keys(byValue)) {
				states = append(states, byValue[key].orText(key))
			}
			continue
		}
		var o struct {
			From, To *float64
			Match    json.RawMessage
			Result   mappedState
		}
		readLoosely(m.Options, &o)
		states = append(states, o.Result.orText(rangeText(o.From, o.To)))
	}
	slices.SortStableFunc(states, func(a, b mappedState) int { return a.Index - b.Index })
	return states
}

// orText names a mapping that only sets a colour by what it maps.
func (m mappedState) orText(text string) mappedState {
	if m.Text == "" {
		m.Text = text
	}
	return m
}

func rangeText(from, to *float64) string {
	write := func(v *float64, open string) string {
		if v == nil {
			return open
		}
		return strconv.FormatFloat(*v, 'g', -1, 64)
	}
	if from == nil && to == nil {
		return ""
	}
	return write(from, "-∞") + " – " + write(to, "∞")
}

// thresholdOf is the number of the threshold that a value has reached.
func thresholdOf(f *frame.Field, v float64) int {
	at := 0
	for i, step := range f.Config.Thresholds.Steps {
		if step.Value == nil || v >= thresholdValue(f, *step.Value) {
			at = i
		}
	}
	return at
}

// thresholdValue is a threshold in the field's unit: percentages are of its scale.
func thresholdValue(f *frame.Field, v float64) float64 {
	if f.Config.Thresholds.Mode == "percentage" {
		return f.Low + v/100*(f.High-f.Low)
	}
	return v
}

// thresholdText is the range of a threshold, as "< 80" or "80+".
func thresholdText(f *frame.Field, i int, in Input) string {
	steps := f.Config.Thresholds.Steps
	write := func(v float64) string {
		return value.Format(f.Config.Unit, thresholdValue(f, v), f.Config.Decimals, in.Range.Zone).String()
	}
	switch step := steps[i]; {
	case step.Value != nil:
		return write(*step.Value) + "+"
	case i+1 < len(steps) && steps[i+1].Value != nil:
		return "< " + write(*steps[i+1].Value)
	}
	return ""
}
