package value

import (
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// Format writes a number in a unit, as Grafana's value formats do; decimals nil
// is automatic, a zone of nil is UTC. A unit that is not known follows the
// number. [frame.Null] is written as nothing, NaN without a unit.
func Format(unit string, v float64, decimals *int, zone *time.Location) frame.Shown {
	return write(formatOf(unit), v, decimalsOf(decimals), zone)
}

// Tick is the label of a value axis at v: decimals is what the field sets, step
// the decimals that axis.Values returned, which count where the field sets none.
func Tick(unit string, v float64, decimals *int, step int, zone *time.Location) string {
	return tick(formatOf(unit), v, decimals, step, zone)
}

// tick writes as many decimals as tell the ticks apart and drops those that are
// zero, since the format may have gone over to a smaller unit: 0.15 s are 150 ms,
// not 150.00 ms. Money keeps them.
func tick(f format, v float64, decimals *int, step int, zone *time.Location) string {
	if decimals != nil || step <= 0 {
		return write(f, v, decimalsOf(decimals), zone).String()
	}
	shown := write(f, v, min(step, maxDecimals), zone)
	if shown.Prefix == "" && strings.IndexByte(shown.Text, '.') >= 0 && strings.IndexByte(shown.Text, 'e') < 0 {
		shown.Text = strings.TrimRight(strings.TrimRight(shown.Text, "0"), ".")
	}
	return shown.String()
}

// format writes any number but NaN.
type format interface {
	write(v float64, decimals int, zone *time.Location) frame.Shown
}

func write(f format, v float64, decimals int, zone *time.Location) frame.Shown {
	switch {
	case frame.IsNull(v):
		return frame.Shown{}
	case math.IsNaN(v):
		return frame.Shown{Text: "NaN"}
	case zone == nil:
		zone = time.UTC
	}
	return f.write(v, decimals, zone)
}

// affixed has a text before and after the number.
type affixed struct {
	prefix, suffix string
	factor         float64 // 0 is 1
}

func (f affixed) write(v float64, decimals int, _ *time.Location) frame.Shown {
	if f.factor != 0 {
		v *= f.factor
	}
	return frame.Shown{Prefix: f.prefix, Text: fixed(v, decimals), Suffix: f.suffix}
}

// scaled goes over to a larger or smaller unit by powers of 1000, or of 1024 if
// it is binary. signs[one] stands for the unit itself.
type scaled struct {
	prefix, gap string
	signs       []string
	one         int
	unit        string
	binary      bool
}

func (f scaled) write(v float64, decimals int, _ *time.Location) frame.Shown {
	shown := frame.Shown{Prefix: f.prefix}
	if f.prefix != "" && v < 0 { // money: -$5, not $-5
		shown.Prefix, v = "-"+f.prefix, -v
	}
	if math.IsInf(v, 0) {
		shown.Text = infinite(v)
		if f.gap == "" { // no sign would fit, but what is counted can be said
			shown.Suffix = f.unit
		}
		return shown
	}
	i := f.sign(math.Abs(v))
	shown.Text = fixed(v/f.power(i), decimals)
	shown.Suffix = f.gap + f.signs[i] + f.unit
	return shown
}

// sign picks the largest unit that a number has one of.
func (f scaled) sign(a float64) int {
	i := f.one
	for a >= f.power(i+1) && i < len(f.signs)-1 {
		i++
	}
	for a < f.power(i) && i > 0 && a != 0 {
		i--
	}
	return i
}

func (f scaled) power(i int) float64 {
	if f.binary {
		return math.Ldexp(1, 10*(i-f.one))
	}
	return math.Pow10(3 * (i - f.one))
}

// truth has two words for numbers that are true or false.
type truth struct{ yes, no string }

func (f truth) write(v float64, _ int, _ *time.Location) frame.Shown {
	if v == 0 {
		return frame.Shown{Text: f.no}
	}
	return frame.Shown{Text: f.yes}
}

// digits is a format that writes the number in another notation.
type digits func(v float64, decimals int) string

func (f digits) write(v float64, decimals int, _ *time.Location) frame.Shown {
	return frame.Shown{Text: f(v, decimals)}
}

// maxUnit bounds the length of a unit, which a table repeats in every row.
const maxUnit = 100

// formatOf finds the format of a unit.
func formatOf(unit string) format {
	if len(unit) > maxUnit {
		end := maxUnit
		for end > maxUnit-utf8.UTFMax && !utf8.RuneStart(unit[end]) { // it may be no UTF-8
			end--
		}
		unit = unit[:end]
	}
	if f, ok := formats[unit]; ok {
		return f
	}
	kind, rest, ok := strings.Cut(unit, ":")
	if custom := customs[kind]; ok && custom != nil {
		return custom(rest)
	}
	return affixed{suffix: " " + unit}
}

// customs make formats of what follows a prefix and a colon.
var customs = map[string]func(string) format{
	"prefix":   func(s string) format { return affixed{prefix: s} },
	"suffix":   func(s string) format { return affixed{suffix: " " + s} },
	"time":     func(s string) format { return date(s) },
	"count":    func(s string) format { return counted(s) },
	"currency": func(s string) format { return money(s) },
	"si":       siPrefixed,
	"bool": func(s string) format {
		yes, no, _ := strings.Cut(s, "/")
		return truth{yes, no}
	},
}
