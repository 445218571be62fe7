// Package frame has tables of data with the configuration of how to show them,
// after Grafana's data frames.
package frame

import (
	"encoding/json"
	"image/color"
	"math"
	"strconv"
)

// Frame is a table: columns of one length.
type Frame struct {
	// RefID is the query it came from, Name what the source calls it.
	RefID, Name string
	Fields      []*Field
	// Instant tells that an instant query was asked, Heatmap that the query asked
	// for the format "heatmap"; Expr is the query with its variables filled in.
	Instant, Heatmap bool
	Expr             string
	// Exemplars tells that the rows are exemplars and not samples.
	Exemplars bool
}

// Field is a column of a frame.
type Field struct {
	Name   string
	Kind   Kind
	Labels map[string]string
	// One of these has the values, by Kind: milliseconds since 1970 for Time,
	// Numbers also for Bool (0 and 1). An absent number is [Null].
	Times   []int64
	Numbers []float64
	Strings []string

	// What follows is set by [Apply].

	// Config is how to show the field: the panel's defaults and its overrides.
	Config Config
	// Title is what the field is called on the panel: its displayName, or the
	// query's legend, or name and labels as Grafana puts them together.
	Title string
	// Index is the number of the field among all that are shown, which picks its
	// colour in the palette.
	Index int
	// Low and High are the ends of the field's scale, for gauges and for colours by
	// value: its minimum and maximum if they are set, else those of the data, of all
	// numbers on the panel unless the field wants its own. 0 and 100 without data.
	Low, High float64
}

// Kind is the type of a field's values.
type Kind uint8

// The kinds of values.
const (
	Time Kind = iota
	Number
	String
	Bool
)

// Null is a number that is not there. It is a NaN of its own, so that it differs
// from a NaN that was measured; ask with [IsNull].
var Null = math.Float64frombits(0x7ff8_0000_6e75_6c6c)

// IsNull tells whether a number is [Null].
func IsNull(v float64) bool { return math.Float64bits(v) == math.Float64bits(Null) }

// Len is the number of values.
func (f *Field) Len() int {
	switch f.Kind {
	case Time:
		return len(f.Times)
	case String:
		return len(f.Strings)
	}
	return len(f.Numbers)
}

// Float is a value as a number: a time in milliseconds since 1970, [Null] for a text.
func (f *Field) Float(i int) float64 {
	switch f.Kind {
	case Time:
		return float64(f.Times[i])
	case String:
		return Null
	}
	return f.Numbers[i]
}

// Len is the number of rows.
func (f Frame) Len() int {
	n := 0
	for _, field := range f.Fields {
		n = max(n, field.Len())
	}
	return n
}

// Config is Grafana's FieldConfig. Custom holds what one panel type adds to it.
type Config struct {
	DisplayName       string          `json:"displayName"`
	DisplayNameFromDS string          `json:"displayNameFromDS"`
	Description       string          `json:"description"`
	Unit              string          `json:"unit"`
	Decimals          *int            `json:"decimals"`
	Min               *float64        `json:"min"`
	Max               *float64        `json:"max"`
	FieldMinMax       bool            `json:"fieldMinMax"`
	NoValue           string          `json:"noValue"`
	Mappings          []Mapping       `json:"mappings"`
	Thresholds        Thresholds      `json:"thresholds"`
	Color             Color           `json:"color"`
	Links             []Link          `json:"links"`
	Custom            json.RawMessage `json:"custom"`
}

// Color is how a field gets its colour: Mode is "palette-classic", "thresholds",
// "fixed", "shades", "continuous-GrYlRd" and so on.
type Color struct {
	Mode       string `json:"mode"`
	FixedColor string `json:"fixedColor"`
	SeriesBy   string `json:"seriesBy"` // "last", "min" or "max"
}

// Thresholds are steps in ascending order; Mode is "absolute" or "percentage".
type Thresholds struct {
	Mode  string `json:"mode"`
	Steps []Step `json:"steps"`
}

// Step is a threshold; a Value of nil is minus infinity.
type Step struct {
	Value *float64 `json:"value"`
	Color string   `json:"color"`
}

// UnmarshalJSON reads a step, whose value may be written as a text.
func (s *Step) UnmarshalJSON(raw []byte) error {
	var from struct {
		Value any
		Color string
	}
	readLoosely(raw, &from)
	s.Color = from.Color
	switch v := from.Value.(type) {
	case float64:
		s.Value = &v
	case string:
		if n, err := strconv.ParseFloat(v, 64); err == nil {
			s.Value = &n
		}
	}
	return nil
}

// Mapping replaces values by texts; Options depend on Type: "value", "range",
// "regex" or "special".
type Mapping struct {
	Type    string          `json:"type"`
	Options json.RawMessage `json:"options"`
}

// Link is a data link; its URL may hold variables such as ${__value.text}.
type Link struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	TargetBlank bool   `json:"targetBlank"`
}

// Shown is a value as a person reads it.
type Shown struct {
	Prefix, Text, Suffix string
	Color                color.NRGBA
	// Percent is where the value lies between the field's minimum and maximum, 0 to 1.
	Percent float64
}

// String is the text with its unit.
func (s Shown) String() string { return s.Prefix + s.Text + s.Suffix }
