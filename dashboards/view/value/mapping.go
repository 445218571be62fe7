package value

import (
	"encoding/json"
	"image/color"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// mapping replaces the values that it matches by a text, which may be "" to
// change the colour only.
type mapping struct {
	text  string
	color *color.NRGBA // nil leaves it to the colour mode
	// What follows says what is matched: one text, a range of numbers, an
	// expression or one of Grafana's special values. An exact text that is a number
	// has a range of that number too.
	exact    *string
	from, to float64 // NaN matches nothing
	pattern  *regexp.Regexp
	special  string
}

// result is what a mapping changes a value into.
type result struct {
	Text  string `json:"text"`
	Color string `json:"color"`
}

func (r result) mapping(t theme.Theme) mapping {
	m := mapping{text: r.Text, from: math.NaN(), to: math.NaN()}
	if r.Color != "" {
		ink := t.Color(r.Color)
		m.color = &ink
	}
	return m
}

// options are those of all types of mappings but "value".
type options struct {
	From    *float64 `json:"from"`
	To      *float64 `json:"to"`
	Pattern string   `json:"pattern"`
	Match   string   `json:"match"`
	Result  result   `json:"result"`
}

// mappingsOf reads the mappings of a field in their order; what is not
// understood is left out.
func mappingsOf(list []frame.Mapping, t theme.Theme) []mapping {
	var out []mapping
	for _, m := range list {
		if m.Type == "value" {
			out = append(out, exactly(m.Options, t)...)
			continue
		}
		var o options
		if json.Unmarshal(m.Options, &o) != nil {
			continue
		}
		if one, ok := o.mapping(m.Type, t); ok {
			out = append(out, one)
		}
	}
	return out
}

// exactly reads a mapping of single values.
func exactly(raw json.RawMessage, t theme.Theme) []mapping {
	var values map[string]result
	if json.Unmarshal(raw, &values) != nil {
		return nil
	}
	var out []mapping
	for _, value := range slices.Sorted(maps.Keys(values)) {
		m := values[value].mapping(t)
		m.exact = &value
		if v, ok := number(value); ok {
			m.from, m.to = v, v
		}
		out = append(out, m)
	}
	return out
}

func (o options) mapping(kind string, t theme.Theme) (mapping, bool) {
	m := o.Result.mapping(t)
	switch kind {
	case "range":
		m.from, m.to = math.Inf(-1), math.Inf(1)
		if o.From != nil {
			m.from = *o.From
		}
		if o.To != nil {
			m.to = *o.To
		}
	case "regex":
		pattern, err := compile(o.Pattern)
		if err != nil {
			return m, false // lookarounds, which Go's expressions do not have
		}
		m.pattern = pattern
		m.text = goTemplate(m.text)
	case "special":
		m.special = o.Match
	default:
		return m, false
	}
	return m, true
}

// compile reads an expression as JavaScript writes it, /.../ with flags or bare.
func compile(pattern string) (*regexp.Regexp, error) {
	if strings.HasPrefix(pattern, "/") {
		if end := strings.LastIndexByte(pattern, '/'); end > 0 {
			flags := strings.Map(func(r rune) rune {
				if strings.ContainsRune("ims", r) {
					return r
				}
				return -1 // what changes nothing here, such as g and u
			}, pattern[end+1:])
			pattern = pattern[1:end]
			if flags != "" {
				pattern = "(?" + flags + ")" + pattern
			}
		}
	}
	return regexp.Compile(pattern)
}

var group = regexp.MustCompile(`\$(\d+)`)

// goTemplate writes $1 as ${1}, since Go reads $1st as a group of that name.
func goTemplate(s string) string { return group.ReplaceAllString(s, "$${$1}") }

// mapped is the first mapping that applies to a number, nil if none does.
func (p *Processor) mapped(v float64) *mapping {
	for i := range p.mappings {
		if m := &p.mappings[i]; m.number(v, p.field.Kind == frame.Bool) {
			return m
		}
	}
	return nil
}

// mappedText is mapped for a text, which is also v if it is a number.
func (p *Processor) mappedText(s string, v float64) *mapping {
	for i := range p.mappings {
		if m := &p.mappings[i]; m.string(s, v) {
			return m
		}
	}
	return nil
}

func (m *mapping) number(v float64, isBool bool) bool {
	switch {
	case m.special != "":
		return m.isSpecial(v, isBool)
	case isBool && m.exact != nil:
		return *m.exact == strconv.FormatBool(v != 0) && !math.IsNaN(v)
	}
	return v >= m.from && v <= m.to
}

func (m *mapping) isSpecial(v float64, isBool bool) bool {
	null := frame.IsNull(v)
	switch m.special {
	case "null":
		return null
	case "nan":
		return math.IsNaN(v) && !null
	case "null+nan":
		return math.IsNaN(v)
	case "true":
		return isBool && v != 0 && !math.IsNaN(v)
	case "false":
		return isBool && v == 0
	}
	return false
}

func (m *mapping) string(s string, v float64) bool {
	switch {
	case m.special != "":
		return m.isSpecialText(s)
	case m.pattern != nil:
		return m.pattern.MatchString(s)
	case m.exact != nil:
		return *m.exact == s
	}
	return v >= m.from && v <= m.to
}

// isSpecialText takes a text of no length for one that is not there as well,
// since a frame keeps no difference between them.
func (m *mapping) isSpecialText(s string) bool {
	switch m.special {
	case "empty", "null", "null+nan":
		return s == ""
	case "true", "false":
		return s == m.special
	}
	return false
}

// replace is what the mapping makes of a text: an expression replaces the part
// that it matches.
func (m *mapping) replace(s string) string {
	if m.pattern == nil {
		return m.text
	}
	at := m.pattern.FindStringSubmatchIndex(s)
	if at == nil {
		return s
	}
	return s[:at[0]] + string(m.pattern.ExpandString(nil, m.text, s, at)) + s[at[1]:]
}
