package loadgen

import (
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/ginsight/ginsight/service/fate"
)

// tally adds the results of a run up while it goes on.
type tally struct {
	seed      uint64
	transport *transport
	start     time.Time

	counts     map[Key]Count
	answered   int64
	failed     int64
	unanswered int64
	lastError  string
}

func newTally(seed uint64, t *transport) *tally {
	return &tally{seed: seed, transport: t, start: time.Now(), counts: map[Key]Count{}}
}

// add counts one result. Vegeta leaves the code at 0 unless the answer was
// received to its end.
func (t *tally) add(result *vegeta.Result) {
	if result.Code == 0 {
		t.unanswered++
		t.lastError = result.Error
		return
	}
	t.answered++
	if result.Code >= 500 {
		t.failed++
	}
	seq := sequence(result)
	route := nth(t.seed, seq).route
	key := Key{Method: result.Method, Route: route.Template(), Status: int(result.Code)}
	count, counted := t.counts[key]
	if !counted {
		count.Delays = Delays{}
	}
	count.Requests++
	count.BytesSent += int64(result.BytesOut)
	count.BytesReceived += int64(result.BytesIn)
	count.Delays[fate.Of(t.seed, route, seq).Delay]++
	t.counts[key] = count
}

func (t *tally) snapshot() Snapshot {
	sent := t.transport.sent.Load()
	return Snapshot{
		Elapsed:    time.Since(t.start),
		Sent:       sent,
		InFlight:   sent - t.answered - t.unanswered,
		Answered:   t.answered,
		Failed:     t.failed,
		Unanswered: t.unanswered,
		LastError:  t.lastError,
	}
}

// report is what there is to say when no request is in flight any more.
func (t *tally) report() Report {
	unreached := t.transport.unreached.Load()
	return Report{
		Counts:    t.counts,
		Unreached: unreached,
		Cut:       t.unanswered - unreached,
		LastError: t.lastError,
		Elapsed:   time.Since(t.start),
	}
}
