package boards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// GoRuntime shows what a Go process uses and what it has run out of: processor,
// memory, goroutines and descriptors, by instance (USE).
func GoRuntime() panels.Board {
	return panels.Board{
		UID:       "ginsight-go-runtime",
		Title:     "Go runtime",
		Help:      "Utilisation and saturation of a Go process (USE): processor, memory, goroutines, descriptors, and what its telemetry costs.",
		Tags:      []string{"go"},
		Variables: pickers(catalog.GoGoroutines.Instant()),
		Rows: []panels.Row{
			{Title: "At a glance", Panels: []panels.Panel{
				cpuShare(), memoryNow(), goroutinesNow(), schedulerP99(), descriptorShare(), uptime(),
			}},
			{Title: "Processor", Panels: []panels.Panel{cpu(), schedulerLatency()}},
			{Title: "Memory", Panels: []panels.Panel{memoryBounds(), memoryByType(), allocatedBytes(), allocations()}},
			{Title: "Goroutines and descriptors", Panels: []panels.Panel{goroutines(), descriptors()}},
			{Title: "Telemetry", Panels: []panels.Panel{versions(), gogc(), scrapeDuration(), scrapeSamples(), endpointErrors()}},
		},
	}
}

// byInstance is one line per instance, named by it.
func byInstance(e query.Expr) panels.Query {
	return panels.Query{Expr: e, Legend: query.Legend("%s", catalog.Instance)}
}

// named is one line per instance and thing.
func named(e query.Expr, thing string) panels.Query {
	return panels.Query{Expr: e, Legend: query.Legend("%s "+thing, catalog.Instance)}
}

// now is a gauge on the picked instances, added up by instance.
func now(m catalog.Instant) query.Expr {
	return query.Value(m, target()...).Sum(catalog.Instance)
}

// perSecond is a counter's rate on the picked instances, added up by instance.
func perSecond(c catalog.Cumulative) query.Expr {
	return query.Rate(c, target()...).Sum(catalog.Instance)
}

func cpuShare() panels.Panel {
	used := query.Rate(catalog.ProcessCPU, target()...).Sum()
	return panels.Number(panels.Spec{
		Title:      "Processor",
		Help:       "Processor time used, as a share of what GOMAXPROCS allows. Above 80 % requests begin to wait for a processor; compare *Scheduler latency*.",
		Unit:       units.PercentUnit,
		Thresholds: []panels.Threshold{{From: .8, Color: orange}, {From: .95, Color: red}},
		Queries: []panels.Query{{
			Expr: query.Ratio(used, query.Value(catalog.GoProcessorLimit, target()...).Sum()), Legend: "processor",
		}},
	})
}

func memoryNow() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Memory",
		Help:    "Resident memory of all instances: what the kernel counts against a container's limit.",
		Unit:    units.BytesIEC,
		Queries: []panels.Query{{Expr: query.Value(catalog.ProcessResidentMemory, target()...).Sum(), Legend: "resident"}},
	})
}

func goroutinesNow() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Goroutines",
		Help:    "Live goroutines of all instances. A number that only ever grows is a leak.",
		Unit:    units.Short,
		Queries: []panels.Query{{Expr: query.Value(catalog.GoGoroutines, target()...).Sum(), Legend: "goroutines"}},
	})
}

func schedulerP99() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "Scheduler latency, p99",
		Help:       "99 of 100 times, a goroutine that was ready to run waited less than this for a processor. Above 10 ms every request feels it.",
		Unit:       units.Seconds,
		Thresholds: []panels.Threshold{{From: .01, Color: orange}, {From: .1, Color: red}},
		Queries: []panels.Query{{
			Expr: query.Quantile(.99, catalog.GoScheduleDuration, nil, target()...), Legend: "p99",
		}},
	})
}

func descriptorShare() panels.Panel {
	open := query.Value(catalog.ProcessOpenFDs, target()...).Sum(catalog.Instance)
	limit := query.Value(catalog.ProcessMaxFDs, target()...).Sum(catalog.Instance)
	return panels.Number(panels.Spec{
		Title:      "Descriptors",
		Help:       "Open file descriptors as a share of the limit, on the instance that is closest to it. At 100 % new connections are refused.",
		Unit:       units.PercentUnit,
		Thresholds: []panels.Threshold{{From: .7, Color: orange}, {From: .9, Color: red}},
		Queries:    []panels.Query{{Expr: query.Ratio(open, limit).Max(), Legend: "open"}},
	})
}

func uptime() panels.Panel {
	return panels.Fact(panels.Spec{
		Title:   "Youngest instance",
		Help:    "Time since the latest start of an instance. Seconds after a deployment are fine; a number that keeps falling back is a crash loop.",
		Unit:    units.Seconds,
		Queries: []panels.Query{{Expr: query.Age(catalog.ProcessStartTime, target()...).Min(), Legend: "uptime"}},
	})
}

func cpu() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Processor time",
		Help:  "Cores in use, against GOMAXPROCS. A container's CPU quota can be lower than GOMAXPROCS and throttle before the line is reached.",
		Unit:  units.Short,
		Queries: []panels.Query{
			named(perSecond(catalog.ProcessCPU), "used"),
			named(now(catalog.GoProcessorLimit), "GOMAXPROCS"),
		},
	})
}

func schedulerLatency() panels.Panel {
	q := func(q float64) query.Expr {
		return query.Quantile(q, catalog.GoScheduleDuration, nil, target()...)
	}
	return panels.Lines(panels.Spec{
		Title: "Scheduler latency",
		Help:  "How long goroutines that were ready waited for a processor. It is the runtime's own measure of saturation, and rises before requests become slow.",
		Unit:  units.Seconds,
		Queries: []panels.Query{
			{Expr: q(.5), Legend: "p50"}, {Expr: q(.95), Legend: "p95"}, {Expr: q(.99), Legend: "p99"},
		},
	})
}

func memoryBounds() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Memory against its bounds",
		Help:  "Memory that the runtime holds, the heap size at which the next collection ends, the soft limit (GOMEMLIMIT, if one is set) and what the kernel counts. Used close to the limit makes the collector work all the time.",
		Unit:  units.BytesIEC,
		Queries: []panels.Query{
			named(now(catalog.GoMemoryUsed), "used"),
			named(now(catalog.GoMemoryGCGoal), "GC goal"),
			named(now(catalog.ProcessResidentMemory), "resident"),
			named(now(catalog.GoMemoryLimit), "limit"),
		},
	})
}

func memoryByType() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Memory by type",
		Help:  "Memory that the runtime holds, stacked: goroutine stacks, and everything else. Stacks grow with the number of goroutines.",
		Unit:  units.BytesIEC,
		Queries: []panels.Query{{
			Expr:   query.Value(catalog.GoMemoryUsed, target()...).Sum(catalog.GoMemoryType),
			Legend: query.Legend("%s", catalog.GoMemoryType),
		}},
	})
}

func allocatedBytes() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Allocation rate",
		Help:    "Bytes allocated on the heap per second. It is what the garbage collector works for: halve it and the collector runs half as often.",
		Unit:    units.BytesPerSecondIEC,
		Queries: []panels.Query{byInstance(perSecond(catalog.GoMemoryAllocated))},
	})
}

func allocations() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Allocations",
		Help:    "Objects allocated on the heap per second.",
		Unit:    "ops",
		Queries: []panels.Query{byInstance(perSecond(catalog.GoMemoryAllocations))},
	})
}

func goroutines() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Goroutines by instance",
		Help:    "Live goroutines. It should follow the requests in flight; a floor that rises with every peak is a leak.",
		Unit:    units.Short,
		Queries: []panels.Query{byInstance(now(catalog.GoGoroutines))},
	})
}

func descriptors() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Open descriptors",
		Help:  "Open files and connections. Compare with *Descriptors* above, which knows the limit.",
		Unit:  units.Short,
		Queries: []panels.Query{
			byInstance(now(catalog.ProcessOpenFDs)),
		},
	})
}

func versions() panels.Panel {
	by := []catalog.Label{catalog.ServiceName, catalog.ServiceVersion, catalog.Instance}
	return panels.Table(panels.TableSpec{
		Title: "Versions",
		Help:  "Which version of which service runs where, from the OpenTelemetry resource. Two versions for long is a deployment that got stuck.",
		Keys: []panels.Key{
			{Label: catalog.ServiceName, Title: "Service"},
			{Label: catalog.ServiceVersion, Title: "Version"},
			{Label: catalog.Instance, Title: "Instance"},
		},
		Columns: []panels.Column{
			{Title: "Processes", Unit: units.NoUnit, Expr: query.Value(catalog.TargetInfo, target()...).Sum(by...)},
		},
		Width: 18, Height: 6,
	})
}

func gogc() panels.Panel {
	return panels.Fact(panels.Spec{
		Title:   "GOGC",
		Help:    "How far the heap may grow over what was live after the last collection, in percent, before the next one. 100 is the default.",
		Unit:    units.Percent,
		Width:   6,
		Height:  6,
		Queries: []panels.Query{{Expr: query.Value(catalog.GoConfigGOGC, target()...).Max(), Legend: "GOGC"}},
	})
}

func scrapeDuration() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Scrape duration",
		Help:    "How long Prometheus' last scrape of the instance took. Near the scrape timeout (10 s by default), samples begin to be lost.",
		Unit:    units.Seconds,
		Width:   8,
		Queries: []panels.Query{byInstance(now(catalog.ScrapeDuration))},
	})
}

func scrapeSamples() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Samples per scrape",
		Help:    "Samples that the instance exposes. It should level off soon after a start; one that keeps growing has a label with unbounded values.",
		Unit:    units.Short,
		Width:   8,
		Queries: []panels.Query{byInstance(now(catalog.ScrapeSamples))},
	})
}

func endpointErrors() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Errors of the metrics endpoint",
		Help:  "Scrapes per second that could not be served in full, by cause. Anything but 0 means that metrics are missing: the service's log says which.",
		Unit:  "ops",
		Width: 8,
		Queries: []panels.Query{{
			Expr:   query.Rate(catalog.HandlerErrors, target()...).Sum(catalog.Cause),
			Legend: query.Legend("%s", catalog.Cause),
		}},
	})
}
