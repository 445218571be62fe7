package panel

import (
	"encoding/json"
	"image/color"
	"math"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// stateCustom is what these panels add to a field's configuration.
type stateCustom struct {
	FillOpacity *float64        `json:"fillOpacity"` // per cent; nil is 70
	LineWidth   *float64        `json:"lineWidth"`   // px
	SpanNulls   json.RawMessage `json:"spanNulls"`   // false, true, or up to how many milliseconds
	HideFrom    struct {
		Viz bool `json:"viz"`
	} `json:"hideFrom"`
}

// stateRow is a series of states.
type stateRow struct {
	name   string
	field  *frame.Field
	show   *value.Processor
	times  []int64
	custom stateCustom
	runs   []stateRun
}

// stateRun is a time during which a state lasted.
type stateRun struct {
	from, to float64 // milliseconds since 1970
	text     string
	color    color.NRGBA
}

// stateRows are the fields of all frames that have times.
func stateRows(in Input) []stateRow {
	var rows []stateRow
	for _, f := range in.Frames {
		times, _ := timeAndValue(f)
		if times == nil || f.Exemplars {
			continue
		}
		for _, field := range f.Fields {
			if field == nil || field.Kind == frame.Time {
				continue
			}
			r := stateRow{name: field.Title, field: field, times: times.Times}
			if r.name == "" {
				r.name = field.Name
			}
			readLoosely(field.Config.Custom, &r.custom)
			if !r.custom.HideFrom.Viz {
				r.show = value.For(field, in.Theme, in.Range.Zone)
				rows = append(rows, r)
			}
		}
	}
	return rows
}

func (r stateRow) opacity() float64 {
	if r.custom.FillOpacity == nil {
		return 0.7
	}
	return clampTo(*r.custom.FillOpacity/100, 0, 1)
}

// lineWidth is that of the outline: cells of a status history have one.
func (r stateRow) lineWidth(kind string) float64 {
	switch {
	case r.custom.LineWidth != nil:
		return clampTo(*r.custom.LineWidth, 0, 10)
	case kind == "status-history":
		return 1
	}
	return 0
}

// absent tells that there is no state at a sample.
func (r stateRow) absent(i int) bool {
	if i >= r.field.Len() {
		return true
	}
	if r.field.Kind == frame.String {
		return r.field.Strings[i] == "" && r.show.Text("").String() == ""
	}
	return math.IsNaN(r.field.Float(i))
}

// span is up to how many milliseconds a state lasts over samples without one.
func (r stateRow) span() float64 {
	var on bool
	var ms float64
	switch {
	case json.Unmarshal(r.custom.SpanNulls, &on) == nil && on:
		return math.Inf(1)
	case json.Unmarshal(r.custom.SpanNulls, &ms) == nil:
		return ms
	}
	return 0
}

// findRuns makes runs of samples: a state lasts until the next sample, the last
// one until the end of the range. Equal states that follow each other are one.
func (r *stateRow) findRuns(in Input, merge bool) {
	end := float64(in.Range.To.UnixMilli())
	gap := false
	for i, t := range r.times {
		at := float64(t)
		open := len(r.runs) > 0 && !gap
		if r.absent(i) {
			if open {
				r.runs[len(r.runs)-1].to = at
			}
			gap = true
			continue
		}
		text, ink := r.state(i, in, merge)
		last := len(r.runs) - 1
		if gap && last >= 0 && at-r.runs[last].to <= r.span() {
			open = true
		}
		if open {
			r.runs[last].to = at
		}
		gap = false
		if open && merge && r.runs[last].text == text && r.runs[last].color == ink {
			r.runs[last].to = end
			continue
		}
		r.runs = append(r.runs, stateRun{at, end, text, ink})
	}
}

// state is the text and the colour of a sample. A number whose colour comes from
// thresholds is in the state of its threshold, so that runs can be longer than
// a sample; value mappings name states themselves.
func (r *stateRow) state(i int, in Input, merge bool) (string, color.NRGBA) {
	s := shownAt(r.show, r.field, i)
	if merge && r.byThreshold() {
		return thresholdText(r.field, thresholdOf(r.field, r.field.Float(i)), in), s.Color
	}
	return s.String(), s.Color
}

func (r *stateRow) byThreshold() bool {
	c := r.field.Config
	return r.field.Kind == frame.Number && c.Color.Mode == "thresholds" && len(c.Mappings) == 0 && len(c.Thresholds.Steps) > 1
}
