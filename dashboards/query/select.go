package query

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Matcher restricts a query to series whose label has a certain value.
type Matcher struct {
	label catalog.Label
	op    string
	value string
}

// Is matches one value exactly. An empty value matches series without the label.
func Is(l catalog.Label, value string) Matcher { return Matcher{l, "=", value} }

// Not matches every other value.
func Not(l catalog.Label, value string) Matcher { return Matcher{l, "!=", value} }

// Matches matches an RE2 expression that covers the whole value.
func Matches(l catalog.Label, re string) Matcher { return Matcher{l, "=~", re} }

// NotMatches is the opposite of [Matches].
func NotMatches(l catalog.Label, re string) Matcher { return Matcher{l, "!~", re} }

// Value asks for what a gauge or an up-down counter shows now.
func Value(m catalog.Instant, where ...Matcher) Expr {
	return selector(m.Instant(), where, "")
}

// ValueAgo is what it showed a while ago.
func ValueAgo(d time.Duration, m catalog.Instant, where ...Matcher) Expr {
	return selector(m.Instant(), where, " offset "+model.Duration(d).String())
}

// Rate is the increase per second over Grafana's $__rate_interval; [Window.Rate]
// takes another.
func Rate(c catalog.Cumulative, where ...Matcher) Expr { return Window{}.Rate(c, where...) }

// Age is the time since a gauge that holds a moment (seconds since the epoch).
func Age(m catalog.Instant, where ...Matcher) Expr {
	return Value(m, where...).wrap(func(p piece) piece { return piece{"time() - " + p.text, true} })
}

// selector writes name{matchers} and what follows it, such as a window, having
// checked that the series can carry every label that is matched.
func selector(s catalog.Series, where []Matcher, suffix string) Expr {
	if s.Name == "" {
		return Expr{err: fmt.Errorf("a metric without a Prometheus name cannot be queried")}
	}
	labels := newLabelSet(slices.Concat(s.Labels, catalog.TargetLabels())...)
	var parts []string
	for _, m := range where {
		if !labels[m.label.Name()] {
			return Expr{err: fmt.Errorf("%s has no label %s, it has %v", s.Name, m.label.Name(), labels.names())}
		}
		parts = append(parts, m.label.Name()+m.op+quote(m.value))
	}
	if len(parts) > 0 {
		suffix = "{" + strings.Join(parts, ",") + "}" + suffix
	}
	return Expr{draw: func(f Form) piece { return piece{text: f.name(s) + suffix} }, labels: labels}
}
