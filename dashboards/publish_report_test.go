package main

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/grafana"
)

// TestProgressOnATerminal: one line, rewritten, that never stays between the
// others.
func TestProgressOnATerminal(t *testing.T) {
	var out bytes.Buffer // as a terminal, where both end up
	r := &publishReport{stdout: &out, stderr: &out, live: true}
	r.progress(1, 3)
	r.board(grafana.BoardResult{Title: "A", State: grafana.Created, URL: "u"})
	r.progress(2, 3)
	slog.New(r.retryLog()).Warn("trying again", "in", time.Second, "try", 2, "of", 5, "because", errors.New("GET /x: 503 Service Unavailable"))
	r.progress(3, 3)
	r.note("done")
	want := eraseLine + "1 of 3 boards" + eraseLine +
		"created    A                         u\n" +
		eraseLine + "2 of 3 boards" + eraseLine +
		"trying again in 1s (2 of 5): GET /x: 503 Service Unavailable\n" +
		"done\n"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
	out.Reset()
	r.live = false
	if r.progress(1, 3); out.Len() > 0 {
		t.Errorf("elsewhere it writes %q", out.String())
	}
}

// TestConfirm: only a yes is one.
func TestConfirm(t *testing.T) {
	for answer, want := range map[string]bool{"y\n": true, "YES \n": true, "yes": true, "n\n": false, "\n": false, "": false, "yep\n": false} {
		var out bytes.Buffer
		r := &publishReport{stdin: strings.NewReader(answer), stdout: &out, stderr: &out, ask: true}
		got, err := r.confirm([]grafana.BoardResult{{Title: "Old", URL: "u"}})
		if got != want || err != nil || !strings.Contains(out.String(), "to remove  Old") {
			t.Errorf("%q: %v, %v; %s", answer, got, err, &out)
		}
	}
}
