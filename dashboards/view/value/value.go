// Package value writes numbers as Grafana 12.4 does: units, decimals, mappings,
// thresholds and colours.
package value

import (
	"image/color"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// Processor writes the values of a field: unit, decimals, value mappings, the
// text for no value, and the colour by the field's colour mode. It may be used
// by several goroutines.
type Processor struct {
	field    *frame.Field
	format   format
	decimals int
	zone     *time.Location
	mappings []mapping
	paint    paint
}

// For makes the processor of a field. A zone of nil is UTC.
func For(f *frame.Field, t theme.Theme, zone *time.Location) *Processor {
	return &Processor{
		field: f, format: formatOf(unitOf(f)), decimals: decimalsOf(f.Config.Decimals), zone: zone,
		mappings: mappingsOf(f.Config.Mappings, t),
		paint:    paintOf(f, t),
	}
}

// unitOf is the unit of a field. Times are dates even where the panel gives all
// its fields a unit that is meant for the numbers.
func unitOf(f *frame.Field) string {
	unit := f.Config.Unit
	if f.Kind == frame.Time && !strings.HasPrefix(unit, "dateTime") && !strings.HasPrefix(unit, "time:") {
		return "dateTimeAsSystem"
	}
	return unit
}

// Number writes a number of the field; one of a field of booleans is true unless
// it is 0.
func (p *Processor) Number(v float64) frame.Shown {
	m := p.mapped(v)
	if m != nil && m.text != "" {
		return p.finish(frame.Shown{Text: m.text}, v, m)
	}
	return p.finish(p.unmapped(v), v, m)
}

func (p *Processor) unmapped(v float64) frame.Shown {
	switch {
	case frame.IsNull(v):
		return frame.Shown{Text: p.field.Config.NoValue}
	case p.field.Kind == frame.Bool:
		return frame.Shown{Text: strconv.FormatBool(v != 0)}
	}
	return write(p.format, v, p.decimals, p.zone)
}

// Text writes a text of the field. Mappings apply to it too, and if the field has
// a unit, a text that is a number is written as one.
func (p *Processor) Text(s string) frame.Shown {
	v, isNumber := p.parse(s)
	m := p.mappedText(s, v)
	switch {
	case m != nil && m.text != "":
		return p.finish(frame.Shown{Text: m.replace(s)}, v, m)
	case isNumber:
		return p.finish(write(p.format, v, p.decimals, p.zone), v, m)
	case s == "":
		s = p.field.Config.NoValue
	}
	return p.finish(frame.Shown{Text: s}, v, m)
}

// finish adds the place on the scale and the colour, which is that of the mapping
// if it has one.
func (p *Processor) finish(shown frame.Shown, v float64, m *mapping) frame.Shown {
	shown.Percent = p.percent(v)
	if m != nil && m.color != nil {
		shown.Color = *m.color
	} else {
		shown.Color = p.paint(v, shown.Percent)
	}
	return shown
}

// parse reads a text as a number, [frame.Null] if it is none or has to stay as
// it is: a version "1.10" has no unit, and a date is no number.
func (p *Processor) parse(s string) (float64, bool) {
	_, isDate := p.format.(date)
	if p.field.Config.Unit == "" || isDate {
		return frame.Null, false
	}
	return number(s)
}

// number reads what JavaScript takes for a decimal number.
func number(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s, "_xXpPnNiI") { // what only Go takes for one
		return frame.Null, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return frame.Null, false
	}
	return v, true
}

// percent is where a value lies between the ends of the field's scale.
func (p *Processor) percent(v float64) float64 {
	lo, hi := p.field.Low, p.field.High
	if p.field.Kind == frame.Bool {
		lo, hi = 0, 1
	}
	share := (v - lo) / (hi - lo)
	switch {
	case math.IsNaN(share), share < 0:
		return 0
	case share > 1:
		return 1
	}
	return share
}

// Tick is the label of a value axis of the field at v, with step the decimals
// that axis.Values returned; mappings apply to it too.
func (p *Processor) Tick(v float64, step int) string {
	if m := p.mapped(v); m != nil && m.text != "" {
		return m.text
	}
	return tick(p.format, v, p.field.Config.Decimals, step, p.zone)
}

// Color is the colour of the field as a whole: of a line, a bar or a name in a
// legend. Where the colour mode goes by value, it is that of the field's last,
// smallest or greatest value, as its configuration says.
func (p *Processor) Color() color.NRGBA {
	calculation := p.field.Config.Color.SeriesBy
	if calculation != "min" && calculation != "max" {
		calculation = "lastNotNull"
	}
	v, ok := frame.Reduce(p.field, calculation)
	if !ok {
		v = frame.Null
	}
	return p.paint(v, p.percent(v))
}
