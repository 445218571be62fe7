// Package value writes numbers as Grafana does: units, decimals, mappings,
// thresholds and colours.
package value

import (
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Format writes a number in a unit, as Grafana's value formats do; decimals nil
// is automatic.
func Format(unit string, v float64, decimals *int, zone *time.Location) frame.Shown {
	return frame.Shown{Text: "?"}
}

// Processor writes the values of a field: unit, decimals, value mappings, the
// text for no value, and the colour by the field's colour mode.
type Processor struct {
	field *frame.Field
	theme theme.Theme
	zone  *time.Location
}

// For makes the processor of a field.
func For(f *frame.Field, t theme.Theme, zone *time.Location) *Processor {
	return &Processor{f, t, zone}
}

// Number writes a number of the field.
func (p *Processor) Number(v float64) frame.Shown {
	return Format(p.field.Config.Unit, v, p.field.Config.Decimals, p.zone)
}

// Text writes a text of the field: mappings apply to it too.
func (p *Processor) Text(s string) frame.Shown { return frame.Shown{Text: s} }
