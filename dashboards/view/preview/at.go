package preview

import (
	"cmp"
	"encoding/json"
	"fmt"
	"image/color"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

// maxRows bounds a tooltip and the list of current values.
const maxRows = 50

// reading is what a picture shows at one time.
type reading struct {
	// T is the time of the samples, Time how it is written.
	T    int64  `json:"t"`
	Time string `json:"time"`
	Rows []line `json:"rows"`
	// More is how many rows there are besides.
	More int `json:"more"`
}

type line struct {
	Name  string `json:"name"`
	Color string `json:"color"`
	Value string `json:"value"`

	number float64
}

// at answers what a picture shows at a time, for the tooltip.
func (p *Preview) at(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	shown, ok := p.streams.find(q.Get("stream"), q.Get("panel"))
	if !ok || shown.plot == nil {
		http.Error(w, "that picture is not on an open page", http.StatusNotFound)
		return
	}
	t, err := strconv.ParseInt(q.Get("t"), 10, 64)
	if err != nil {
		http.Error(w, "t is a time in milliseconds since 1970", http.StatusBadRequest)
		return
	}
	writeJSON(w, read(shown, t))
}

// read finds the samples that are nearest to a time: of one time for all series.
func read(shown snapshot, t int64) reading {
	plot := shown.plot
	out := reading{T: t, Rows: []line{}}
	if nearest, ok := nearestTime(plot.Series, t); ok {
		out.T = nearest
	}
	for _, s := range plot.Series {
		i, found := slices.BinarySearch(s.Times, out.T)
		if !found || i >= len(s.Values) || frame.IsNull(s.Values[i]) {
			continue
		}
		v := s.Values[i]
		out.Rows = append(out.Rows, line{s.Name, hex(s.Color), show(s, v), v})
	}
	sortLines(out.Rows, shown.sort)
	if len(out.Rows) > maxRows {
		out.More = len(out.Rows) - maxRows
		out.Rows = out.Rows[:maxRows]
	}
	zone := shown.zone
	if zone == nil {
		zone = time.UTC
	}
	out.Time = time.UnixMilli(out.T).In(zone).Format("2006-01-02 15:04:05")
	return out
}

func show(s panel.Series, v float64) string {
	if s.Show == nil {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return s.Show(v)
}

func nearestTime(series []panel.Series, t int64) (best int64, ok bool) {
	for _, s := range series {
		i, _ := slices.BinarySearch(s.Times, t)
		for _, candidate := range s.Times[max(i-1, 0):min(i+1, len(s.Times))] {
			if !ok || distance(candidate, t) < distance(best, t) {
				best, ok = candidate, true
			}
		}
	}
	return best, ok
}

func distance(a, b int64) int64 { return max(a-b, b-a) }

// sortLines orders by value; without a word for it the order is the legend's.
func sortLines(lines []line, how string) {
	switch how {
	case "asc":
		slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.number, b.number) })
	case "desc":
		slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(b.number, a.number) })
	}
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// current lists the last value of each field, as the panel writes it.
func current(frames []frame.Frame, j job) [][2]string {
	out := [][2]string{}
	for _, f := range frames {
		for _, field := range f.Fields {
			if field.Kind != frame.Number || f.Exemplars {
				continue
			}
			if len(out) == maxRows {
				return out
			}
			v := lastNumber(field.Numbers)
			text := "No data"
			if !frame.IsNull(v) {
				text = value.For(field, j.theme, j.rng.Zone).Number(v).String()
			}
			out = append(out, [2]string{cmp.Or(field.Title, field.Name), text})
		}
	}
	return out
}

func lastNumber(numbers []float64) float64 {
	for _, v := range slices.Backward(numbers) {
		if !frame.IsNull(v) && !math.IsNaN(v) {
			return v
		}
	}
	return frame.Null
}

func writeJSON(w http.ResponseWriter, content any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(content) // who asked may be gone
}
