package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/ginsight/ginsight/provisioning/prometheus"
	"github.com/ginsight/ginsight/service/loadgen"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// announce says what runs where and what to do next.
func announce(out io.Writer, s *stack) {
	service, server := "http://"+s.service.Addr(), s.server.URL()
	data := s.server.DataDir()
	if s.opts.dataDir == "" {
		data += " (removed at the end)"
	}
	fmt.Fprintln(out, "A Gin service, Prometheus, traffic and the dashboards, in this one process:")
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, line := range [][2]string{
		{"dashboards", s.viewer.URL()},
		{"service", service + "/api/orders"},
		{"its metrics", service + "/metrics"},
		{"Prometheus", server},
		{"its API", server + "/api/v1/query?query=up"},
		{"its data", data},
		{"scrapes", "every " + scrapeInterval.String()},
		{"traffic", strconv.Itoa(s.opts.rate) + " requests/s"},
	} {
		fmt.Fprintf(w, "  %s\t%s\n", line[0], line[1])
	}
	w.Flush() //nolint:errcheck // nobody is there to read it
	fmt.Fprintln(out)
	fmt.Fprintln(out, "Next, in another terminal:")
	fmt.Fprintf(out, "  go run ./dashboards check --prometheus %s\n", server)
	fmt.Fprintln(out, "Ctrl-C ends it all.")
	fmt.Fprintln(out)
}

// watch shows the progress until the time is over or ctx is done.
func (s *stack) watch(ctx context.Context) {
	if s.opts.duration > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.opts.duration)
		defer cancel()
	}
	tick := time.NewTicker(s.screen.every())
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			s.screen.end()
			return
		case <-tick.C:
			// The end may come while Prometheus is being asked.
			if line := s.progress(ctx); ctx.Err() == nil {
				s.screen.progress(line)
			}
		}
	}
}

// progress is the state of things in one line.
func (s *stack) progress(ctx context.Context) string {
	load := s.load.Load()
	if load == nil {
		load = &loadgen.Snapshot{}
	}
	line := fmt.Sprintf("%4s  %d requests, %d meant to fail, %d in flight",
		load.Elapsed.Round(time.Second), load.Answered, load.Failed, load.InFlight)
	if load.Unanswered > 0 {
		line += fmt.Sprintf(", %d UNANSWERED (%s)", load.Unanswered, load.LastError)
	}
	window := fmt.Sprintf("[%dms]", max(time.Since(s.started), scrapeInterval).Milliseconds())
	scrapes, err := s.ask.number(ctx, "sum(count_over_time(up"+window+"))")
	if err != nil {
		return line
	}
	series, err := s.ask.number(ctx, "sum(prometheus_tsdb_head_series)")
	if err != nil {
		return line
	}
	return line + fmt.Sprintf("; %.0f scrapes, %.0f series", scrapes, series)
}

// requestsCounted is how many requests Prometheus knows of, in whichever form it
// stores them. There is no series before the first one.
func requestsCounted() string {
	count := catalog.RequestDuration.Count().Cumulative()
	return fmt.Sprintf("sum(%s{job=%[4]q} or %[2]s(%[3]s{job=%[4]q})) or vector(0)", count.Name, count.Native.Function, count.Native.Family, prometheus.ServiceJob)
}

// settle waits for a scrape that began after the traffic ended: a pull sees
// nothing of what happens after the last one. Then it says whether the figures
// agree. It goes on after Ctrl-C, since it is part of the end.
func (s *stack) settle() error {
	ctx := context.Background()
	after := fmt.Sprintf("timestamp(up{job=%q}) > %.3f", prometheus.ServiceJob, float64(time.Now().UnixMilli())/1000)
	if err := s.ask.until(ctx, patience, after); err != nil {
		return failed{fmt.Errorf("wait for the last scrape: %w", err)}
	}
	counted, err := s.ask.number(ctx, requestsCounted())
	if err != nil {
		return failed{err}
	}
	s.screen.say("%d requests were answered, Prometheus counted %.0f.", s.report.Answered(), counted)
	return nil
}
