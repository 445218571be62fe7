package check

import (
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
)

// nameUnits are the words of metric names that say what is measured.
// https://prometheus.io/docs/practices/naming/#base-units, and what people use
// instead.
var nameUnits = map[string]quantity{
	"seconds": seconds1, "milliseconds": seconds1.times(1e-3), "ms": seconds1.times(1e-3), "microseconds": seconds1.times(1e-6),
	"nanoseconds": seconds1.times(1e-9), "minutes": seconds1.times(60), "hours": seconds1.times(3600), "days": seconds1.times(86400),
	"bytes": bytes1, "bits": bytes1.times(0.125), "kilobytes": bytes1.times(1e3), "megabytes": bytes1.times(1e6), "gigabytes": bytes1.times(1e9),
	"ratio": ratio1, "percent": ratio1.times(0.01), "celsius": {known: true, other: "celsius", scale: 1},
	"volts": {known: true, other: "volts", scale: 1}, "amperes": {known: true, other: "amperes", scale: 1},
	"joules": joules1, "watts": joules1.perSecond(),
	"hertz": hertz1, "meters": {known: true, other: "meters", scale: 1},
	"grams": {known: true, other: "grams", scale: 1},
}

// helpUnits are words of a help text after which a metric without a unit in its
// name may measure anything.
var helpUnits = regexp.MustCompile(`(?i)\b((milli|micro|nano|kilo|mega|giga)?(seconds?|bytes?|bits?)|ms|us|ns|[kmgt]i?b|minutes?|hours?|time|duration|timestamp|ratio|percent\w*|fraction|rate|pages?|load|temperature|whether|size|memory|per second|latency|delay|uptime|age)\b|%`)

// helpCounts begins a help text that says that things are counted.
var helpCounts = regexp.MustCompile(`(?i)^\W*((the|a|current|currently|total|cumulative|maximum|max|minimum|upper|estimated|approximate|absolute|overall|maximal|configured)\s+)*(number|count|amount|nr|no\.|quantity)\s+of\b`)

// quantitiesOf tells what a metric's values measure and, of a histogram, what
// it observes.
func quantitiesOf(m *Metric) (is, observed quantity) {
	family := unitOf(m.Unit, m.Family)
	switch {
	case m.Type == model.MetricTypeHistogram || m.Type == model.MetricTypeSummary || m.Type == model.MetricTypeGaugeHistogram:
		switch {
		case strings.HasSuffix(m.Name, "_sum"):
			return family, family
		case m.Name == m.Family && !m.Native:
			return family, family // a quantile
		}
		return things1, family
	case family.known:
		return family, family
	case m.Type == model.MetricTypeInfo || strings.HasSuffix(m.Name, "_info"):
		return things1, family
	}
	return countOf(m), unknownQuantity
}

// unitOf finds the declared unit, or the one in the name. Two in one name, as
// in bytes_per_second, are beyond it.
func unitOf(unit, name string) quantity {
	if q, ok := nameUnits[unit]; ok {
		return q
	}
	words := strings.Split(name, "_")
	if slices.ContainsFunc(words, func(w string) bool { return speeds[w] }) {
		return unknownQuantity
	}
	found := unknownQuantity
	for i, w := range words {
		q, ok := nameUnits[w]
		switch {
		case !ok || w == "ms" && i < len(words)-1:
		case found.known:
			return unknownQuantity
		default:
			found = q
		}
	}
	return found
}

// speeds are words of names whose unit is meant by the second, or not.
var speeds = toSet("per", "speed", "bandwidth", "throughput", "rate")

// countOf tells whether a metric without a unit counts things: a counter that
// no word of its help makes something else, or a gauge that says so.
func countOf(m *Metric) quantity {
	switch {
	case m.Name == "up" || slices.Contains(strings.Split(m.Name, "_"), "per"):
		return unknownQuantity
	case strings.HasSuffix(m.Name, "_ratio"):
		return ratio1
	case helpCounts.MatchString(m.Help) && !helpUnits.MatchString(helpCounts.ReplaceAllString(m.Help, "")):
		return things1
	case plural(m.Name) && !helpUnits.MatchString(m.Help):
		return things1
	case kindOf(m) == kindCounter && !helpUnits.MatchString(m.Help):
		return things1
	}
	return unknownQuantity
}

// noThings are words that end like a plural and are none, or whose things have a
// size that people multiply with.
var noThings = toSet("status", "process", "address", "progress", "class", "success", "bias", "radius", "axis", "basis", "analysis", "alias",
	"access", "bus", "gas", "loss", "pages", "blocks", "sectors", "blks", "ticks", "jiffies", "clusters", "secs", "mins", "millis",
	"micros", "nanos", "ms", "us", "ns", "usecs", "msecs", "kbs", "mbs", "gbs", "bps", "iops", "ops", "qps", "rps", "degrees", "stats", "previous", "this", "is", "has")

// plural tells whether a name ends in what is counted, as active_requests does.
func plural(name string) bool {
	words := strings.Split(name, "_")
	for len(words) > 1 && (slices.Contains([]string{"total", "limit", "max", "min", "current", "count"}, words[len(words)-1])) {
		words = words[:len(words)-1]
	}
	last := words[len(words)-1]
	return len(words) > 1 && len(last) > 2 && strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") &&
		!noThings[last] && !strings.HasSuffix(strings.ToLower(last), "octets")
}
