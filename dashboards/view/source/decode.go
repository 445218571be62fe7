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
var errAnswer = errors.New("Prometheus' answer is not understood")

// readSeries reads each type of result as series. With a [WarningError] it has
// them too.
func readSeries(body []byte) ([]stream, error) {
	var data struct {
		ResultType string   `json:"resultType"`
		Result     []stream `json:"result"`
	}
	short, lists, err := cut(body)
	if err != nil {
		return nil, err
	}
	a := answer{Data: &data}
	if err := json.Unmarshal(short, &a); err != nil && data.ResultType != "scalar" && data.ResultType != "string" {
		return nil, fmt.Errorf("%w: %w", errAnswer, err)
	}
	switch data.ResultType {
	case "matrix", "vector":
		for i := range data.Result {
			if !data.Result[i].flatten(lists) {
				return nil, errAnswer
			}
		}
		return data.Result, a.warned()
	case "scalar":
		var scalar struct{ Result sample }
		err = decode(body, &scalar)
		return []stream{{Values: samples{times: []int64{scalar.Result.time}, values: []float64{scalar.Result.value}}}}, err
	case "":
		return nil, errAnswer
	}
	return nil, fmt.Errorf("a result of the type %q is no series", data.ResultType)
}

// cut takes the lists of samples, which are nearly all of an answer, out of it
// and leaves their numbers in their place: encoding/json would look at every
// byte of them twice before they are read. The key followed by a colon cannot
// stand within a string, whose quotation marks are escaped.
func cut(body []byte) (short []byte, lists []samples, err error) {
	const key = `"values":`
	for {
		at := bytes.Index(body, []byte(key+"[["))
		if at < 0 {
			return append(short, body...), lists, nil
		}
		start := at + len(key)
		end := bytes.Index(body[start:], []byte("]]"))
		if end < 0 {
			return nil, nil, errAnswer
		}
		end += start + len("]]")
		var list samples
		if err := list.UnmarshalJSON(body[start:end]); err != nil {
			return nil, nil, err
		}
		short = strconv.AppendInt(append(short, body[:start]...), int64(len(lists)), 10)
		lists = append(lists, list)
		body = body[end:]
	}
}

// flatten puts the samples in that were cut out, and makes the one of an instant
// vector a list; false if there are none like that.
func (s *stream) flatten(lists []samples) bool {
	switch {
	case s.Value != nil:
		s.Values = samples{times: []int64{s.Value.time}, values: []float64{s.Value.value}}
	case s.Values.elsewhere && s.Values.place >= len(lists):
		return false
	case s.Values.elsewhere:
		s.Values = lists[s.Values.place]
	}
	if s.Histogram != nil {
		s.Histograms = []point[histogram]{*s.Histogram}
	}
	return true
}

// samples are [[seconds, "value"], ...].
type samples struct {
	times  []int64 // milliseconds
	values []float64
	// elsewhere tells that they were cut out, and place where they are.
	elsewhere bool
	place     int
}

func (s *samples) UnmarshalJSON(raw []byte) error {
	if raw[0] != '[' {
		n, err := strconv.ParseUint(string(raw), 10, 31)
		if err != nil {
			return errAnswer
		}
		s.elsewhere, s.place = true, int(n)
		return nil
	}
	n := bytes.Count(raw, []byte{'['}) - 1
	s.times, s.values = make([]int64, 0, n), make([]float64, 0, n)
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
