package check

import "strings"

// scanner walks through a query and knows, at its place, whether it is within
// a string, within brackets, or in the list of labels of a grouping.
type scanner struct {
	text     string
	at       int
	quote    byte // the quotation mark of the string, or 0
	brackets int
	parens   []int // where the open parentheses are
}

// advance walks on to a place.
func (s *scanner) advance(to int) {
	for ; s.at < to; s.at++ {
		s.step(s.text[s.at])
	}
}

func (s *scanner) step(c byte) {
	switch {
	case s.quote != 0:
		if c == '\\' && s.quote != '`' {
			s.at++
		} else if c == s.quote {
			s.quote = 0
		}
	case c == '"' || c == '\'' || c == '`':
		s.quote = c
	case c == '#':
		if end := strings.IndexByte(s.text[s.at:], '\n'); end > 0 {
			s.at += end
		}
	case c == '[':
		s.brackets++
	case c == ']':
		s.brackets--
	case c == '(':
		s.parens = append(s.parens, s.at)
	case c == ')' && len(s.parens) > 0:
		s.parens = s.parens[:len(s.parens)-1]
	}
}

// grouping tells whether the innermost parenthesis is one of labels.
func (s *scanner) grouping() bool {
	if len(s.parens) == 0 {
		return false
	}
	before := strings.ToLower(strings.TrimRight(s.text[:s.parens[len(s.parens)-1]], " \n\t"))
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return r > 127 || !nameByte(byte(r)) })+1:]
	switch word {
	case "by", "without", "on", "ignoring", "group_left", "group_right":
		return true
	}
	return false
}
