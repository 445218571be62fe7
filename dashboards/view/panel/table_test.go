package panel

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
)

func numbersField(title string, v ...float64) *frame.Field {
	return &frame.Field{Name: title, Title: title, Kind: frame.Number, Numbers: v, Low: 0, High: 100}
}

func textsField(title string, v ...string) *frame.Field {
	return &frame.Field{Name: title, Title: title, Kind: frame.String, Strings: v}
}

func timesField(v ...int64) *frame.Field {
	return &frame.Field{Name: "Time", Title: "Time", Kind: frame.Time, Times: v}
}

// gridInput is a panel of one frame over two minutes.
func gridInput(kind, options string, fields ...*frame.Field) Input {
	return Input{
		Panel: model.Panel{Type: kind, Options: json.RawMessage(options)}, W: 800, H: 400,
		Frames: []frame.Frame{{Fields: fields}},
		Range:  model.Range{From: time.UnixMilli(0), To: time.UnixMilli(120_000)},
	}
}

// written are the texts of a body, in the order they are drawn.
func written(b body) []string {
	var all []string
	for _, t := range texts(&draw.Group{Nodes: b.nodes}, 0, 0) {
		all = append(all, t.Text.Text)
	}
	return all
}

func TestTableRowsAreSorted(t *testing.T) {
	f := frame.Frame{Fields: []*frame.Field{
		numbersField("n", 2, math.NaN(), 10, 2, frame.Null),
		textsField("s", "b", "C", "a", "A", "c"),
	}}
	for _, c := range []struct {
		name string
		by   []tableSort
		want []int
	}{
		{"as they are", nil, []int{0, 1, 2, 3, 4}},
		{"no such column", []tableSort{{DisplayName: "x"}}, []int{0, 1, 2, 3, 4}},
		{"numbers, what is none last", []tableSort{{DisplayName: "n"}}, []int{0, 3, 2, 1, 4}},
		{"largest first, what is none still last", []tableSort{{DisplayName: "n", Desc: true}}, []int{2, 0, 3, 1, 4}},
		{"texts, capitals beside small letters", []tableSort{{DisplayName: "s"}}, []int{3, 2, 0, 1, 4}},
		{"by two columns", []tableSort{{DisplayName: "n"}, {DisplayName: "s"}}, []int{3, 0, 2, 1, 4}},
	} {
		if diff := cmp.Diff(c.want, sortedRows(f, c.by)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func bigTable(rows int) Input {
	n, s := numbersField("n"), textsField("s")
	for i := range rows {
		n.Numbers = append(n.Numbers, float64(i*7919%rows))
		s.Strings = append(s.Strings, fmt.Sprint("row ", i))
	}
	return gridInput("table", `{"sortBy":[{"displayName":"n","desc":true}]}`, s, n)
}

func TestTableSaysHowManyRowsAreNotShown(t *testing.T) {
	// 342 px less the header and the note hold 7 rows of 36 px.
	got := written(table(bigTable(10_000), 782, 342))
	if all := strings.Join(got, "|"); !strings.Contains(all, "+ 9,993 more") || !strings.Contains(all, "9999") {
		t.Errorf("got %q", all)
	}
	if len(got) > 20 {
		t.Errorf("%d texts for 7 rows of 2 columns", len(got))
	}
	if all := strings.Join(written(table(bigTable(8), 782, 342)), "|"); strings.Contains(all, "more") {
		t.Errorf("all 8 rows fit, but: %q", all)
	}
}

func TestTableOfNothing(t *testing.T) {
	in := gridInput("table", "", textsField("s"), numbersField("n"))
	if got := strings.Join(written(table(in, 782, 342)), "|"); got != "s|n|No data" {
		t.Errorf("no rows: %q", got)
	}
	in.Frames = nil
	if got := strings.Join(written(table(in, 782, 342)), "|"); got != "No data" {
		t.Errorf("no frames: %q", got)
	}
}

// Grafana has a menu to choose from several frames; a picture says which it is.
func TestTableOfSeveralFrames(t *testing.T) {
	in := gridInput("table", `{"frameIndex":1}`, textsField("a", "x"))
	in.Frames = append(in.Frames, frame.Frame{Exemplars: true}, frame.Frame{Fields: []*frame.Field{textsField("b", "y")}})
	if got := strings.Join(written(table(in, 782, 342)), "|"); got != "b|table 2 of 2|y" {
		t.Errorf("got %q", got)
	}
}

func TestTableColumnsShareTheWidth(t *testing.T) {
	column := func(custom string) *tableColumn {
		c := &tableColumn{field: numbersField("n")}
		readLoosely(json.RawMessage(custom), &c.custom)
		return c
	}
	for _, c := range []struct {
		name    string
		customs []string
		width   float64
		want    []float64
		left    int
	}{
		{"equal shares", []string{"", ""}, 600, []float64{300, 300}, 0},
		{"one has its own", []string{`{"width":100}`, "", ""}, 600, []float64{100, 250, 250}, 0},
		{"a least width", []string{`{"minWidth":400}`, ""}, 600, []float64{470, 130}, 0}, // its header needs 400,
		{"narrowed to fit", []string{"", "", ""}, 300, []float64{100, 100, 100}, 0},
		{"cells before headers", []string{`{"minWidth":400}`, "", ""}, 300, []float64{180, 60, 60}, 0},
		{"less than cells need", []string{"", "", "", ""}, 200, []float64{50, 50, 50, 50}, 0},
		{"too many", []string{"", "", ""}, 100, []float64{50, 50}, 1},
		{"none", nil, 100, nil, 0},
	} {
		var columns []*tableColumn
		for _, custom := range c.customs {
			columns = append(columns, column(custom))
		}
		placed, left := placeColumns(columns, c.width, func(c *tableColumn) (cells, header float64) {
			return 60, max(c.custom.MinWidth, 60)
		})
		var got []float64
		total := 0.0
		for _, p := range placed {
			got = append(got, math.Round(p.w))
			total += p.w
		}
		if diff := cmp.Diff(c.want, got); diff != "" || left != c.left || total > c.width+1e-6 {
			t.Errorf("%s: %d left out, %g px: %s", c.name, left, total, diff)
		}
	}
}

func TestTableHidesColumnsAndTakesOldCellModes(t *testing.T) {
	a, b, c := numbersField("a", 1), numbersField("b", 2), numbersField("c", 50)
	a.Config.Custom = json.RawMessage(`{"hidden":true}`)
	b.Config.Custom = json.RawMessage(`{"hideFrom":{"viz":true}}`)
	c.Config.Custom = json.RawMessage(`{"displayMode":"lcd-gauge"}`)
	columns := tableColumns(gridInput("table", "", a, b, c), frame.Frame{Fields: []*frame.Field{a, b, c}})
	if len(columns) != 1 || columns[0].custom.CellOptions != (tableCellOptions{Type: "gauge", Mode: "lcd"}) {
		t.Errorf("got %d columns, the first %+v", len(columns), columns[0].custom)
	}
}

// The reducers of dashboards made before Grafana 12 are options of the panel.
func TestTableFooter(t *testing.T) {
	for options, want := range map[string]string{
		`{"footer":{"show":true,"reducer":["mean"]}}`:               "MEAN|5|",
		`{"footer":{"show":true,"reducer":["sum"],"fields":["x"]}}`: "",
		`{"footer":{"show":false,"reducer":["sum"]}}`:               "",
	} {
		in := gridInput("table", options, textsField("s", "p", "q"), numbersField("n", 4, 6))
		got := strings.Join(written(table(in, 782, 342)), "|") + "|"
		if rows := "s|n|p|4|q|6|"; got != rows+want {
			t.Errorf("%s: got %q", options, got)
		}
	}
}

func TestDataLinks(t *testing.T) {
	rows := frame.Frame{Fields: []*frame.Field{
		timesField(5000), textsField("My route", "/a b&c"), numbersField("n", 0.25),
	}}
	rows.Fields[2].Config.Unit = "percentunit"
	rows.Fields[2].Labels = map[string]string{"job": "x/y"}
	in := gridInput("table", "")
	in.Vars = map[string][]string{"job": {"a", "b&"}, "one": {"1"}}
	scope := linkScope{in: in, frame: rows, field: rows.Fields[2], row: 0, shown: frame.Shown{Text: "25", Suffix: "%"}}
	for url, want := range map[string]string{
		"/d/x?${__url_time_range}":                       "/d/x?from=0&to=120000",
		"/d/x?from=${__from}&to=${__to}":                 "/d/x?from=0&to=120000",
		"/x?t=${__value.text}":                           "/x?t=25%25",
		"/x?t=${__value.raw}&n=${__value.numeric}":       "/x?t=0.25&n=0.25",
		"/x?t=${__value.time}":                           "/x?t=5000",
		`/x?r=${__data.fields["My route"]}`:              "/x?r=%2Fa%20b%26c",
		"/x?r=${__data.fields.My route}":                 "/x?r=%2Fa%20b%26c",
		"/x?r=${__data.fields[1]:raw}":                   "/x?r=/a b&c",
		"/x?n=${__data.fields.n.numeric}":                "/x?n=0.25",
		"/x?f=${__field.name}&j=${__field.labels.job}":   "/x?f=n&j=x%2Fy",
		"/x?${job:queryparam}&${one:queryparam}":         "/x?var-job=a&var-job=b%26&var-one=1",
		"/x?${__all_variables}":                          "/x?var-job=a&var-job=b%26&var-one=1",
		"/x?j=${job}&p=${job:pipe}&c=${job:csv}&o=$one":  "/x?j=%7Ba%2Cb%26%7D&p=a%7Cb%26&c=a%2Cb%26&o=1",
		"/x?j=[[one]]&u=${unknown}&f=${__data.fields.q}": "/x?j=1&u=${unknown}&f=${__data.fields.q}",
		"${__data.fields[99]}":                           "${__data.fields[99]}",
		strings.Repeat("x", linkLimit+1):                 "",
	} {
		if got := scope.fill(url, true); got != want {
			t.Errorf("%s: got %s, want %s", url[:min(len(url), 60)], got, want)
		}
	}
}

func TestFitText(t *testing.T) {
	f := draw.Font{Size: 14}
	for _, c := range []struct {
		text  string
		width float64
		want  string
		cut   bool
	}{
		{"short", 500, "short", false},
		{"two\nlines", 500, "two lines", false},
		{"abcdefghij", f.Width("abcde…"), "abcde…", true},
		{"abc defghij", f.Width("abc …"), "abc…", true},
		{"abc", 0, "", true},
	} {
		if got, cut := fitText(f, c.text, c.width); got != c.want || cut != c.cut {
			t.Errorf("%q in %g px: got %q, %v", c.text, c.width, got, cut)
		}
	}
}

// A cell whose threshold is transparent looks like one without a colour.
func TestTableCellWithoutColour(t *testing.T) {
	n := numbersField("n", 1, 90)
	n.Config = frame.Config{
		Color: frame.Color{Mode: "thresholds"}, Custom: json.RawMessage(`{"cellOptions":{"type":"color-background","mode":"basic"}}`),
		Thresholds: frame.Thresholds{Steps: []frame.Step{{Color: "transparent"}, {Color: "red", Value: new(float64)}}},
	}
	*n.Config.Thresholds.Steps[1].Value = 80
	in := gridInput("table", "", n)
	var fills int
	for _, node := range table(in, 782, 342).nodes {
		if r, ok := node.(*draw.Rect); ok && r.Fill.Color == in.Theme.Color("red") {
			fills++
		}
	}
	if fills != 1 {
		t.Errorf("%d cells are red, not the one above the threshold", fills)
	}
}

func BenchmarkTable10000Rows(b *testing.B) {
	in := bigTable(10_000)
	for b.Loop() {
		table(in, 782, 342)
	}
}
