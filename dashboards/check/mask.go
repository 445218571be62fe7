package check

import (
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/prometheus/promql/parser"
)

// masked is a query with Grafana's variables put aside, so that it can be
// parsed, and the way back from its positions to the query's own.
type masked struct {
	text string
	cuts []cut
}

// cut is a variable at in, which became a text at out.
type cut struct{ in, inEnd, out, outEnd int }

// original is the place in the query of a place in the masked text; a place
// within a replacement is that of the variable.
func (m masked) original(pos int) int {
	shift := 0
	for _, c := range m.cuts {
		if pos < c.out {
			break
		}
		if pos < c.outEnd {
			return c.in
		}
		shift = c.inEnd - c.outEnd
	}
	return pos + shift
}

// marker begins the name that stands for a variable whose value is not known.
const marker = "ginsight_variable_"

// vague tells whether a name or value has a variable in it.
func vague(s string) bool { return strings.Contains(s, marker) }

// masker replaces the variables of one board.
type masker struct {
	// values are those of variables whose values stand in the board.
	values map[string]string
	known  map[string]bool
}

func newMasker(b Board) masker {
	m := masker{values: map[string]string{}, known: map[string]bool{}}
	maps.Copy(m.values, staticBuiltIns)
	for _, v := range b.Variables {
		m.known[v.Name] = true
		switch v.Type {
		case "constant", "textbox", "custom", "interval":
			if value := firstChoice(v.Query); value != "" && !strings.Contains(value, "$") {
				m.values[v.Name] = value
			}
		}
	}
	for _, name := range b.inputs {
		m.known[name] = true
	}
	return m
}

// staticBuiltIns stand for Grafana's variables of a time range: an hour, of
// targets that are scraped every 15 seconds.
var staticBuiltIns = map[string]string{
	"__rate_interval": "1m", "__rate_interval_ms": "60000", "__interval": "1m", "__interval_ms": "60000",
	"__range": "1h", "__range_s": "3600", "__range_ms": "3600000", "__from": "1700000000000", "__to": "1700003600000",
}

// firstChoice is the first value of a list, which may be written as
// "label : value".
func firstChoice(list string) string {
	for _, item := range strings.Split(list, ",") {
		if _, value, ok := strings.Cut(item, " : "); ok {
			item = value
		}
		if item = strings.TrimSpace(item); item != "" && item != "auto" {
			return item
		}
	}
	return ""
}

// names lists the variables that a query may use.
func (m masker) names() []string { return slices.Sorted(maps.Keys(m.known)) }

// unknown lists the references to variables that do not exist, with their
// places. Within a string, a name may be a capture group of label_replace.
func (m masker) unknown(expr string) (names []string, at []int) {
	for _, ref := range reference.FindAllStringSubmatchIndex(expr, -1) {
		name := referenced(expr, ref)
		if m.known[name] || strings.HasPrefix(name, "__") || strings.Contains(expr, "<"+name+">") {
			continue
		}
		names, at = append(names, name), append(at, ref[0])
	}
	return names, at
}

// referenced is the name in a match of reference.
func referenced(text string, ref []int) string {
	for i := 2; i < len(ref); i += 2 {
		if ref[i] >= 0 {
			return text[ref[i]:ref[i+1]]
		}
	}
	return ""
}

// parse puts the variables aside and parses. A variable outside of a string
// may stand for a number or for a name, and what parses is right.
func (m masker) parse(expr string) (parser.Expr, masked, error) {
	first := m.mask(expr, "1")
	tree, err := parse(first.text)
	if err == nil {
		return tree, first, nil
	}
	second := m.mask(expr, "")
	if second.text != first.text {
		if tree, err := parse(second.text); err == nil {
			return tree, second, nil
		}
	}
	return nil, first, err
}

func parse(text string) (parser.Expr, error) {
	return parser.NewParser(parser.Options{EnableExperimentalFunctions: true}).ParseExpr(text)
}

// mask replaces every variable; operand is what stands for one that is an
// operand by itself, "" for a name.
func (m masker) mask(expr, operand string) masked {
	var out strings.Builder
	var cuts []cut
	done, at := 0, scanner{text: expr}
	for _, ref := range reference.FindAllStringSubmatchIndex(expr, -1) {
		at.advance(ref[0])
		out.WriteString(expr[done:ref[0]])
		c := cut{in: ref[0], inEnd: ref[1], out: out.Len()}
		out.WriteString(m.value(expr, ref, at, operand))
		c.outEnd = out.Len()
		cuts, done = append(cuts, c), ref[1]
	}
	out.WriteString(expr[done:])
	return masked{out.String(), cuts}
}

// value is what stands for one variable.
func (m masker) value(expr string, ref []int, at scanner, operand string) string {
	name := referenced(expr, ref)
	if value, ok := m.values[name]; ok && (at.quote == 0 || strings.HasPrefix(name, "__")) {
		return value
	}
	before, after := strings.TrimRight(expr[:ref[0]], " \n\t"), expr[ref[1]:]
	switch {
	case at.quote != 0:
	case at.brackets > 0 || strings.HasSuffix(before, "offset"):
		if after != "" && strings.ContainsRune("smhdwy", rune(after[0])) {
			return "5"
		}
		return "5m"
	case joins(before, expr[:ref[0]]) || after != "" && (nameByte(after[0]) || strings.ContainsRune("{[", rune(after[0]))):
	case at.grouping():
	case operand != "":
		return operand
	}
	return marker + name
}

// joins tells whether a name runs into the variable without a space.
func joins(trimmed, before string) bool {
	return len(trimmed) == len(before) && before != "" && nameByte(before[len(before)-1])
}

func nameByte(c byte) bool {
	return c == '_' || c == ':' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
