package check

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// Server is a [Source] behind Prometheus' HTTP API.
type Server struct {
	address string // without credentials
	client  api.Client
	api     v1.API
}

// NewServer takes the address of a Prometheus, such as http://localhost:9090;
// user:password@ in it becomes basic authentication. It does not connect yet.
func NewServer(address string) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("Prometheus' address must look like http://localhost:9090")
	}
	client, err := api.NewClient(api.Config{Address: u.String(), Client: &http.Client{Timeout: 2 * time.Minute}})
	if err != nil {
		return nil, fmt.Errorf("connect to Prometheus: %w", err)
	}
	u.User = nil
	return &Server{address: u.String(), client: client, api: v1.NewAPI(client)}, nil
}

// Close ends idle connections.
func (s *Server) Close() { s.client.(api.CloseIdler).CloseIdleConnections() }

// Range implements [Source].
func (s *Server) Range(ctx context.Context, expr string, from, to time.Time, step time.Duration) ([]Series, error) {
	value, _, _, err := s.api.QueryRange(ctx, expr, v1.Range{Start: from, End: to, Step: step})
	if err != nil {
		return nil, s.explain(err)
	}
	matrix, ok := value.(model.Matrix)
	if !ok {
		return nil, fmt.Errorf("Prometheus answered a %s, not a matrix", value.Type())
	}
	out := make([]Series, len(matrix))
	for i, stream := range matrix {
		out[i] = fromStream(stream)
	}
	return out, nil
}

func fromStream(stream *model.SampleStream) Series {
	s := Series{Labels: map[string]string{}}
	for k, v := range stream.Metric {
		s.Labels[string(k)] = string(v)
	}
	for _, p := range stream.Values {
		s.Points = append(s.Points, Point{p.Timestamp.Time(), float64(p.Value)})
	}
	for _, p := range stream.Histograms {
		s.Points = append(s.Points, Point{p.Timestamp.Time(), float64(p.Histogram.Count)})
	}
	return s
}

// LabelValues implements [Source].
func (s *Server) LabelValues(ctx context.Context, label, selector string, from, to time.Time) ([]string, error) {
	var match []string
	if selector != "" {
		match = []string{selector}
	}
	values, _, _, err := s.api.LabelValues(ctx, label, match, from, to)
	if err != nil {
		return nil, s.explain(err)
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out, nil
}

// ScrapeInterval implements [Source]. It reads the targets' own interval, which
// client_golang's type leaves out.
func (s *Server) ScrapeInterval(ctx context.Context) (time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.client.URL("/api/v1/targets", nil).String()+"?state=active", nil)
	if err != nil {
		return 0, err
	}
	resp, body, err := s.client.Do(ctx, req) //nolint:bodyclose // it was read and closed
	if err != nil {
		return 0, s.explain(err)
	}
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("list targets of %s: %s", s.address, resp.Status)
	}
	return longestInterval(strings.NewReader(string(body)))
}

func longestInterval(body io.Reader) (time.Duration, error) {
	var answer struct {
		Data struct {
			ActiveTargets []struct {
				ScrapeInterval string `json:"scrapeInterval"`
			} `json:"activeTargets"`
		} `json:"data"`
	}
	if err := json.NewDecoder(body).Decode(&answer); err != nil {
		return 0, fmt.Errorf("list targets: %w", err)
	}
	var longest time.Duration
	for _, t := range answer.Data.ActiveTargets {
		d, err := model.ParseDuration(t.ScrapeInterval)
		if err != nil {
			return 0, fmt.Errorf("list targets: scrape interval %q: %w", t.ScrapeInterval, err)
		}
		longest = max(longest, time.Duration(d))
	}
	return longest, nil
}

// explain turns an error of the client into one line. A refused connection
// reads the same whatever was asked.
func (s *Server) explain(err error) error {
	if network, ok := errors.AsType[*url.Error](err); ok {
		return &UnreachableError{Address: s.address, Err: network.Err}
	}
	return err
}
