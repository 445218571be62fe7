package value

import (
	"math"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// duration goes over to a larger or smaller unit of time. The steps, the words
// and where each step ends are those of Grafana 12.4, including that only
// seconds go below themselves and that a year is not the same everywhere.
type duration []struct {
	below     float64 // the step ends there
	per       float64 // of the unit in one of this step's
	one, many string
}

func (d duration) write(v float64, decimals int, _ *time.Location) frame.Shown {
	i := 0
	for i < len(d)-1 && math.Abs(v) >= d[i].below {
		i++
	}
	step := d[i]
	v /= step.per
	suffix := step.one
	if math.Abs(v) > 1 {
		suffix = step.many
	}
	return frame.Shown{Text: fixed(v, decimals), Suffix: suffix}
}

var (
	nanoseconds = duration{
		{1e3, 1, " ns", " ns"}, {1e6, 1e3, " µs", " µs"}, {1e9, 1e6, " ms", " ms"}, {6e10, 1e9, " s", " s"},
		{3.6e12, 6e10, " min", " mins"}, {8.64e13, 3.6e12, " hour", " hours"}, {0, 8.64e13, " day", " days"},
	}
	microseconds = duration{{1e3, 1, " µs", " µs"}, {1e6, 1e3, " ms", " ms"}, {0, 1e6, " s", " s"}}
	milliseconds = duration{
		{1e3, 1, " ms", " ms"}, {6e4, 1e3, " s", " s"}, {3.6e6, 6e4, " min", " mins"},
		{8.64e7, 3.6e6, " hour", " hours"}, {3.1536e10, 8.64e7, " day", " days"}, {0, 3.1536e10, " year", " years"},
	}
	seconds = subSeconds{
		{1e-6, 1e-9, " ns", " ns"}, {1e-3, 1e-6, " µs", " µs"}, {1, 1e-3, " ms", " ms"}, {60, 1, " s", " s"},
		{3600, 60, " min", " mins"}, {86400, 3600, " hour", " hours"}, {604800, 86400, " day", " days"},
		{31536000, 604800, " week", " weeks"}, {0, 3.15569e7, " year", " years"},
	}
	minutes = duration{
		{60, 1, " min", " min"}, {1440, 60, " hour", " hours"}, {10080, 1440, " day", " days"},
		{604800, 10080, " week", " weeks"}, {0, 5.25948e5, " year", " years"},
	}
	hours = duration{
		{24, 1, " hour", " hour"}, {168, 24, " day", " days"}, {8760, 168, " week", " weeks"}, {0, 8760, " year", " years"},
	}
	days = duration{{7, 1, " day", " days"}, {365, 7, " week", " weeks"}, {0, 365, " year", " years"}}
)

// subSeconds is a duration whose zero is "0 s", whatever the decimals.
type subSeconds duration

func (d subSeconds) write(v float64, decimals int, zone *time.Location) frame.Shown {
	if v == 0 {
		return frame.Shown{Text: "0", Suffix: " s"}
	}
	return duration(d).write(v, decimals, zone)
}

// inWords writes "1 hour, 25 minutes": as many units as decimals, and one.
type inWords struct {
	millisecond float64 // in one of the unit
	zero        string
}

var words = [...]struct {
	milliseconds float64
	one, many    string
}{
	{3.1536e10, " year", " years"}, {2.592e9, " month", " months"}, {6.048e8, " week", " weeks"},
	{8.64e7, " day", " days"}, {3.6e6, " hour", " hours"}, {6e4, " minute", " minutes"},
	{1e3, " second", " seconds"}, {1, " millisecond", " milliseconds"},
}

func (f inWords) write(v float64, decimals int, _ *time.Location) frame.Shown {
	switch {
	case math.IsInf(v, 0):
		return frame.Shown{Text: infinite(v)}
	case v == 0:
		return frame.Shown{Text: "0", Suffix: f.zero}
	}
	rest := math.Abs(v) * f.millisecond
	text, left := "", max(decimals, 0)+1
	for _, w := range words {
		n := math.Floor(rest / w.milliseconds)
		if left == 0 || n == 0 && text == "" {
			continue
		}
		rest -= n * w.milliseconds
		if text != "" {
			text += ", "
		}
		text += plain(n)
		if n == 1 {
			text += w.one
		} else {
			text += w.many
		}
		left--
	}
	return ago(v, text)
}

// ago marks a duration that is negative.
func ago(v float64, text string) frame.Shown {
	shown := frame.Shown{Text: text}
	if v < 0 {
		shown.Suffix = " ago"
	}
	return shown
}

// hms writes seconds as 01:02:03, with days before it if wanted.
type hms struct{ days bool }

func (f hms) write(v float64, _ int, _ *time.Location) frame.Shown {
	if math.IsInf(v, 0) {
		return frame.Shown{Text: infinite(v)}
	}
	rest := math.Floor(math.Abs(v))
	text := ""
	if f.days && rest >= 86400 {
		n := math.Floor(rest / 86400)
		text = plain(n) + " d "
		rest -= n * 86400
	}
	hour := math.Floor(rest / 3600)
	text += pad(hour, 2) + ":" + pad(math.Floor(math.Mod(rest, 3600)/60), 2) + ":" + pad(math.Mod(rest, 60), 2)
	return ago(v, text)
}

// pad writes a whole number with leading zeros.
func pad(n float64, width int) string {
	text := plain(n)
	for len(text) < width {
		text = "0" + text
	}
	return text
}

// clock writes 01h:02m:03s:004ms, of which the decimals say how much, and
// nothing before the largest that is not zero.
type clock struct{ millisecond float64 }

func (f clock) write(v float64, decimals int, _ *time.Location) frame.Shown {
	if math.IsInf(v, 0) {
		return frame.Shown{Text: infinite(v)}
	}
	total := math.Floor(math.Abs(v) * f.millisecond)
	parts := [...]string{
		plain(math.Floor(total/3.6e6)) + "h", pad(math.Floor(math.Mod(total, 3.6e6)/6e4), 2) + "m",
		pad(math.Floor(math.Mod(total, 6e4)/1e3), 2) + "s", pad(math.Mod(total, 1e3), 3) + "ms",
	}
	first := 0
	for _, below := range []float64{3.6e6, 6e4, 1e3} {
		if total < below {
			first++
		}
	}
	last := len(parts) - 1
	if decimals != automatic {
		last = min(last, first+decimals)
	}
	text := ""
	if v < 0 && total > 0 {
		text = "-"
	}
	for i := first; i <= last; i++ {
		if i > first {
			text += ":"
		}
		text += parts[i]
	}
	return frame.Shown{Text: text}
}

// centiseconds are SNMP's time ticks.
type centiseconds struct{}

func (centiseconds) write(v float64, decimals int, zone *time.Location) frame.Shown {
	return seconds.write(v/100, decimals, zone)
}
