// Package value writes numbers as Grafana does: units, decimals, mappings,
// thresholds and colours.
package value

import (
	"image/color"
	"strconv"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Format writes a number in a unit, as Grafana's value formats do; decimals nil
// is automatic.
func Format(unit string, v float64, decimals *int, zone *time.Location) frame.Shown {
	return frame.Shown{Text: strconv.FormatFloat(v, 'g', 3, 64)}
}

// Tick is the label of a value axis at v: decimals is what the field sets, step
// the decimals that axis.Values returned, which count where the field sets none.
func Tick(unit string, v float64, decimals *int, step int, zone *time.Location) string {
	return Format(unit, v, decimals, zone).String()
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

// Tick is the label of a value axis of the field at v, with step the decimals
// that axis.Values returned; mappings apply to it too.
func (p *Processor) Tick(v float64, step int) string {
	return Tick(p.field.Config.Unit, v, p.field.Config.Decimals, step, p.zone)
}

// Color is the colour of the field as a whole: of a line, a bar or a name in a
// legend. Where a colour mode goes by value, it is that of the field's last
// value, or of what the field's configuration chooses.
func (p *Processor) Color() color.NRGBA { return p.theme.Palette(p.field.Index) }
