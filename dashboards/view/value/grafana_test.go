package value

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/draw/drawtest"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// row is what Grafana 12.4 answered for a value: unit, decimals, value, text,
// prefix, suffix, and all of them together.
type row struct{ unit, decimals, value, text, prefix, suffix, shown string }

func (r row) places(t *testing.T) *int {
	if r.decimals == "auto" {
		return nil
	}
	n, err := strconv.Atoi(r.decimals)
	if err != nil {
		t.Fatal(err)
	}
	return &n
}

// number is the value, if it is one.
func (r row) number() (float64, bool) {
	if r.value == "null" || r.value == "undefined" {
		return frame.Null, true
	}
	v, err := strconv.ParseFloat(r.value, 64)
	return v, err == nil
}

func (r row) check(t *testing.T, got frame.Shown) {
	t.Helper()
	if got.Text != r.text || got.Prefix != r.prefix || got.Suffix != r.suffix || got.String() != r.shown {
		t.Errorf("%s in %q, decimals %s: %q|%q|%q, want %q|%q|%q",
			r.value, r.unit, r.decimals, got.Prefix, got.Text, got.Suffix, r.prefix, r.text, r.suffix)
	}
}

func rows(t *testing.T, name string) []row {
	t.Helper()
	_, records := drawtest.Measured(t, name)
	var out []row
	for _, r := range records {
		out = append(out, row{r[0], r[1], r[2], r[3], r[4], r[5], r[6]})
	}
	return out
}

// difference is a reason to write rows otherwise than Grafana.
type difference struct {
	why  string
	row  func(row) bool
	want func(row) string // what is shown instead; nil is not checked
}

var differences = []difference{
	{
		"a text is no date, and what a browser makes of it differs between browsers",
		func(r row) bool { return r.value[0] == '"' && isDate(r.unit) },
		func(r row) string { return strings.Trim(r.value, `"`) },
	},
	{
		"infinitely many requests per second are not undefined",
		func(r row) bool { return strings.Contains(r.suffix, "undefined") },
		func(r row) string { return strings.Replace(r.shown, "undefined", "", 1) },
	},
	{
		"what is infinite is neither hexadecimal nor made of days and minutes that are not a number",
		func(r row) bool {
			return strings.HasSuffix(r.value, "Infinity") && (r.unit == "hex0x" || strings.HasPrefix(r.unit, "dt") || strings.HasPrefix(r.unit, "clock"))
		},
		func(r row) string { return strings.Replace(r.value, "Infinity", "∞", 1) },
	},
	{
		"a clock can go on for more years than there are dates",
		func(r row) bool {
			return strings.HasPrefix(r.unit, "clock") && strings.Contains(r.shown, "Invalid date")
		},
		nil,
	},
	{
		"a clock below zero has a sign and does not run backwards",
		func(r row) bool {
			v, _ := r.number()
			return r.unit == "clocks" && v < 0 || r.unit == "clockms" && v <= -1
		},
		nil,
	},
	{
		"the rest of a number beyond 2^53 depends on the order of the divisions",
		func(r row) bool { return r.unit == "dtdurations" && r.value == "1e+21" && r.decimals == "3" },
		nil,
	},
}

func isDate(unit string) bool {
	return strings.HasPrefix(unit, "dateTime") || strings.HasPrefix(unit, "time:")
}

// checked compares the rows with what is shown and returns how many were held to
// something else than Grafana.
func checked(t *testing.T, all []row, show func(row) frame.Shown) (differ int) {
	t.Helper()
	for _, r := range all {
		i := slices.IndexFunc(differences, func(d difference) bool { return d.row(r) })
		if i < 0 {
			r.check(t, show(r))
			continue
		}
		differ++
		if want := differences[i].want; want != nil && show(r).String() != want(r) {
			t.Errorf("%s in %q: %q, want %q since %s", r.value, r.unit, show(r), want(r), differences[i].why)
		}
	}
	return differ
}

func TestProcessorAsGrafana(t *testing.T) {
	all := rows(t, "values.csv.gz")
	differ := checked(t, all, func(r row) frame.Shown {
		field := &frame.Field{Kind: frame.Number, Config: frame.Config{Unit: r.unit, Decimals: r.places(t)}}
		if r.value == "true" || r.value == "false" {
			field.Kind = frame.Bool
		}
		p := For(field, theme.Theme{}, time.UTC)
		switch v, ok := r.number(); {
		case ok:
			return p.Number(v)
		case r.value == "true":
			return p.Number(1)
		case r.value == "false":
			return p.Number(0)
		}
		return p.Text(strings.Trim(r.value, `"`))
	})
	if len(all) != 20300 || differ != 276 {
		t.Errorf("%d rows, of which %d differ for a reason", len(all), differ)
	}
}

// Rows with NaN read "NaN", as they do in Grafana's display processor, and not
// "NaN.00 year". Those with null read nothing, and not "False" or "00:00:00":
// what is not there has no value.
func TestFormatAsGrafana(t *testing.T) {
	var all []row
	for _, r := range rows(t, "valueformat.csv.gz") {
		v, ok := r.number()
		if !ok {
			t.Fatalf("row %v is no number", r)
		}
		if math.IsNaN(v) {
			want := map[string]string{"NaN": "NaN", "null": ""}[r.value]
			if got := Format(r.unit, v, r.places(t), nil).String(); got != want {
				t.Errorf("%s in %q is %q", r.value, r.unit, got)
			}
			continue
		}
		all = append(all, r)
	}
	differ := checked(t, all, func(r row) frame.Shown {
		v, _ := r.number()
		return Format(r.unit, v, r.places(t), time.UTC)
	})
	if len(all) != 18270 || differ != 246 {
		t.Errorf("%d rows with a number, of which %d differ for a reason", len(all), differ)
	}
}
