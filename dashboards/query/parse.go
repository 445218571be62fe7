package query

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// grafanaVariable is how a dashboard writes a variable: $job, ${job},
// ${job:regex} or, in old dashboards, [[job]].
var grafanaVariable = regexp.MustCompile(`^(\$\w+|\$\{[^{}]+\}|\[\[[^\[\]]+\]\])`)

// parse parses a query with Grafana's variables in it, which the parser does not
// know: it sees stand-ins for them. restore puts the variables back into the
// printed tree.
func parse(text string) (tree parser.Expr, restore func(string) string, err error) {
	// A free variable is mostly (part of) a name; where PromQL wants a number,
	// such as in topk($k, ...), it is a number.
	names := freeVariables(text)
	for choice := range 1 << min(len(names), 4) {
		var numbers []string
		for i, name := range names {
			if choice>>i&1 == 1 {
				numbers = append(numbers, name)
			}
		}
		p := protector{text: text, numbers: numbers}
		p.run()
		tree, parseErr := parser.NewParser(parser.Options{}).ParseExpr(p.out.String())
		if parseErr == nil {
			return tree, strings.NewReplacer(p.pairs...).Replace, nil
		}
		if err == nil { // the first guess is the likeliest, and so is its error
			err = fmt.Errorf("query %s: %w", text, parseErr)
		}
	}
	return nil, nil, err
}

func freeVariables(text string) []string {
	p := protector{text: text}
	p.run()
	return p.free
}

// protector copies a query and replaces the variables outside of its strings;
// inside them, the parser takes a variable as text.
type protector struct {
	text    string
	numbers []string // variables that are numbers
	out     strings.Builder
	braces  int
	pairs   []string // stand-in, variable
	free    []string // variables that could be numbers
}

func (p *protector) run() {
	for i := 0; i < len(p.text); {
		rest := p.text[i:]
		n := 1
		switch variable := grafanaVariable.FindString(rest); {
		case variable != "":
			n = len(variable)
			p.variable(i, variable)
		case rest[0] == '[':
			n = p.window(rest)
		case strings.ContainsRune("\"'`", rune(rest[0])):
			n = quoted(rest)
			p.out.WriteString(rest[:n])
		case rest[0] == '#':
			n = strings.IndexByte(rest+"\n", '\n') // a comment
			p.out.WriteString(rest[:n])
		default:
			switch rest[0] {
			case '{':
				p.braces++
			case '}':
				p.braces--
			}
			p.out.WriteByte(rest[0])
		}
		i += n
	}
}

// variable writes the stand-in for a variable at position i.
func (p *protector) variable(i int, variable string) {
	before := strings.TrimRight(p.text[:i], " \t\n")
	after := strings.TrimLeft(p.text[i+len(variable):], " \t\n")
	switch {
	case p.braces > 0 && endsIn(before, "{", ",") && (after == "" || after[0] == ',' || after[0] == '}'):
		p.standIn(variable, fmt.Sprintf(`ginsight_matcher_%d_="x"`, len(p.pairs)))
	case endsIn(before, "offset"):
		p.standIn(variable, duration(len(p.pairs)))
	case slices.Contains(p.numbers, variable):
		p.standIn(variable, fmt.Sprintf("79190.%03d7", len(p.pairs)))
	default:
		if !slices.Contains(p.free, variable) {
			p.free = append(p.free, variable)
		}
		p.standIn(variable, fmt.Sprintf("ginsight_name_%d_", len(p.pairs)))
	}
}

// window writes the range or subquery in brackets at the start of rest, and
// returns its length. A duration with a variable anywhere in it, such as
// ${minutes}m, is replaced as a whole.
func (p *protector) window(rest string) int {
	end := len(rest)
	part := 1
	p.out.WriteByte('[')
	flush := func(to int) {
		if text := rest[part:to]; strings.ContainsAny(text, "$[") {
			p.standIn(text, duration(len(p.pairs)))
		} else {
			p.out.WriteString(text)
		}
	}
	for i := 1; i < len(rest); i++ {
		if variable := grafanaVariable.FindString(rest[i:]); variable != "" {
			i += len(variable) - 1
			continue
		}
		if rest[i] == ':' || rest[i] == ']' {
			flush(i)
			p.out.WriteByte(rest[i])
			part = i + 1
		}
		if rest[i] == ']' {
			return i + 1
		}
	}
	flush(end) // the bracket is never closed: the parser says so
	return end
}

func (p *protector) standIn(variable, text string) {
	p.out.WriteString(text)
	p.pairs = append(p.pairs, text, variable)
}

// duration is one that nobody writes, as the printer prints it.
func duration(i int) string {
	return model.Duration((97*7*24*3600 + 7919 + int64(i)) * 1e9).String()
}

func endsIn(text string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(text, e) })
}

// quoted is the length of the string at the start of rest.
func quoted(rest string) int {
	quote := rest[0]
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && quote != '`':
			i++
		case rest[i] == quote:
			return i + 1
		}
	}
	return len(rest)
}
