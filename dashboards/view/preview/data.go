package preview

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// pageRows is how many rows of raw data a page gets at once.
const pageRows = 500

// sheet is a piece of the raw data of a picture.
type sheet struct {
	// Names are the series to choose from, Chosen is the one that the rows are of.
	Names  []string `json:"names"`
	Chosen int      `json:"chosen"`
	// Columns and Rows are the table, newest first; the rows start at Offset of Total.
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Offset  int        `json:"offset"`
	Total   int        `json:"total"`
}

// data answers what the source said of a picture, as it said it: no unit, no
// rounding, no transformation.
func (p *Preview) data(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	shown, ok := p.streams.find(q.Get("stream"), q.Get("panel"))
	if !ok {
		http.Error(w, "that picture is not on an open page", http.StatusNotFound)
		return
	}
	chosen := within(q.Get("series"), 0, 1<<20, 0)
	offset := within(q.Get("offset"), 0, 1<<30, 0)
	writeJSON(w, sheetOf(tables(shown.frames), chosen, offset, shown.zone))
}

// tables are the frames as tables of their own. Answers to an instant query have
// one row each and become one table together.
func tables(frames []frame.Frame) []frame.Frame {
	var out []frame.Frame
	moments := frame.Frame{Name: "Values", Fields: []*frame.Field{
		{Name: "Series", Kind: frame.String}, {Name: "Value", Kind: frame.Number},
	}}
	for _, f := range frames {
		value := singleValue(f)
		if value == nil {
			out = append(out, f)
			continue
		}
		moments.Fields[0].Strings = append(moments.Fields[0].Strings, metric(value))
		moments.Fields[1].Numbers = append(moments.Fields[1].Numbers, value.Numbers[0])
	}
	if moments.Fields[0].Len() > 0 {
		out = append([]frame.Frame{moments}, out...)
	}
	return out
}

// singleValue is the one number of an instant answer, nil if it is not one.
func singleValue(f frame.Frame) *frame.Field {
	if !f.Instant || len(f.Fields) != 2 || f.Fields[0].Kind != frame.Time {
		return nil
	}
	if v := f.Fields[1]; v.Kind == frame.Number && len(v.Numbers) == 1 {
		return v
	}
	return nil
}

func sheetOf(list []frame.Frame, chosen, offset int, zone *time.Location) sheet {
	out := sheet{Names: []string{}, Columns: []string{}, Rows: [][]string{}}
	for _, f := range list {
		out.Names = append(out.Names, frameName(f))
	}
	if len(list) == 0 {
		return out
	}
	out.Chosen = min(chosen, len(list)-1)
	f := list[out.Chosen]
	for _, field := range f.Fields {
		out.Columns = append(out.Columns, field.Name)
		out.Total = max(out.Total, field.Len())
	}
	out.Offset = min(offset, out.Total)
	newestFirst := growing(f)
	for i := out.Offset; i < min(out.Offset+pageRows, out.Total); i++ {
		at := i
		if newestFirst {
			at = out.Total - 1 - i
		}
		out.Rows = append(out.Rows, row(f, at, zone))
	}
	return out
}

// growing tells of a series in time, rather than of many at one time.
func growing(f frame.Frame) bool {
	if len(f.Fields) == 0 || f.Fields[0].Kind != frame.Time {
		return false
	}
	times := f.Fields[0].Times
	return len(times) > 1 && times[0] < times[len(times)-1]
}

func row(f frame.Frame, at int, zone *time.Location) []string {
	out := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		out[i] = cell(field, at, zone)
	}
	return out
}

func cell(f *frame.Field, at int, zone *time.Location) string {
	if at >= f.Len() {
		return ""
	}
	switch f.Kind {
	case frame.Time:
		if zone == nil {
			zone = time.UTC
		}
		return time.UnixMilli(f.Times[at]).In(zone).Format("2006-01-02 15:04:05.000")
	case frame.String:
		return f.Strings[at]
	}
	if frame.IsNull(f.Numbers[at]) {
		return ""
	}
	return number(f.Numbers[at])
}

// number writes a number as Prometheus' API does.
func number(v float64) string {
	format := byte('f')
	if abs := math.Abs(v); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.FormatFloat(v, format, -1, 64)
}

func frameName(f frame.Frame) string {
	for _, field := range f.Fields {
		if field.Kind == frame.Number && len(field.Labels) > 0 {
			return metric(field)
		}
	}
	if f.Name != "" {
		return f.Name
	}
	return strings.TrimSpace("Query " + f.RefID)
}

// metric writes a series as PromQL does.
func metric(f *frame.Field) string {
	var pairs []string
	for name, v := range f.Labels {
		if name != "__name__" {
			pairs = append(pairs, name+"="+strconv.Quote(v))
		}
	}
	slices.Sort(pairs)
	name := f.Labels["__name__"]
	if name != "" && len(pairs) == 0 {
		return name
	}
	return name + "{" + strings.Join(pairs, ", ") + "}"
}
