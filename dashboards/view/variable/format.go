package variable

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Format is how several values become one text. The names are Grafana's, as in
// ${name:csv}.
// https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
type Format string

// The formats that texts are read in; ${name:format} wins over them.
const (
	// Glob writes several values as {a,b}; the zero Format is the same.
	Glob Format = "glob"
	// Text writes what a person reads: the texts of choices, joined with " + ".
	Text Format = "text"
	// PromQL escapes what stands in the quotation marks of a selector: several
	// values become a regular expression.
	PromQL Format = "promql"
)

// formats write a list of values, by Grafana's name.
var formats = map[Format]func(name string, list []string) string{
	"csv":           func(_ string, list []string) string { return strings.Join(list, ",") },
	"raw":           func(_ string, list []string) string { return strings.Join(list, ",") },
	"pipe":          func(_ string, list []string) string { return strings.Join(list, "|") },
	"text":          func(_ string, list []string) string { return strings.Join(list, " + ") },
	"regex":         func(_ string, list []string) string { return alternatives(list, regexp.QuoteMeta) },
	"glob":          func(_ string, list []string) string { return glob(list) },
	"json":          func(_ string, list []string) string { return asJSON(list) },
	"lucene":        func(_ string, list []string) string { return lucene(list) },
	"distributed":   func(name string, list []string) string { return strings.Join(list, ","+name+"=") },
	"percentencode": func(_ string, list []string) string { return percent(strings.Join(list, ",")) },
	"uriencode":     func(_ string, list []string) string { return percent(glob(list)) },
	"doublequote":   func(_ string, list []string) string { return quoted(list, `"`, `\"`) },
	"singlequote":   func(_ string, list []string) string { return quoted(list, `'`, `\'`) },
	"sqlstring":     func(_ string, list []string) string { return quoted(list, `'`, `''`) },
}

func glob(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return "{" + strings.Join(list, ",") + "}"
}

func alternatives(list []string, escape func(string) string) string {
	escaped := make([]string, len(list))
	for i, s := range list {
		escaped[i] = escape(s)
	}
	if len(escaped) < 2 {
		return strings.Join(escaped, "")
	}
	return "(" + strings.Join(escaped, "|") + ")"
}

func asJSON(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	if list == nil {
		list = []string{}
	}
	out, _ := json.Marshal(list) // strings can always be encoded
	return string(out)
}

func lucene(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return "(" + strings.ReplaceAll(quoted(list, `"`, `\"`), `","`, `" OR "`) + ")"
}

func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func quoted(list []string, mark, escaped string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = mark + strings.ReplaceAll(s, mark, escaped) + mark
	}
	return strings.Join(out, ",")
}

// promQL writes values into a query of Prometheus. A variable that can only have
// one value is put in as text; any other becomes a regular expression, since
// that is what it is compared with. In both cases the text stands within a
// string of PromQL, where a backslash is doubled and the mark around it escaped.
func (v Value) promQL(mark byte) string {
	inString := func(s string) string {
		if mark == '`' {
			return s
		}
		s = strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(s)
		if mark != 0 {
			s = strings.ReplaceAll(s, string(mark), `\`+string(mark))
		}
		return s
	}
	if !v.Multi && !v.IncludeAll {
		return inString(strings.Join(v.Selected, ","))
	}
	return alternatives(v.Selected, func(s string) string { return inString(regexp.QuoteMeta(s)) })
}

// date writes a time for ${__from:date:...}: iso, seconds, or a format of Moment.js.
func date(t time.Time, zone *time.Location, argument string) string {
	if zone == nil {
		zone = time.UTC
	}
	switch argument {
	case "", "iso":
		return t.UTC().Format("2006-01-02T15:04:05.000Z")
	case "seconds":
		return strconv.FormatInt(t.Unix(), 10)
	}
	return t.In(zone).Format(moment.Replace(argument))
}

// moment translates the parts of formats that Moment.js and Go share.
var moment = strings.NewReplacer("YYYY", "2006", "YY", "06", "MMMM", "January", "MMM", "Jan", "MM", "01", "DD", "02", "dddd", "Monday", "ddd", "Mon",
	"HH", "15", "hh", "03", "mm", "04", "ss", "05", "SSS", "000", "ZZ", "-0700", "Z", "-07:00", "A", "PM", "a", "pm", "M", "1", "D", "2")
