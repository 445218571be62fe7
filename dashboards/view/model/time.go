package model

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// DefaultFrom and DefaultTo are the range of a dashboard that has none.
const (
	DefaultFrom = "now-6h"
	DefaultTo   = "now"
)

// Location is the dashboard's time zone: fallback for "browser" or a zone that
// is not known.
func (b Board) Location(fallback *time.Location) *time.Location {
	switch strings.ToLower(b.Timezone) {
	case "", "browser":
		return fallback
	case "utc":
		return time.UTC
	}
	if zone, err := time.LoadLocation(b.Timezone); err == nil {
		return zone
	}
	return fallback
}

// Range is the dashboard's own time range at a moment, in a zone.
func (b Board) Range(now time.Time, zone *time.Location) (Range, error) {
	return ParseRange(nonempty(b.From, DefaultFrom), nonempty(b.To, DefaultTo), now, zone)
}

// ParseRange reads both ends of a range as [ParseTime] does; an error says what
// is wrong with them.
func ParseRange(from, to string, now time.Time, zone *time.Location) (Range, error) {
	r := Range{Zone: zone}
	var err error
	if r.From, err = ParseTime(from, now, zone, false); err != nil {
		return Range{}, err
	}
	if r.To, err = ParseTime(to, now, zone, true); err != nil {
		return Range{}, err
	}
	if !r.From.Before(r.To) {
		return Range{}, fmt.Errorf("the range from %s to %s is empty", from, to)
	}
	return r, nil
}

// relative matches one step of a relative time: -6h, +1d or /d.
var relative = regexp.MustCompile(`^([-+])(\d{1,9})(ms|[smhdwMyQ])|^/(fy|fQ|[smhdwMyQ])`)

// ParseTime reads a time as Grafana writes them: "now", "now-6h", "now-1d/d",
// milliseconds since 1970, RFC 3339, or "2006-01-02 15:04:05" in the zone. up
// rounds to the end of a unit instead of to its start.
func ParseTime(text string, now time.Time, zone *time.Location, up bool) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	text = strings.TrimSpace(text)
	rest, ok := strings.CutPrefix(text, "now")
	if !ok {
		return absolute(text, zone)
	}
	t := now.In(zone)
	for rest != "" {
		m := relative.FindStringSubmatch(rest)
		if m == nil {
			return time.Time{}, notATime(text)
		}
		if m[4] != "" {
			t = round(t, m[4], up)
		} else {
			n, _ := strconv.Atoi(m[1] + m[2]) // nine digits fit
			t = shift(t, n, m[3])
		}
		rest = rest[len(m[0]):]
	}
	return t, inBounds(t, text)
}

func notATime(text string) error {
	return fmt.Errorf("%q is no time: write now-6h, milliseconds since 1970 or 2006-01-02T15:04:05Z", text)
}

// inBounds keeps times where their milliseconds can be counted and printed.
func inBounds(t time.Time, text string) error {
	if t.Year() < 1 || t.Year() > 9999 {
		return notATime(text)
	}
	return nil
}

func absolute(text string, zone *time.Location) (time.Time, error) {
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
		t := time.UnixMilli(ms).In(zone)
		return t, inBounds(t, text)
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.In(zone), nil
	}
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04", time.DateOnly, "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, notATime(text)
}

func shift(t time.Time, n int, unit string) time.Time {
	switch unit {
	case "ms":
		return t.Add(time.Duration(n) * time.Millisecond)
	case "s":
		return t.Add(time.Duration(n) * time.Second)
	case "m":
		return t.Add(time.Duration(n) * time.Minute)
	case "h":
		return t.Add(time.Duration(min(max(n, -2e6), 2e6)) * time.Hour)
	case "d":
		return t.AddDate(0, 0, n)
	case "w":
		return t.AddDate(0, 0, 7*n)
	case "M":
		return t.AddDate(0, n, 0)
	case "Q":
		return t.AddDate(0, 3*n, 0)
	}
	return t.AddDate(n, 0, 0)
}

// round goes to the start of a unit, or to its last millisecond.
func round(t time.Time, unit string, up bool) time.Time {
	y, m, d := t.Date()
	zone := t.Location()
	var start, next time.Time
	switch unit {
	case "s":
		start = t.Truncate(time.Second)
		next = start.Add(time.Second)
	case "m":
		start = t.Truncate(time.Minute)
		next = start.Add(time.Minute)
	case "h":
		start = time.Date(y, m, d, t.Hour(), 0, 0, 0, zone)
		next = start.Add(time.Hour)
	case "d":
		start = time.Date(y, m, d, 0, 0, 0, 0, zone)
		next = start.AddDate(0, 0, 1)
	case "w":
		start = time.Date(y, m, d-int(t.Weekday()+6)%7, 0, 0, 0, 0, zone)
		next = start.AddDate(0, 0, 7)
	case "M":
		start = time.Date(y, m, 1, 0, 0, 0, 0, zone)
		next = start.AddDate(0, 1, 0)
	case "Q", "fQ":
		start = time.Date(y, m-(m-1)%3, 1, 0, 0, 0, 0, zone)
		next = start.AddDate(0, 3, 0)
	default:
		start = time.Date(y, 1, 1, 0, 0, 0, 0, zone)
		next = start.AddDate(1, 0, 0)
	}
	if up {
		return next.Add(-time.Millisecond)
	}
	return start
}

// Over is the range that a panel shows when the page shows r: its own "relative
// time" and "time shift" change it. What cannot be read changes nothing.
func (p Panel) Over(r Range) Range {
	if p.TimeFrom != "" {
		from := p.TimeFrom
		if !strings.HasPrefix(from, "now") {
			from = "now-" + from
		}
		if t, err := ParseTime(from, r.To, r.Zone, false); err == nil && t.Before(r.To) {
			end := r.To
			if _, unit, rounded := strings.Cut(from, "/"); rounded {
				end, _ = ParseTime("now/"+unit, r.To, r.Zone, true)
			}
			r.From, r.To = t, end
		}
	}
	if p.TimeShift != "" {
		from, err := ParseTime("now-"+p.TimeShift, r.From, r.Zone, false)
		to, err2 := ParseTime("now-"+p.TimeShift, r.To, r.Zone, true)
		if err == nil && err2 == nil && from.Before(to) {
			r.From, r.To = from, to
		}
	}
	return r
}
