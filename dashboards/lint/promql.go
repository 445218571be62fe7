package lint

import (
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// promQL is a query and its syntax tree. Positions in the tree are positions in
// the text, since variables are replaced by something as long as they are.
type promQL struct {
	text string
	tree parser.Expr // nil if it does not parse
	err  error
}

// parsePromQL reads a query with Grafana's variables in it. A variable can stand
// for a name or for a number; if the one does not parse the other may.
func parsePromQL(text string, numeric func(string) bool) *promQL {
	p := parser.NewParser(parser.Options{EnableExperimentalFunctions: true, EnableBinopFillModifiers: true})
	q := &promQL{text: text}
	q.tree, q.err = p.ParseExpr(standIn(text, numeric))
	if q.err == nil {
		return q
	}
	always := func(string) bool { return true }
	if tree, err := p.ParseExpr(standIn(text, always)); err == nil {
		q.tree, q.err = tree, nil
		return q
	}
	q.tree = nil
	return q
}

// walk visits every part of the tree with what it stands in, outermost first.
func (q *promQL) walk(visit func(n parser.Node, path []parser.Node)) {
	if q == nil || q.tree == nil {
		return
	}
	parser.Inspect(q.tree, func(n parser.Node, path []parser.Node) error {
		if n != nil {
			visit(n, path)
		}
		return nil
	})
}

// selectors visits every selector.
func (q *promQL) selectors(visit func(s *parser.VectorSelector, path []parser.Node)) {
	q.walk(func(n parser.Node, path []parser.Node) {
		if s, ok := n.(*parser.VectorSelector); ok {
			visit(s, path)
		}
	})
}

// window is what stands in a range's brackets, which come after all labels.
func (q *promQL) window(m *parser.MatrixSelector) string {
	at := m.PositionRange()
	if int(at.End) > len(q.text) || at.Start > at.End {
		return ""
	}
	text := q.text[at.Start:at.End]
	open, end := strings.LastIndexByte(text, '['), strings.LastIndexByte(text, ']')
	if open < 0 || end < open {
		return ""
	}
	return strings.TrimSpace(text[open+1 : end])
}

// metric is a selector's metric, or nothing if it is not named exactly.
func metric(s *parser.VectorSelector) string {
	for _, m := range s.LabelMatchers {
		if m.Name == model.MetricNameLabel && m.Type == labels.MatchEqual {
			return m.Value
		}
	}
	return s.Name
}

// standIn puts something in the place of every variable that parses there, and
// leaves alone what stands in quotes.
func standIn(text string, numeric func(string) bool) string {
	var out strings.Builder
	var quote byte
	var open []byte // brackets and braces around the place
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == '\\' && quote != '`' && i+1 < len(text) {
				out.WriteByte(c)
				i++
				c = text[i]
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '$' || strings.HasPrefix(text[i:], "[["):
			if m := variableIn.FindStringSubmatchIndex(text[i:]); m != nil && m[0] == 0 {
				out.WriteString(stand(text[:i], text[i:i+m[1]], text[i+m[1]:], open, numeric))
				i += m[1] - 1
				continue
			}
		case c == '[' || c == '{':
			open = append(open, c)
		case (c == ']' || c == '}') && len(open) > 0:
			open = open[:len(open)-1]
		}
		out.WriteByte(c)
	}
	return out.String()
}

// stand is what stands in for one variable, as long as it.
func stand(before, variable, after string, open []byte, numeric func(string) bool) string {
	name := only(variable)
	before = strings.TrimRight(before, " \t\n")
	number := strings.Repeat("0", len(variable)-1) + "1"
	glued := after != "" && isWord(after[0])
	around := byte(0)
	if len(open) > 0 {
		around = open[len(open)-1]
	}
	switch {
	case around == '[' || endsInWord(before, "offset"):
		if glued {
			return number // [${minutes}m]
		}
		return "1m" + strings.Repeat(" ", len(variable)-2)
	case around == '{':
		next := strings.TrimLeft(after, " \t\n")
		if next == "" || next[0] == '}' || next[0] == ',' {
			// The variable stands for whole matchers.
			return strings.Repeat(" ", len(variable))
		}
	case !glued && (strings.HasSuffix(before, "@") || strings.HasPrefix(name, "__") || numeric(name)):
		return number
	}
	return identifier(variable)
}

// identifier keeps what may stand in a name.
func identifier(variable string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && isWord(byte(r)) {
			return r
		}
		return '_'
	}, variable)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func endsInWord(text, word string) bool {
	rest, ok := strings.CutSuffix(text, word)
	return ok && (rest == "" || !isWord(rest[len(rest)-1]))
}
