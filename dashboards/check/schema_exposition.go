package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// LoadSchema reads the expositions in files and behind URLs.
func LoadSchema(ctx context.Context, targets ...string) (*Schema, error) {
	out := newSchema()
	for _, target := range targets {
		s, err := loadSchema(ctx, target)
		if err != nil {
			return nil, err
		}
		out.merge(s)
	}
	return out, nil
}

// merge takes another exposition's metrics in. Of what both have, a label is
// certain only if it is in both.
func (s *Schema) merge(other *Schema) {
	s.scraped = s.scraped || other.scraped
	for name, f := range other.families {
		if s.families[name] == nil {
			s.families[name] = f
		}
	}
	for name, m := range other.metrics {
		mine := s.metrics[name]
		if mine == nil {
			s.metrics[name] = m
			continue
		}
		mine.series += m.series
		for label, n := range m.labels {
			mine.labels[label] += n
		}
		for bound := range m.bounds {
			mine.bounds[bound] = true
		}
	}
}

func loadSchema(ctx context.Context, target string) (*Schema, error) {
	if !strings.Contains(target, "://") {
		body, err := readMetrics(target)
		if err != nil {
			return nil, err
		}
		s, err := ReadExposition(body, "")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", target, err)
		}
		return s, nil
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, errors.New("the metrics must be a file or a URL such as http://localhost:8080/metrics")
	}
	// Only protobuf carries native histograms, and only OpenMetrics the units.
	req.Header.Set("Accept", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"+
		"application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5")
	return fetchSchema(req, target)
}

func fetchSchema(req *http.Request, target string) (*Schema, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return nil, &UnreachableError{Address: redacted(target), Err: errors.Unwrap(err)}
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &UnreachableError{Address: redacted(target), Err: errors.New(resp.Status)}
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, &UnreachableError{Address: redacted(target), Err: err}
	}
	s, err := ReadExposition(body, resp.Header.Get("Content-Type"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", redacted(target), err)
	}
	return s, nil
}

// ReadExposition reads an exposition in the text, OpenMetrics or delimited
// protobuf format; an empty content type means that the bytes tell.
func ReadExposition(body []byte, kind string) (*Schema, error) {
	if kind == "" {
		kind = contentType(body)
	}
	if len(body) > 0 && body[len(body)-1] != '\n' && !strings.Contains(kind, "protobuf") {
		body = append(body[:len(body):len(body)], '\n')
	}
	parser, err := textparse.New(body, kind, labels.NewSymbolTable(), textparse.ParserOptions{
		KeepClassicOnClassicAndNativeHistograms: true, OpenMetricsSkipSTSeries: true, FallbackContentType: "text/plain",
	})
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	s := newSchema()
	s.scraped = true
	for {
		entry, err := parser.Next()
		switch {
		case errors.Is(err, io.EOF):
			s.addSynthetic()
			return s, nil
		case err != nil:
			return nil, fmt.Errorf("read metrics: %w", err)
		}
		s.entry(parser, entry)
	}
}

func (s *Schema) entry(p textparse.Parser, entry textparse.Entry) {
	switch entry {
	case textparse.EntryType:
		name, kind := p.Type()
		s.family(string(name)).Type = kind
	case textparse.EntryHelp:
		name, help := p.Help()
		s.family(string(name)).Help = string(help)
	case textparse.EntryUnit:
		name, unit := p.Unit()
		s.family(string(name)).Unit = string(unit)
	case textparse.EntrySeries, textparse.EntryHistogram:
		if entry == textparse.EntryHistogram {
			p.Histogram() // only then does the parser go on to the classic buckets beside it
		}
		var set labels.Labels
		p.Labels(&set)
		m := s.add(set.Get(model.MetricNameLabel))
		m.Native = m.Native || entry == textparse.EntryHistogram
		set.Range(func(l labels.Label) {
			m.label(l.Name, l.Value)
			if s.target[l.Name] {
				// The scrape renames it, unless it honours it: both names work.
				m.labels[model.ExportedLabelPrefix+l.Name]++
			}
		})
	}
}

// label counts a label of one series.
func (m *Metric) label(name, value string) {
	switch name {
	case model.MetricNameLabel:
		return
	case model.BucketLabel:
		m.bounds[value] = true
	}
	m.labels[name]++
}
