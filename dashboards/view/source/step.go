package source

import (
	"strings"
	"time"

	promodel "github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

const day = 24 * time.Hour

// ladder are the steps that Grafana asks with.
var ladder = []time.Duration{
	time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 20 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, day, 7 * day, 30 * day, 365 * day,
}

// roundStep goes to the nearest step of the ladder; from half a day on, where
// the steps lie far apart, to the next one below.
func roundStep(d time.Duration) time.Duration {
	for i, next := range ladder[1:] {
		below := ladder[i]
		limit := below + (next-below)/2
		if below >= 12*time.Hour {
			limit = next
		}
		if d < limit {
			return below
		}
	}
	return ladder[len(ladder)-1]
}

// mostPoints is how many samples of a series Prometheus answers at most.
const mostPoints = 11_000

// stepOf is the step of a query: the range over the points worth asking for, on
// the ladder, and at least the least step.
func stepOf(r model.Range, points int, least time.Duration, factor int) time.Duration {
	length := r.To.Sub(r.From)
	step := max(roundStep(length/time.Duration(max(points, 1))), least) * time.Duration(max(factor, 1))
	if tooFine := length / mostPoints; step < tooFine {
		step = roundStep(tooFine)
		if step < tooFine {
			step = tooFine.Truncate(time.Second) + time.Second
		}
	}
	return max(step, time.Millisecond)
}

// rateInterval is what $__rate_interval is: long enough that a rate has two
// samples wherever it is taken.
func rateInterval(step, scrape time.Duration) time.Duration { return max(step+scrape, 4*scrape) }

// align moves a range to whole steps, so that the same samples are asked for
// however the range moves.
func align(r model.Range, step time.Duration) model.Range {
	floor := func(t time.Time) time.Time {
		ms := t.UnixMilli()
		rest := ms % step.Milliseconds()
		if rest < 0 {
			rest += step.Milliseconds()
		}
		return time.UnixMilli(ms - rest).UTC()
	}
	return model.Range{From: floor(r.From), To: floor(r.To), Zone: r.Zone}
}

// parseInterval reads an interval such as 30s or >1m; 0 if it is none.
func parseInterval(text string) time.Duration {
	d, err := promodel.ParseDuration(strings.TrimSpace(strings.TrimLeft(text, "><=")))
	if err != nil {
		return 0
	}
	return time.Duration(d)
}
