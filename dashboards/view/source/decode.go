package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
)

// stream is one series; an instant vector has one sample in each.
type stream struct {
	Metric     map[string]string  `json:"metric"`
	Values     samples            `json:"values"`
	Histograms []point[histogram] `json:"histograms"`
	Value      *sample            `json:"value"`
	Histogram  *point[histogram]  `json:"histogram"`
}

// errAnswer says that there is no Prometheus, or a broken one, behind an address.
var errAnswer = errors.New("Prometheus' answer is not understood") //nolint:staticcheck // a name

// readSeries reads each type of result as series.
func readSeries(body []byte) ([]stream, error) {
	var data struct {
		ResultType string   `json:"resultType"`
		Result     []stream `json:"result"`
	}
	err := decode(body, &data)
	switch data.ResultType {
	case "matrix", "vector":
		for i := range data.Result {
			data.Result[i].flatten()
		}
		return data.Result, err
	case "scalar":
		var scalar struct{ Result sample }
		err = decode(body, &scalar)
		return []stream{{Values: samples{[]int64{scalar.Result.time}, []float64{scalar.Result.value}}}}, err
	case "":
		return nil, errAnswer
	}
	return nil, fmt.Errorf("a result of the type %q is no series", data.ResultType)
}

// flatten makes a sample of an instant vector a list of one.
func (s *stream) flatten() {
	if s.Value != nil {
		s.Values = samples{times: []int64{s.Value.time}, values: []float64{s.Value.value}}
	}
	if s.Histogram != nil {
		s.Histograms = []point[histogram]{*s.Histogram}
	}
}

// samples are [[seconds, "value"], ...]. They are nearly all of an answer, so
// that they are read without building a value for each.
type samples struct {
	times  []int64 // milliseconds
	values []float64
}

func (s *samples) UnmarshalJSON(raw []byte) error {
	n := bytes.Count(raw, []byte{'['}) - 1
	s.times, s.values = make([]int64, 0, max(n, 0)), make([]float64, 0, max(n, 0))
	for rest := raw; ; {
		open := bytes.IndexByte(rest[1:], '[')
		if open < 0 {
			return nil
		}
		rest = rest[1+open:]
		end := bytes.IndexByte(rest, ']')
		if end < 0 {
			return errAnswer
		}
		var one sample
		if err := one.UnmarshalJSON(rest[:end+1]); err != nil {
			return err
		}
		s.times, s.values = append(s.times, one.time), append(s.values, one.value)
		rest = rest[end:]
	}
}

// sample is [seconds, "value"].
type sample struct {
	time  int64 // milliseconds
	value float64
}

func (s *sample) UnmarshalJSON(raw []byte) error {
	comma := bytes.IndexByte(raw, ',')
	if comma < 1 || len(raw) < comma+2 {
		return errAnswer
	}
	var err error
	if s.time, err = millis(bytes.TrimSpace(raw[1:comma])); err != nil {
		return err
	}
	text := bytes.Trim(raw[comma+1:len(raw)-1], " \n\t\r\"")
	if s.value, err = strconv.ParseFloat(string(text), 64); err != nil && !errors.Is(err, strconv.ErrRange) {
		return errAnswer
	}
	return nil
}

// millis reads seconds since 1970.
func millis(raw []byte) (int64, error) {
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.Abs(v) > 1e15 {
		return 0, errAnswer
	}
	return int64(math.Round(v * 1000)), nil
}

// point is [seconds, {...}].
type point[T any] struct {
	time  int64
	value T
}

func (p *point[T]) UnmarshalJSON(raw []byte) error {
	var pair []json.RawMessage
	if err := json.Unmarshal(raw, &pair); err != nil || len(pair) != 2 {
		return errAnswer
	}
	var err error
	if p.time, err = millis(pair[0]); err != nil {
		return err
	}
	return json.Unmarshal(pair[1], &p.value)
}

// histogram is a sample of a native histogram.
type histogram struct {
	Count   decimal  `json:"count"`
	Sum     decimal  `json:"sum"`
	Buckets []bucket `json:"buckets"`
}

// decimal is a number written as a text.
type decimal float64

func (d *decimal) UnmarshalJSON(raw []byte) error {
	v, err := strconv.ParseFloat(string(bytes.Trim(raw, `"`)), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return errAnswer
	}
	*d = decimal(v)
	return nil
}

// bucket is [which ends belong to it, "lower", "upper", "count"].
type bucket struct{ lower, upper, count float64 }

func (b *bucket) UnmarshalJSON(raw []byte) error {
	var parts []decimal
	if err := json.Unmarshal(raw, &parts); err != nil || len(parts) != 4 {
		return errAnswer
	}
	*b = bucket{float64(parts[1]), float64(parts[2]), float64(parts[3])}
	return nil
}
