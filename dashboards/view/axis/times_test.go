package axis_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones must not depend on the machine

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
)

func labels(ticks []axis.Tick) []string {
	var out []string
	for _, t := range ticks {
		out = append(out, t.Label)
	}
	return out
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestTimesOfZones(t *testing.T) {
	for _, c := range []struct {
		name, zone, from string
		span             time.Duration
		width            float64
		want             []string
	}{
		{
			"half an hour beside UTC", "Asia/Kolkata", "2026-01-01T00:00:00Z", 6 * time.Hour, 321,
			[]string{"06:00", "07:00", "08:00", "09:00", "10:00", "11:00"},
		},
		{
			"the clock is put forward", "Europe/Berlin", "2026-03-28T23:00:00Z", 20 * time.Hour, 321,
			[]string{"00:00", "04:00", "08:00", "12:00", "16:00", "20:00"},
		},
		{
			"the clock is put back", "Europe/Berlin", "2026-10-24T22:00:00Z", 20 * time.Hour, 321,
			[]string{"00:00", "04:00", "08:00", "12:00", "16:00"},
		},
		{
			"midnights", "America/New_York", "2026-03-06T12:00:00Z", 4 * 24 * time.Hour, 400,
			[]string{"03/07 00:00", "03/08 00:00", "03/09 00:00", "03/10 00:00"},
		},
		{
			"quarters", "UTC", "2026-02-10T12:00:00Z", 400 * 24 * time.Hour, 321,
			[]string{"2026-04", "2026-07", "2026-10", "2027-01"},
		},
		{
			"years", "UTC", "2001-02-10T12:00:00Z", 25 * 365 * 24 * time.Hour, 300,
			[]string{"2005", "2010", "2015", "2020", "2025"},
		},
		{
			"milliseconds", "UTC", "2026-01-01T00:00:00.005Z", 300 * time.Millisecond, 300,
			[]string{"00:00:00.100", "00:00:00.200", "00:00:00.300"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, err := time.Parse(time.RFC3339, c.from)
			if err != nil {
				t.Fatal(err)
			}
			got := axis.Times(from, from.Add(c.span), zone(t, c.zone), c.width, draw.Font{Size: 12}.Width)
			if diff := cmp.Diff(c.want, labels(got)); diff != "" {
				t.Errorf("labels (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTimesOfNothing(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	wide := func(string) float64 { return 50 }
	for name, got := range map[string][]axis.Tick{
		"no time":       axis.Times(now, now, nil, 100, wide),
		"backwards":     axis.Times(now, now.Add(-time.Hour), nil, 100, wide),
		"no width":      axis.Times(now, now.Add(time.Hour), nil, 0, wide),
		"too much time": axis.Times(time.Unix(-1<<60, 0), time.Unix(1<<60, 0), nil, 100, wide),
	} {
		if got != nil {
			t.Errorf("%s has ticks: %v", name, got)
		}
	}
}
