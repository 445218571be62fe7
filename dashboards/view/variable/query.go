package variable

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// maxChoices is how many values of a variable are kept: a page with more could
// not be used, and a query that joins them not be sent.
const maxChoices = 10_000

// asked is a function that a variable's query may be, with the groups it takes.
type asked struct {
	form *regexp.Regexp
	ask  func(ctx context.Context, src Source, m []string, r model.Range) ([]string, error)
}

// functions are Grafana's own, tried in order.
// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#query-options
var functions = []asked{
	{regexp.MustCompile(`^\s*label_names\((?:(?s)(.*))\)\s*$`), func(ctx context.Context, src Source, m []string, r model.Range) ([]string, error) {
		return src.LabelNames(ctx, strings.TrimSpace(m[1]), r)
	}},
	{regexp.MustCompile(`^\s*label_values\(\s*(?:((?s).+?)\s*,\s*)?([^,\s{}()"]+)\s*\)\s*$`), func(ctx context.Context, src Source, m []string, r model.Range) ([]string, error) {
		return src.LabelValues(ctx, m[2], m[1], r)
	}},
	{regexp.MustCompile(`^\s*metrics\((.*)\)\s*$`), metricNames},
	{regexp.MustCompile(`^\s*query_result\(((?s).+)\)\s*$`), func(ctx context.Context, src Source, m []string, r model.Range) ([]string, error) {
		return src.Results(ctx, m[1], r)
	}},
}

func metricNames(ctx context.Context, src Source, m []string, r model.Range) ([]string, error) {
	re, err := regexp.Compile(m[1])
	if err != nil {
		return nil, errors.New("the regular expression " + strconv.Quote(m[1]) + " is not understood")
	}
	names, err := src.LabelValues(ctx, "__name__", "", r)
	return slices.DeleteFunc(names, func(s string) bool { return !re.MatchString(s) }), err
}

func queried(ctx context.Context, src Source, one model.Variable, known Values, r model.Range) ([]model.Option, string) {
	text := known.Interpolate(one.Query, PromQL)
	for _, f := range functions {
		m := f.form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		list, err := f.ask(ctx, src, m, r)
		if err != nil {
			return nil, err.Error()
		}
		return filter(list, known.Interpolate(one.Regex, "regex"), one.Sort)
	}
	return nil, "its query " + strconv.Quote(text) + " is none of label_values, label_names, metrics and query_result"
}

// filter keeps what a regular expression matches, takes the part that it
// captures, and sorts.
func filter(list []string, pattern string, order int) ([]model.Option, string) {
	options := plain(list)
	if pattern != "" {
		re, err := model.Pattern(pattern)
		if err != nil {
			return nil, "its regular expression " + strconv.Quote(pattern) + " is not understood"
		}
		options = captured(options, re)
	}
	arrange(options, order)
	return options[:min(len(options), maxChoices)], ""
}

// captured has each option once: the groups named text and value, else the first
// group, else the whole.
func captured(options []model.Option, re *regexp.Regexp) []model.Option {
	text, value := re.SubexpIndex("text"), re.SubexpIndex("value")
	seen := map[string]bool{}
	var out []model.Option
	for _, o := range options {
		m := re.FindStringSubmatch(o.Value)
		if m == nil {
			continue
		}
		group := func(i int) string {
			if i > 0 {
				return m[i]
			}
			return ""
		}
		switch {
		case text > 0 || value > 0:
			o = model.Option{Text: cmp.Or(group(text), group(value)), Value: cmp.Or(group(value), group(text))}
		case len(m) > 1:
			o = model.Option{Text: m[1], Value: m[1]}
		}
		if o.Value != "" && !seen[o.Value] {
			seen[o.Value] = true
			out = append(out, o)
		}
	}
	return out
}

// arrange sorts as Grafana numbers the orders: odd ones ascend.
func arrange(options []model.Option, order int) {
	var compare func(a, b model.Option) int
	switch order {
	case 1, 2:
		compare = func(a, b model.Option) int { return strings.Compare(a.Text, b.Text) }
	case 3, 4:
		compare = func(a, b model.Option) int { return cmp.Compare(firstNumber(a.Text), firstNumber(b.Text)) }
	case 5, 6:
		compare = func(a, b model.Option) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) }
	case 7, 8:
		compare = func(a, b model.Option) int { return natural(a.Text, b.Text) }
	default:
		return
	}
	slices.SortStableFunc(options, compare)
	if order%2 == 0 {
		slices.Reverse(options)
	}
}

var digits = regexp.MustCompile(`\d+`)

// firstNumber is the first number in a text, -1 if there is none.
func firstNumber(s string) float64 {
	v, err := strconv.ParseFloat(digits.FindString(s), 64)
	if err != nil {
		return -1
	}
	return v
}

// natural compares texts with the numbers in them as numbers.
func natural(a, b string) int {
	for a != "" && b != "" {
		i, j := lead(a), lead(b)
		c := strings.Compare(a[:i], b[:j])
		if isDigit(a[0]) && isDigit(b[0]) {
			c = cmp.Or(cmp.Compare(firstNumber(a[:i]), firstNumber(b[:j])), c)
		}
		if c != 0 {
			return c
		}
		a, b = a[i:], b[j:]
	}
	return cmp.Compare(len(a), len(b))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// lead is the length of the run of digits, or of anything else, that a text
// starts with.
func lead(s string) int {
	n := 1
	for n < len(s) && isDigit(s[n]) == isDigit(s[0]) {
		n++
	}
	return n
}
