package preview

import "strings"

// place is where in a query its end is, and so what can follow.
type place struct {
	kind placeKind
	// word is the beginning of the word there.
	word string
	// metric is the metric of a selector that is open, label the label whose value
	// is open.
	metric, label string
}

type placeKind uint8

const (
	inExpression placeKind = iota
	inLabel                // within {} or by ()
	inValue                // within the quotation marks of {}
	inText                 // within others, or after a matcher that wants them
	inDuration             // within []
)

// grouping are the words whose parentheses hold labels.
var grouping = map[string]bool{"by": true, "without": true, "on": true, "ignoring": true, "group_left": true, "group_right": true}

// bracket is one that is open.
type bracket struct {
	mark byte
	// before is the word before it.
	before string
}

// scanner walks through a query that need not be complete.
type scanner struct {
	open  []bracket
	quote byte
	// text is what the open quotation marks hold, word the word at the end, last
	// the word before, label the label of the last matcher.
	text, word, last, label string
	matching                bool
}

// placeIn finds out what can follow a query's beginning.
func placeIn(query string) place {
	var s scanner
	for i := 0; i < len(query); i++ {
		c := query[i]
		switch {
		case s.quote != 0:
			if c == '\\' && s.quote != '`' && i+1 < len(query) {
				i++
				s.text += query[i : i+1]
			} else if c == s.quote {
				s.quote = 0
			} else {
				s.text += query[i : i+1]
			}
		case isWord(c):
			s.word += query[i : i+1]
		default:
			s.mark(c)
		}
	}
	return s.place()
}

func isWord(c byte) bool {
	return c == '_' || c == ':' || c == '$' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func (s *scanner) mark(c byte) {
	if s.word != "" {
		s.last, s.word = s.word, ""
	}
	switch c {
	case '"', '\'', '`':
		s.quote, s.text = c, ""
	case '{', '(', '[':
		s.open = append(s.open, bracket{c, s.last})
		s.last, s.matching = "", false
	case '}', ')', ']':
		if len(s.open) > 0 {
			s.open = s.open[:len(s.open)-1]
		}
		s.last, s.matching = "", false
	case '=', '!', '~':
		if !s.matching {
			s.label, s.matching = s.last, true
		}
	case ',':
		s.last, s.matching = "", false
	case ' ', '\t', '\n', '\r':
	default:
		s.last = ""
	}
}

func (s *scanner) place() place {
	var inner bracket
	if len(s.open) > 0 {
		inner = s.open[len(s.open)-1]
	}
	switch {
	case s.quote != 0 && inner.mark == '{' && s.matching && s.quote == '"':
		return place{inValue, s.text, inner.before, s.label}
	case s.quote != 0, inner.mark == '{' && s.matching:
		return place{kind: inText}
	case inner.mark == '{':
		return place{kind: inLabel, word: s.word, metric: inner.before}
	case inner.mark == '(' && grouping[strings.ToLower(inner.before)]:
		return place{kind: inLabel, word: s.word}
	case inner.mark == '[':
		return place{kind: inDuration, word: s.word}
	}
	return place{word: s.word}
}
