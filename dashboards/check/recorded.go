package check

import (
	"maps"
	"strings"

	"github.com/prometheus/common/model"
)

// recorded is what recording rules make under one name. Its facts are found out
// when they are asked for, since rules build on each other in any order.
type recorded struct {
	rules       []*PromRule
	facts       facts
	known, busy bool
	// grouped says that the rules aggregate.
	grouped bool
}

// with is the schema with what the boards' recording rules add to it. A file tells
// better what will be there than a server on which an older one still runs.
func (s *Schema) with(list []Board) *Schema {
	out := s
	for _, b := range list {
		for i := range b.Rules {
			r := &b.Rules[i]
			if r.Alert {
				continue
			}
			if out == s {
				grown := *s
				grown.metrics = maps.Clone(s.metrics)
				out = &grown
			}
			m := out.metrics[r.Name]
			if m == nil || m.recorded == nil {
				m = &Metric{Name: r.Name, Family: r.Name, Type: model.MetricTypeUnknown, bounds: map[string]bool{}, recorded: &recorded{}}
				out.metrics[r.Name] = m
			}
			m.recorded.rules = append(m.recorded.rules, r)
		}
	}
	return out
}

// recorded is what is known of a metric that rules record: what is known of their
// expressions, and the labels that they set.
func (a *analyzer) recorded(m *Metric) facts {
	r := m.recorded
	switch {
	case r.busy: // the rule builds on itself
		return facts{labels: map[string]bool{}, open: true}
	case r.known:
		return r.facts.without()
	}
	r.busy = true
	for i, rule := range r.rules {
		f := a.made(rule)
		if i > 0 {
			f = anyOf(r.facts, f)
		}
		r.facts = f
	}
	for _, source := range r.facts.metrics {
		maps.Copy(m.bounds, source.bounds)
	}
	r.grouped = r.facts.grouped
	r.facts.metrics, r.facts.grouped, r.facts.literal = []*Metric{m}, false, nil
	r.known, r.busy = true, false
	return r.facts.without()
}

// recordedAlike is a name that a rule records and that is nearly the given one, ""
// if that is not one of a rule.
func (a *analyzer) recordedAlike(name string) string {
	near := nearest(name, a.names)
	if m := a.schema.metrics[near]; strings.Contains(name, ":") && m != nil && m.recorded != nil {
		return near
	}
	return ""
}

// made is what a recording rule returns. What is wrong with it is found where the
// rule itself is looked at.
func (a *analyzer) made(rule *PromRule) facts {
	inner := &analyzer{schema: a.schema, names: a.names, board: a.board, masker: newMasker(Board{}), scrape: a.scrape,
		query: query{Target: Target{Expr: rule.Expr}}}
	f, ok := inner.expression(rule.Expr)
	if !ok {
		return facts{labels: map[string]bool{}, open: true}
	}
	f = f.without(model.MetricNameLabel)
	if f.labels == nil {
		f.labels = map[string]bool{}
	}
	for name, value := range rule.Labels {
		if f.labels[name] = true; value == "" {
			delete(f.labels, name)
		}
	}
	return f
}
