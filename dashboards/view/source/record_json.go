package source

import (
	"encoding/json"
	"errors"
	"strconv"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// How frames stand in a recording: short, exact, and readable in a diff.

type frameJSON struct {
	RefID     string      `json:"refId,omitempty"`
	Name      string      `json:"name,omitempty"`
	Instant   bool        `json:"instant,omitempty"`
	Heatmap   bool        `json:"heatmap,omitempty"`
	Exemplars bool        `json:"exemplars,omitempty"`
	Expr      string      `json:"expr,omitempty"`
	Fields    []fieldJSON `json:"fields"`
}

type fieldJSON struct {
	Name   string            `json:"name"`
	Kind   frame.Kind        `json:"kind"`
	Labels map[string]string `json:"labels,omitempty"`
	// Legend is what the query calls the field.
	Legend string `json:"legend,omitempty"`
	// Times are [first, step, count, ...]: runs of times with equal distances.
	Times   []int64  `json:"times,omitempty"`
	Numbers numbers  `json:"numbers,omitempty"`
	Strings []string `json:"strings,omitempty"`
}

// MarshalJSON writes a reply.
func (r reply) MarshalJSON() ([]byte, error) {
	out := struct {
		Frames []frameJSON `json:"frames"`
		Err    string      `json:"error,omitempty"`
	}{Frames: []frameJSON{}, Err: r.Err}
	for _, f := range r.Frames {
		j := frameJSON{RefID: f.RefID, Name: f.Name, Instant: f.Instant, Heatmap: f.Heatmap, Exemplars: f.Exemplars, Expr: f.Expr}
		for _, field := range f.Fields {
			j.Fields = append(j.Fields, fieldJSON{
				Name: field.Name, Kind: field.Kind, Labels: field.Labels, Legend: field.Config.DisplayNameFromDS,
				Times: pack(field.Times), Numbers: field.Numbers, Strings: field.Strings,
			})
		}
		out.Frames = append(out.Frames, j)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads a reply.
func (r *reply) UnmarshalJSON(raw []byte) error {
	var in struct {
		Frames []frameJSON `json:"frames"`
		Err    string      `json:"error"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	r.Err = in.Err
	for _, j := range in.Frames {
		f := frame.Frame{RefID: j.RefID, Name: j.Name, Instant: j.Instant, Heatmap: j.Heatmap, Exemplars: j.Exemplars, Expr: j.Expr}
		for _, one := range j.Fields {
			times, err := unpack(one.Times)
			if err != nil {
				return err
			}
			field := &frame.Field{Name: one.Name, Kind: one.Kind, Labels: one.Labels, Times: times, Numbers: one.Numbers, Strings: one.Strings}
			field.Config.DisplayNameFromDS = one.Legend
			f.Fields = append(f.Fields, field)
		}
		if !even(f) {
			return errors.New("the columns of a table in it differ in length")
		}
		r.Frames = append(r.Frames, f)
	}
	return nil
}

// even tells whether all fields of a frame have the same length.
func even(f frame.Frame) bool {
	for _, field := range f.Fields {
		if field.Len() != f.Len() || field.Kind > frame.Bool {
			return false
		}
	}
	return true
}

// pack writes times as runs.
func pack(times []int64) []int64 {
	var out []int64
	for i := 0; i < len(times); {
		n, step := 1, int64(0)
		if i+1 < len(times) {
			step = times[i+1] - times[i]
			for n = 2; i+n < len(times) && times[i+n]-times[i+n-1] == step; n++ {
			}
		}
		out = append(out, times[i], step, int64(n))
		i += n
	}
	return out
}

// mostTimes is how many times a field of a recording may have.
const mostTimes = 1_000_000

func unpack(runs []int64) ([]int64, error) {
	var out []int64
	for ; len(runs) >= 3; runs = runs[3:] {
		if n := runs[2]; n < 0 || n > int64(mostTimes-len(out)) {
			return nil, errors.New("there are more times in it than can be")
		}
		for i := range runs[2] {
			out = append(out, runs[0]+i*runs[1])
		}
	}
	if len(runs) > 0 {
		return nil, errors.New("a run of times in it is cut off")
	}
	return out, nil
}

// numbers are written with null for what is absent, and as texts where JSON has
// no number.
type numbers []float64

// MarshalJSON writes the numbers.
func (n numbers) MarshalJSON() ([]byte, error) {
	out := []byte{'['}
	for i, v := range n {
		if i > 0 {
			out = append(out, ',')
		}
		switch {
		case frame.IsNull(v):
			out = append(out, "null"...)
		case v != v || v-v != 0: // NaN or an infinity
			out = strconv.AppendQuote(out, strconv.FormatFloat(v, 'g', -1, 64))
		default:
			out = strconv.AppendFloat(out, v, 'g', -1, 64)
		}
	}
	return append(out, ']'), nil
}

// UnmarshalJSON reads the numbers.
func (n *numbers) UnmarshalJSON(raw []byte) error {
	var list []*decimal
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	*n = make(numbers, len(list))
	for i, v := range list {
		(*n)[i] = frame.Null
		if v != nil {
			(*n)[i] = float64(*v)
		}
	}
	return nil
}
