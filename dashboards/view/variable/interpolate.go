package variable

import (
	"regexp"
	"strings"
)

// reference matches $name, ${name}, ${name.field}, ${name:format},
// ${name:format:argument} and [[name]], but not $1, which is a capture group of
// label_replace.
var reference = regexp.MustCompile(`\$([a-zA-Z_]\w*)|\$\{([a-zA-Z_]\w*)(?:\.([^:}]+))?(?::([^}]+))?\}|\[\[([a-zA-Z_]\w*?)(?:\.([^:\]]+))?(?::(\w+))?\]\]`)

// Interpolate puts the variables into a text. A reference to one that is not
// known stays as it is; values are put in once, so that what looks like a
// reference in a value is text.
func (v Values) Interpolate(text string, format Format) string {
	if !strings.Contains(text, "$") && !strings.Contains(text, "[[") {
		return text
	}
	var out strings.Builder
	var marks quotes
	at := 0
	for _, m := range reference.FindAllStringSubmatchIndex(text, -1) {
		part := func(i, j int) string {
			for _, k := range []int{i, j} {
				if k > 0 && m[2*k] >= 0 {
					return text[m[2*k]:m[2*k+1]]
				}
			}
			return ""
		}
		name := part(1, 2) + part(5, 0)
		marks.advance(text[at:m[0]])
		out.WriteString(text[at:m[0]])
		at = m[1]
		value, ok := v.one(name, part(3, 6), part(4, 7), format, marks.open)
		if !ok {
			value = text[m[0]:m[1]]
		}
		out.WriteString(value)
	}
	out.WriteString(text[at:])
	return out.String()
}

// one is the text for one reference; mark is the quotation mark it stands in.
func (v Values) one(name, field, explicit string, format Format, mark byte) (string, bool) {
	if value, ok := v.Get(name); ok {
		return value.text(field, explicit, format, mark), true
	}
	kind, argument, _ := strings.Cut(explicit, ":")
	switch {
	case kind == "date" && name == "__from":
		return date(v.from, v.zone, argument), true
	case kind == "date" && name == "__to":
		return date(v.to, v.zone, argument), true
	case name == "__all_variables":
		return v.address(), true
	case field != "":
		name += "." + field
	}
	value, ok := v.builtIns[name]
	return value, ok
}

// address selects all variables in the address of a page.
func (v Values) address() string {
	parts := make([]string, len(v.list))
	for i, one := range v.list {
		parts[i] = one.query()
	}
	return strings.Join(parts, "&")
}

func (v Value) text(field, explicit string, format Format, mark byte) string {
	if explicit != "" {
		format = Format(explicit)
	}
	switch {
	case format == "queryparam":
		return v.query()
	case format == Text || field == "text":
		return formats[Text](v.Name, v.texts())
	case v.All && v.AllValue != "":
		return v.AllValue // it is written to be put in as it is
	case format == PromQL && explicit == "":
		return v.promQL(mark)
	}
	write := formats[format]
	if write == nil {
		write = formats[Glob]
	}
	return write(v.Name, v.Selected)
}

// texts are the selected values as a person reads them.
func (v Value) texts() []string {
	if v.All {
		return []string{"All"}
	}
	out := make([]string, len(v.Selected))
	for i, s := range v.Selected {
		out[i] = s
		for _, c := range v.Choices {
			if c.Value == s {
				out[i] = c.Text
				break
			}
		}
	}
	return out
}

// quotes knows whether a place in PromQL is within a string.
type quotes struct {
	open    byte // the quotation mark, or 0
	escaped bool
}

func (q *quotes) advance(text string) {
	for i := range len(text) {
		switch c := text[i]; {
		case q.escaped:
			q.escaped = false
		case q.open != 0 && c == '\\' && q.open != '`':
			q.escaped = true
		case c == q.open:
			q.open = 0
		case q.open == 0 && (c == '"' || c == '\'' || c == '`'):
			q.open = c
		}
	}
}
