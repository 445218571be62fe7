package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sample is a value as Prometheus writes it, and when it was.
type sample struct {
	at    time.Time
	value string
}

// ask asks Prometheus itself, and returns the samples of each series. It is the
// truth that pages are compared with, so that nothing of the product is used.
func (p product) ask(t *testing.T, path string, form url.Values) map[string][]sample {
	t.Helper()
	resp, err := http.Get(p.prometheus + "/api/v1/" + path + "?" + form.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer struct {
		Error string
		Data  struct {
			Result []struct {
				Metric map[string]string
				Value  json.RawMessage
				Values []json.RawMessage
			}
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.Error != "" {
		t.Fatalf("Prometheus answers %s: %v %s", resp.Status, err, answer.Error)
	}
	out := map[string][]sample{}
	for _, one := range answer.Data.Result {
		if one.Value != nil {
			one.Values = append(one.Values, one.Value)
		}
		for _, raw := range one.Values {
			out[series(one.Metric)] = append(out[series(one.Metric)], readSample(t, raw))
		}
	}
	return out
}

func readSample(t *testing.T, raw json.RawMessage) sample {
	t.Helper()
	var seconds float64
	var value string
	if err := json.Unmarshal(raw, &[]any{&seconds, &value}); err != nil {
		t.Fatal(err)
	}
	return sample{time.UnixMilli(int64(seconds*1000 + .5)).UTC(), value}
}

// instant asks for the values at one time.
func (p product) instant(t *testing.T, query string, at time.Time) map[string][]sample {
	t.Helper()
	return p.ask(t, "query", url.Values{"query": {query}, "time": {unix(at)}})
}

// over asks for the values of a range.
func (p product) over(t *testing.T, query string, from, to time.Time, step time.Duration) map[string][]sample {
	t.Helper()
	return p.ask(t, "query_range", url.Values{
		"query": {query}, "start": {unix(from)}, "end": {unix(to)}, "step": {strconv.FormatFloat(step.Seconds(), 'f', -1, 64)},
	})
}

// number is the one value that a query has at one time.
func (p product) number(t *testing.T, query string, at time.Time) float64 {
	t.Helper()
	answer := p.instant(t, query, at)
	for _, samples := range answer {
		if n, err := strconv.ParseFloat(samples[0].value, 64); err == nil && len(answer) == 1 {
			return n
		}
	}
	t.Fatalf("%s has not one number but %v", query, answer)
	return 0
}

func unix(t time.Time) string { return strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', -1, 64) }

// series writes a series as PromQL does.
func series(labels map[string]string) string {
	var pairs []string
	for name, value := range labels {
		if name != "__name__" {
			pairs = append(pairs, fmt.Sprintf("%s=%q", name, value))
		}
	}
	slices.Sort(pairs)
	return labels["__name__"] + "{" + strings.Join(pairs, ", ") + "}"
}
