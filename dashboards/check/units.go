package check

import (
	"fmt"
	"strings"
)

// unitClaims are what Grafana's units say of a value. Units that are not here,
// such as "short", say nothing.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts
var unitClaims = map[string]quantity{
	"ns": seconds1.times(1e-9), "µs": seconds1.times(1e-6), "ms": seconds1.times(1e-3), "s": seconds1, "m": seconds1.times(60),
	"h": seconds1.times(3600), "d": seconds1.times(86400), "dtdurationms": seconds1.times(1e-3), "dtdurations": seconds1,
	"dthms": seconds1, "dtdhms": seconds1, "clockms": seconds1.times(1e-3), "clocks": seconds1,
	"dateTimeAsIso": seconds1.times(1e-3), "dateTimeAsIsoNoDateIfToday": seconds1.times(1e-3), "dateTimeAsUS": seconds1.times(1e-3),
	"dateTimeAsUSNoDateIfToday": seconds1.times(1e-3), "dateTimeAsLocal": seconds1.times(1e-3), "dateTimeFromNow": seconds1.times(1e-3),
	"bits": bytes1.times(0.125), "bytes": bytes1, "kbytes": bytes1.times(1024), "mbytes": bytes1.times(1 << 20), "gbytes": bytes1.times(1 << 30),
	"decbits": bytes1.times(0.125), "decbytes": bytes1, "deckbytes": bytes1.times(1e3), "decmbytes": bytes1.times(1e6), "decgbytes": bytes1.times(1e9),
	"Bps": bytes1.perSecond(), "binBps": bytes1.perSecond(), "bps": bytes1.times(0.125).perSecond(), "binbps": bytes1.times(0.125).perSecond(),
	"KBs": bytes1.times(1e3).perSecond(), "KiBs": bytes1.times(1024).perSecond(), "Kbits": bytes1.times(125).perSecond(), "Kibits": bytes1.times(128).perSecond(),
	"MBs": bytes1.times(1e6).perSecond(), "MiBs": bytes1.times(1 << 20).perSecond(), "Mbits": bytes1.times(125e3).perSecond(),
	"GBs": bytes1.times(1e9).perSecond(), "GiBs": bytes1.times(1 << 30).perSecond(), "Gbits": bytes1.times(125e6).perSecond(),
	"percent": ratio1.times(0.01), "percentunit": ratio1,
	"cps": things1.perSecond(), "ops": things1.perSecond(), "reqps": things1.perSecond(), "rps": things1.perSecond(), "wps": things1.perSecond(),
	"iops": things1.perSecond(), "eps": things1.perSecond(), "mps": things1.perSecond(), "recps": things1.perSecond(), "rowsps": things1.perSecond(), "pps": things1.perSecond(),
	"cpm": things1.perSecond().times(1. / 60), "opm": things1.perSecond().times(1. / 60), "reqpm": things1.perSecond().times(1. / 60),
	"rpm": things1.perSecond().times(1. / 60), "wpm": things1.perSecond().times(1. / 60),
	"celsius": {known: true, other: "celsius", scale: 1}, "volt": {known: true, other: "volts", scale: 1}, "amp": {known: true, other: "amperes", scale: 1},
	"watt": joules1.perSecond(), "joule": joules1, "hertz": hertz1,
}

// ruleUnit compares the unit that a panel shows with what the query measures. A
// heatmap has two: of its buckets' bounds and of the values in its cells.
func (a *analyzer) ruleUnit(f facts) {
	if f.literal != nil || len(f.metrics) == 0 {
		return
	}
	switch {
	case a.query.panel.Type == "heatmap":
		if f.kind.histogram() {
			a.compareUnit(f, a.query.Unit, f.observed)
			a.compareUnit(f, a.query.panel.cellUnit, f.is)
		}
	case a.query.Format != "heatmap":
		a.compareUnit(f, a.query.Unit, f.is)
	}
}

func (a *analyzer) compareUnit(f facts, unit string, is quantity) {
	claim, ok := unitClaims[unit]
	if !ok {
		return
	}
	rule, severity, fix := judge(claim, is)
	if rule == "" {
		return
	}
	text := fmt.Sprintf("the unit is %s, and the query measures %s", unit, is)
	if rule == ruleUndecidedUnit {
		text = fmt.Sprintf("nothing shows whether the unit %s fits %s", unit, f.subject())
	}
	found := a.finding(rule, severity, text)
	found.Fix = fix
	a.found = append(a.found, found)
}

// judge finds what is wrong with a unit, "" for nothing.
func judge(claim, is quantity) (rule string, severity Severity, fix string) {
	switch {
	case is.zero:
		return "", 0, ""
	case !is.known:
		return ruleUndecidedUnit, SeverityUndecided, ""
	case claim.data == is.data && claim.other == is.other && claim.time != is.time && (is.data != 0 || claim.counted && is.things > 0):
		return amountOrRate(claim, is)
	case claim.time == 1 && claim.data == 0 && is.share && is.scale == claim.scale:
		return ruleUnitRate, SeverityWarning, "a rate of seconds is a share of time: use percentunit, or divide by a count for a mean"
	case !claim.same(is):
		return ruleUnit, SeverityError, suggestion(is)
	case claim.dimensionless() && is.things > 0:
		return ruleUnit, SeverityError, suggestion(is)
	case !sameScale(claim.scale, is.scale):
		return ruleUnitScale, SeverityError, suggestion(is)
	}
	return "", 0, ""
}

// amountOrRate tells a rate that is shown as an amount from an amount that is shown
// as a rate.
func amountOrRate(claim, is quantity) (string, Severity, string) {
	if is.time == claim.time-1 {
		return ruleUnitRate, SeverityWarning, suggestion(is)
	}
	return ruleUnit, SeverityError, suggestion(is)
}

// suggestion names the unit that fits.
func suggestion(is quantity) string {
	for _, unit := range []string{"s", "ms", "ns", "bytes", "binBps", "bits", "bps", "percentunit", "percent", "ops", "celsius", "volt", "amp", "watt", "joule", "hertz"} {
		c := unitClaims[unit]
		if c.same(is) && c.scale == is.scale && (c.things == is.things || c.time == 1 || c.data == 1) {
			return "use " + unit
		}
	}
	if is.dimensionless() {
		return "use short"
	}
	return ""
}

// String is the quantity in words, such as "bytes per second".
func (q quantity) String() string {
	if !q.known {
		return "something unknown"
	}
	var over, under []string
	add := func(power int, one, many string) {
		switch {
		case power > 0:
			over = append(over, many)
		case power < 0:
			under = append(under, one)
		}
	}
	add(q.data, q.prefix("byte", q.data), q.prefix("bytes", q.data))
	add(q.things, "item", "a number")
	if q.data != 0 || q.things != 0 {
		add(q.time, "second", "seconds")
	} else {
		add(q.time, q.prefix("second", q.time), q.prefix("seconds", q.time))
	}
	if q.other != "" {
		over = append(over, q.other)
	}
	if len(over) == 0 {
		over = append(over, q.number())
	}
	return strings.Join(append([]string{strings.Join(over, " × ")}, under...), " per ")
}

// number is a number without a unit.
func (q quantity) number() string {
	switch {
	case q.time != 0 || q.data != 0:
		return "1"
	case sameScale(q.scale, 0.01) && q.scale != 0:
		return "percent"
	}
	return "a ratio"
}

// prefix writes the scale in front of a unit.
func (q quantity) prefix(unit string, power int) string {
	if power != 1 {
		return unit
	}
	for _, p := range []struct {
		scale float64
		name  string
	}{{1e-9, "nano"}, {1e-6, "micro"}, {1e-3, "milli"}, {1e3, "kilo"}, {1e6, "mega"}, {1e9, "giga"}} {
		if q.scale != 0 && sameScale(q.scale, p.scale) {
			return p.name + unit
		}
	}
	if q.scale != 0 && sameScale(q.scale, 0.125) {
		return strings.Replace(unit, "byte", "bit", 1)
	}
	return unit
}
