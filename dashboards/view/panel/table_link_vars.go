package panel

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// linkScope is what the variables of a data link stand for at one value.
type linkScope struct {
	in    Input
	frame frame.Frame
	field *frame.Field
	row   int
	shown frame.Shown
}

// linkVariable is ${name.path:format}, [[name:format]] or $name.
var linkVariable = regexp.MustCompile(`\$\{([^${}:]+)(?::([^{}]*))?\}|\[\[([^\[\]:]+)(?::([^\[\]]*))?\]\]|\$(\w+)`)

// linkLimit bounds a link, which hostile data could otherwise multiply.
const linkLimit = 8 << 10

// fill replaces the variables of a URL or of its title. In a URL the values are
// percent-encoded unless the variable asks for "raw"; a variable that is not
// known stays as it is written. A result that is too long is "".
func (v linkScope) fill(text string, isURL bool) string {
	if len(text) > linkLimit {
		return ""
	}
	filled := linkVariable.ReplaceAllStringFunc(text, func(match string) string {
		m := linkVariable.FindStringSubmatch(match)
		name, format := m[1]+m[3]+m[5], m[2]+m[4]
		if values, ok := v.lookup(name, format); ok {
			return formatLinkValue(name, values, format, isURL)
		}
		return match
	})
	if len(filled) > linkLimit {
		return ""
	}
	return filled
}

// ready are variables that are parts of a URL already.
var ready = map[string]bool{"__url_time_range": true, "__all_variables": true}

func formatLinkValue(name string, values []string, format string, isURL bool) string {
	switch {
	case ready[name]:
		return strings.Join(values, "&")
	case format == "queryparam":
		return queryParam(name, values)
	case format == "raw" || !isURL && format != "percentencode":
		return strings.Join(values, ",")
	case format == "pipe":
		return percentEncode(strings.Join(values, "|"))
	case format == "csv" || format == "percentencode" || len(values) == 1:
		return percentEncode(strings.Join(values, ","))
	}
	return percentEncode("{" + strings.Join(values, ",") + "}")
}

func queryParam(name string, values []string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = "var-" + percentEncode(name) + "=" + percentEncode(v)
	}
	return strings.Join(parts, "&")
}

// percentEncode writes a space as %20, which is right in a path and in a query.
func percentEncode(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// lookup finds what a name stands for.
func (v linkScope) lookup(name, format string) (values []string, ok bool) {
	one := func(s string) ([]string, bool) { return []string{s}, true }
	from, to := strconv.FormatInt(v.in.Range.From.UnixMilli(), 10), strconv.FormatInt(v.in.Range.To.UnixMilli(), 10)
	switch name {
	case "__url_time_range":
		return one("from=" + from + "&to=" + to)
	case "__all_variables":
		return v.allVariables(), true
	case "__from":
		return one(from)
	case "__to":
		return one(to)
	case "__series.name", "__field.name":
		return one(v.field.Title)
	case "__value.text", "__value":
		return one(v.shown.String())
	case "__value.raw", "__value.numeric":
		return one(rawText(v.field, v.row))
	case "__value.time":
		return v.time()
	}
	if label, ok := strings.CutPrefix(name, "__field.labels"); ok {
		return one(v.field.Labels[linkKey(label)])
	}
	if path, ok := strings.CutPrefix(name, "__data.fields"); ok {
		return v.data(path)
	}
	values, ok = v.in.Vars[name]
	return values, ok
}

// allVariables are the variables as parameters of a URL, sorted by name.
func (v linkScope) allVariables() []string {
	var names, parts []string
	for name := range v.in.Vars {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		parts = append(parts, queryParam(name, v.in.Vars[name]))
	}
	return parts
}

// time is the time of the row, if the frame has one.
func (v linkScope) time() ([]string, bool) {
	for _, f := range v.frame.Fields {
		if f != nil && f.Kind == frame.Time && v.row < f.Len() {
			return []string{rawText(f, v.row)}, true
		}
	}
	return nil, false
}

// data is another field of the row: .Name, ["Name of it"] or [0], and after it
// .text, .numeric or nothing.
func (v linkScope) data(path string) ([]string, bool) {
	f, rest := v.dataField(path)
	if f == nil || v.row >= f.Len() {
		return nil, false
	}
	if rest == "numeric" || rest == "raw" {
		return []string{rawText(f, v.row)}, true
	}
	show := value.For(f, v.in.Theme, v.in.Range.Zone)
	return []string{shownAt(show, f, v.row).String()}, true
}

func (v linkScope) dataField(path string) (f *frame.Field, rest string) {
	for _, suffix := range []string{"", ".text", ".numeric", ".raw"} {
		name, ok := strings.CutSuffix(path, suffix)
		if !ok {
			continue
		}
		key := linkKey(name)
		if f := fieldTitled(v.frame, key); f != nil {
			return f, strings.TrimPrefix(suffix, ".")
		}
		for _, f := range v.frame.Fields {
			if f != nil && f.Name == key {
				return f, strings.TrimPrefix(suffix, ".")
			}
		}
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v.frame.Fields) {
			return v.frame.Fields[i], strings.TrimPrefix(suffix, ".")
		}
	}
	return nil, ""
}

// linkKey is the name in .name, ["name"], ['name'] or [0].
func linkKey(path string) string {
	if key, ok := strings.CutPrefix(path, "."); ok {
		return key
	}
	return strings.Trim(strings.TrimSuffix(strings.TrimPrefix(path, "["), "]"), `"'`)
}

// rawText is a value without unit and rounding.
func rawText(f *frame.Field, row int) string {
	switch {
	case row < 0 || row >= f.Len():
		return ""
	case f.Kind == frame.String:
		return f.Strings[row]
	case f.Kind == frame.Time:
		return strconv.FormatInt(f.Times[row], 10)
	case f.Kind == frame.Bool:
		return strconv.FormatBool(f.Numbers[row] != 0)
	}
	return strconv.FormatFloat(f.Numbers[row], 'f', -1, 64)
}
