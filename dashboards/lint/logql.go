package lint

import (
	"errors"
	"fmt"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
)

// logQL is what is read of a query for Loki: its grammar has PromQL's selectors
// and brackets, and Loki itself is too much to depend on for the rest.
type logQL struct {
	ranges []string // what stands in square brackets
}

// parseLogQL checks the form of a query. Errors name the position, from 1.
func parseLogQL(text string, numeric func(string) bool) (logQL, error) {
	s := logScanner{text: text, plain: standIn(text, numeric)}
	for s.at < len(s.plain) {
		if err := s.next(); err != nil {
			return logQL{}, err
		}
	}
	if len(s.open) > 0 {
		last := s.open[len(s.open)-1]
		return logQL{}, fmt.Errorf("the %c at %d is not closed", s.plain[last], last+1)
	}
	if s.selectors == 0 {
		return logQL{}, errors.New("there is no stream selector, such as {job=\"shop\"}")
	}
	return s.found, nil
}

// logScanner goes through a query. plain is text with the variables replaced, and
// as long as it.
type logScanner struct {
	text, plain string
	at          int
	open        []int // brackets that are open
	selectors   int
	found       logQL
}

var closing = map[byte]byte{'(': ')', '[': ']', '{': '}'}

// next takes one token.
func (s *logScanner) next() error {
	switch c := s.plain[s.at]; c {
	case '"', '`':
		end := endOfQuote(s.plain, s.at)
		if end < 0 {
			return fmt.Errorf("the quote at %d is not closed", s.at+1)
		}
		s.at = end
	case '#':
		if end := strings.IndexByte(s.plain[s.at:], '\n'); end >= 0 {
			s.at += end
		} else {
			s.at = len(s.plain)
		}
	case '(', '[', '{':
		s.open = append(s.open, s.at)
		s.at++
	case ')', ']', '}':
		return s.shut(c)
	default:
		s.at++
	}
	return nil
}

// shut takes a closing bracket and looks at what it closes.
func (s *logScanner) shut(c byte) error {
	if len(s.open) == 0 || closing[s.plain[s.open[len(s.open)-1]]] != c {
		return fmt.Errorf("the %c at %d closes nothing", c, s.at+1)
	}
	start := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.at++
	switch inner := s.plain[start+1 : s.at-1]; c {
	case ']':
		if _, err := model.ParseDuration(strings.TrimSpace(inner)); err != nil {
			return fmt.Errorf("the range at %d: %w", start+1, err)
		}
		s.found.ranges = append(s.found.ranges, strings.TrimSpace(s.text[start+1:s.at-1]))
	case '}':
		if strings.TrimSpace(inner) == "" && strings.TrimSpace(s.text[start+1:s.at-1]) != "" {
			s.selectors++ // {$matchers}
			return nil
		}
		// As an expression, since a selector alone may match everything.
		if _, err := parser.NewParser(parser.Options{}).ParseExpr(s.plain[start:s.at]); err != nil {
			return fmt.Errorf("the stream selector at %d: %w", start+1, err)
		}
		s.selectors++
	}
	return nil
}

// endOfQuote is where the quote at start ends, or -1.
func endOfQuote(text string, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[start] != '`':
			i++
		case text[i] == text[start]:
			return i + 1
		}
	}
	return -1
}
