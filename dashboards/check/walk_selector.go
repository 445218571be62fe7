package check

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// selector looks up the metrics of a selector and the labels of its matchers.
func (a *analyzer) selector(s *parser.VectorSelector) facts {
	start, end := int(s.PosRange.Start), int(s.PosRange.End)
	f := a.selected(s, start)
	for _, m := range s.LabelMatchers {
		if m.Name == model.MetricNameLabel {
			continue
		}
		at := a.word(start+len(s.Name), end, m.Name)
		if a.missingLabel(f, m.Name, at, "a matcher") {
			// One message for one mistake: what comes after takes it for real.
			f = f.without()
			f.labels[m.Name] = true
			continue
		}
		if m.Name == model.BucketLabel {
			a.bucket(f, m, at)
			f.fixed = m.Type == labels.MatchEqual || m.Type == labels.MatchRegexp
		}
		f = f.without()
		narrow(f, m)
	}
	return f
}

// narrow notes what a matcher says of the label: only series that have it, or
// only ones that have not.
func narrow(f facts, m *labels.Matcher) {
	switch {
	case m.Type == labels.MatchEqual && m.Value == "":
		delete(f.labels, m.Name)
	case !vague(m.Value) && !m.Matches(""):
		f.labels[m.Name] = true
	}
}

// selected finds the metrics that a selector names.
func (a *analyzer) selected(s *parser.VectorSelector, at int) facts {
	for _, m := range s.LabelMatchers {
		if m.Name != model.MetricNameLabel {
			continue
		}
		switch {
		case vague(m.Value):
			return a.undecidedMetric(at, "the name of the metric depends on a variable")
		case m.Type == labels.MatchEqual:
			return a.named(m.Value, at)
		case m.Type == labels.MatchRegexp:
			return a.patterned(m.Value, at)
		}
	}
	return facts{labels: map[string]bool{}, open: true}
}

func (a *analyzer) named(name string, at int) facts {
	if m := a.schema.metrics[name]; m != nil {
		return a.of(m)
	}
	switch {
	case a.schema.optional[name]:
		return facts{labels: map[string]bool{}, open: true}
	case alertSeries[name]:
		return facts{labels: map[string]bool{"alertname": true, "alertstate": true}, open: true}
	case a.hiddenNative(name):
		f := a.undecidedMetric(at, name+" may be a native histogram, which the text formats do not show: take the exposition as protobuf")
		f.kind = kindNative
		return f
	case a.recordedAlike(name) != "":
		// Another file may have the rule, but hardly one of nearly the same name.
		a.report(ruleMetric, SeverityWarning, at, "there is no rule that records "+name, a.recordedAlike(name), "")
		return facts{labels: map[string]bool{}, open: true}
	case strings.Contains(name, ":"):
		return a.undecidedMetric(at, name+" looks like the result of a recording rule, which an exposition does not have")
	}
	near := nearest(name, a.names)
	a.report(ruleMetric, SeverityError, at, "there is no metric "+name, near, a.hint(name, near != ""))
	return facts{labels: map[string]bool{}, open: true}
}

// hiddenNative tells of histograms without buckets: exported as text, a native
// histogram has only the one that counts everything.
func (a *analyzer) hiddenNative(name string) bool {
	f, buckets := a.schema.families[name], a.schema.metrics[name+"_bucket"]
	return f != nil && f.Type == model.MetricTypeHistogram && buckets != nil && len(buckets.bounds) == 1 && buckets.bounds["+Inf"]
}

// hint says which series a family has whose own name is none, or where else
// the metric may come from if none is called alike.
func (a *analyzer) hint(name string, alike bool) string {
	if f := a.schema.families[name]; f != nil && f.Type == model.MetricTypeHistogram {
		return fmt.Sprintf("it is a classic histogram: its series are %s_bucket, %s_sum and %s_count", name, name, name)
	}
	if alike {
		return ""
	}
	prefix, _, _ := strings.Cut(name, "_")
	for _, other := range a.names {
		if strings.HasPrefix(other, prefix+"_") {
			return ""
		}
	}
	return "no metric begins with " + prefix + "_: is it another exporter's?"
}

func (a *analyzer) patterned(pattern string, at int) facts {
	list := a.schema.matching(pattern)
	if len(list) == 0 {
		a.report(ruleMetric, SeverityError, at, "no metric's name matches "+strconv.Quote(pattern), "", "")
		return facts{labels: map[string]bool{}, open: true}
	}
	out := a.of(list[0])
	for _, m := range list[1:] {
		out.metrics = nil // not copied again and again
		out = anyOf(out, a.of(m))
	}
	out.metrics = list
	return out
}

func (a *analyzer) undecidedMetric(at int, text string) facts {
	a.report(ruleUndecidedMetric, SeverityUndecided, at, text, "", "")
	return facts{labels: map[string]bool{}, open: true}
}

// bucket compares a bound that is asked for with those that exist.
func (a *analyzer) bucket(f facts, m *labels.Matcher, at int) {
	if vague(m.Value) || (m.Type != labels.MatchEqual && m.Type != labels.MatchRegexp) || m.Matches("") {
		return
	}
	var bounds []string
	for _, metric := range f.metrics {
		for b := range metric.bounds {
			if m.Matches(b) || m.Type == labels.MatchEqual && b == otherForm(m.Value) {
				return
			}
			bounds = append(bounds, b)
		}
	}
	if len(bounds) > 0 {
		a.report(ruleBucket, SeverityError, at, fmt.Sprintf("%s has no bucket with le %q", f.subject(), m.Value), closest(m.Value, bounds), "")
	}
}

var wholeNumber = regexp.MustCompile(`^-?\d+(\.0)?$`)

// otherForm is how the other formats write a whole number: "1" in the text
// format is "1.0" in OpenMetrics and in storage since Prometheus 3.
func otherForm(bound string) string {
	if !wholeNumber.MatchString(bound) {
		return bound
	}
	if whole, ok := strings.CutSuffix(bound, ".0"); ok {
		return whole
	}
	return bound + ".0"
}

// closest is the bound next to a number.
func closest(value string, bounds []string) string {
	want, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return ""
	}
	best, distance := "", 0.0
	for _, b := range bounds {
		if v, err := strconv.ParseFloat(b, 64); err == nil && (best == "" || (v-want)*(v-want) < distance) {
			best, distance = b, (v-want)*(v-want)
		}
	}
	return best
}
