package diff

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printer writes changes for people.
type Printer struct {
	Out io.Writer
	// Colour marks on a terminal what was taken away and what was put in, word
	// by word.
	Colour bool
}

// signs begin the lines of the kinds.
var signs = map[Kind]string{Added: "+", Removed: "-", Changed: "~", Moved: "~"}

// maxLine is how many characters both values of a change may have together to
// stand on the line of its field.
const maxLine = 72

// Print writes the changes one below the other, each line after indent. It
// returns the first error of writing.
func (p Printer) Print(indent string, changes []Change) error {
	for _, c := range changes {
		if _, err := io.WriteString(p.Out, p.lines(indent, c)); err != nil {
			return fmt.Errorf("print the changes: %w", err)
		}
	}
	return nil
}

func (p Printer) lines(indent string, c Change) string {
	old, new := Plain(c.Old), Plain(c.New)
	head := indent + signs[c.Kind] + " " + c.what()
	switch {
	case c.Kind == Added || c.Kind == Removed:
		return p.paint(c.Kind, strings.TrimRight(head+": "+old+new, ": ")) + "\n"
	case len(old)+len(new) <= maxLine && !strings.Contains(old+new, `"`):
		return head + " " + short(old) + " -> " + short(new) + "\n"
	}
	old, new = p.words(old, new)
	return head + "\n" + indent + "    - " + old + "\n" + indent + "    + " + new + "\n"
}

// what names the thing, the part and the field that a change is about.
func (c Change) what() string {
	where := c.Of
	if c.Part != "" {
		where += ", " + c.Part
	}
	field := c.Field
	if c.Kind == Moved && field != "" && !strings.HasPrefix(field, "order") {
		field = "moved, " + field
	}
	switch {
	case field == "":
		return Plain(where)
	case where == "":
		return Plain(field)
	}
	return Plain(where + ": " + field)
}

func short(s string) string {
	switch {
	case s == "":
		return "(none)"
	case strings.ContainsAny(s, " \t"):
		return quote(s)
	}
	return s
}

// Plain keeps text that came from a server from steering the terminal, and on
// one line.
func Plain(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, control) {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		if control(r) {
			quoted := strconv.QuoteRune(r)
			out.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

func control(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) }

// The colours of a terminal.
const (
	red     = "\x1b[31m"
	green   = "\x1b[32m"
	reverse = "\x1b[7m"
	upright = "\x1b[27m"
	reset   = "\x1b[0m"
)

func (p Printer) paint(kind Kind, s string) string {
	if !p.Colour {
		return s
	}
	return map[Kind]string{Added: green, Removed: red}[kind] + s + reset
}

// words marks in both texts the words that the other one lacks.
func (p Printer) words(old, new string) (string, string) {
	if !p.Colour {
		return old, new
	}
	a, b := split(old), split(new)
	keepA, keepB := common(a, b)
	return red + mark(a, keepA) + reset, green + mark(b, keepB) + reset
}

func mark(words []string, keep []bool) string {
	var out strings.Builder
	marked := false
	for i, w := range words {
		if marked == keep[i] {
			marked = !keep[i]
			out.WriteString(map[bool]string{true: reverse, false: upright}[marked])
		}
		out.WriteString(w)
	}
	return out.String()
}

// split cuts text into names and single other characters, which is what PromQL
// and prose are made of alike.
func split(s string) []string {
	var out []string
	start := 0
	flush := func(end int) {
		if end > start {
			out = append(out, s[start:end])
		}
	}
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == ':' || r == '$' {
			continue
		}
		flush(i)
		start = i + utf8.RuneLen(r)
		out = append(out, s[i:start])
	}
	flush(len(s))
	return out
}

// maxWords bounds the work of common; beyond it, all words count as different.
const maxWords = 2000

// common tells which words of both texts belong to a longest common
// subsequence.
func common(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	if len(a) > maxWords || len(b) > maxWords {
		return inA, inB
	}
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return inA, inB
}
