package boards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Prometheus watches the watcher: what it stores, what it refuses, and how long
// its queries take.
func Prometheus() panels.Board {
	return panels.Board{
		UID:       "ginsight-prometheus-server",
		Title:     "Prometheus",
		Help:      "The Prometheus server itself: series, samples, disk and queries.",
		Tags:      []string{"prometheus"},
		Variables: pickers(catalog.PrometheusHeadSeries.Instant()),
		Rows: []panels.Row{
			{Title: "At a glance", Panels: []panels.Panel{
				headSeries(), samplesStored(), scrapedTargets(), runningQueries(), queryP90(), diskUsed(),
			}},
			{Title: "Storage", Panels: []panels.Panel{seriesOverTime(), churn(), samplesByType(), refused(), disk(), queryCost()}},
			{Title: "Queries", Panels: []panels.Panel{queryDuration(), targetsByJob()}},
		},
	}
}

// evaluation is the stage of a query in which it is computed.
var evaluation = query.Is(catalog.Slice, "inner_eval")

func headSeries() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Series",
		Help:    "Series in memory. Each costs a few kilobytes; a jump is a new label or a deployment.",
		Unit:    units.Short,
		Queries: []panels.Query{{Expr: query.Value(catalog.PrometheusHeadSeries, target()...).Sum(), Legend: "series"}},
	})
}

func samplesStored() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Samples",
		Help:    "Samples stored per second. At 0 nothing is scraped.",
		Unit:    "ops",
		Queries: []panels.Query{{Expr: query.Rate(catalog.PrometheusSamples, target()...).Sum(), Legend: "samples"}},
	})
}

func scrapedTargets() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Targets",
		Help:    "Targets that are scraped, up or down. When it falls, service discovery has lost some: *Targets by job* says which job.",
		Unit:    units.NoUnit,
		Queries: []panels.Query{{Expr: query.Value(catalog.PrometheusTargets, target()...).Sum(), Legend: "targets"}},
	})
}

func runningQueries() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "Running queries",
		Help:       "Queries that run or wait. The default limit is 20; at it, dashboards wait.",
		Unit:       units.NoUnit,
		Thresholds: []panels.Threshold{{From: 10, Color: orange}, {From: 20, Color: red}},
		Queries:    []panels.Query{{Expr: query.Value(catalog.PrometheusQueries, target()...).Sum(), Legend: "queries"}},
	})
}

func queryP90() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "Query, p90",
		Help:       "9 of 10 queries and rules were computed faster than this.",
		Unit:       units.Seconds,
		Thresholds: []panels.Threshold{{From: 1, Color: orange}, {From: 10, Color: red}},
		Queries: []panels.Query{{
			Expr: query.Quantile(.9, catalog.PrometheusQueryDuration, nil, target(evaluation)...), Legend: "p90",
		}},
	})
}

// onDisk adds up what the storage takes.
func onDisk() query.Expr {
	sum := func(m catalog.Instant) query.Expr { return query.Value(m, target()...).Sum() }
	return sum(catalog.PrometheusBlockBytes).Plus(sum(catalog.PrometheusWALBytes)).Plus(sum(catalog.PrometheusHeadChunkBytes))
}

func diskUsed() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Disk",
		Help:    "Bytes of blocks, write-ahead log and head chunks. It grows until the retention begins to delete.",
		Unit:    units.BytesIEC,
		Queries: []panels.Query{{Expr: onDisk(), Legend: "disk"}},
	})
}

func seriesOverTime() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Series in memory",
		Help:    "Series in the head block. It falls every two hours, when what is no longer scraped is dropped.",
		Unit:    units.Short,
		Queries: []panels.Query{byInstance(now(catalog.PrometheusHeadSeries))},
	})
}

func churn() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Churn",
		Help:  "Series created and removed per second. A steady rate of new ones is a label whose values never come again, such as a pod's name or an id.",
		Unit:  "ops",
		Queries: []panels.Query{
			{Expr: query.Rate(catalog.PrometheusSeriesCreated, target()...).Sum(), Legend: "created"},
			{Expr: query.Rate(catalog.PrometheusSeriesRemoved, target()...).Sum(), Legend: "removed"},
		},
	})
}

func samplesByType() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Samples by type",
		Help:  "Samples stored per second: floats, and native histograms, which hold many buckets in one.",
		Unit:  "ops",
		Queries: []panels.Query{{
			Expr:   query.Rate(catalog.PrometheusSamples, target()...).Sum(catalog.SampleType),
			Legend: query.Legend("%s", catalog.SampleType),
		}},
	})
}

func refused() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Refused samples",
		Help:  "Samples per second that were scraped and not stored. Duplicates are two targets with the same labels; out of order is a clock that was set back, or two servers behind one address.",
		Unit:  "ops",
		Queries: []panels.Query{
			{Expr: query.Rate(catalog.PrometheusOutOfOrder, target()...).Sum(), Legend: "out of order"},
			{Expr: query.Rate(catalog.PrometheusDuplicates, target()...).Sum(), Legend: "duplicate"},
		},
	})
}

func disk() panels.Panel {
	part := func(m catalog.Instant, name string) panels.Query {
		return panels.Query{Expr: query.Value(m, target()...).Sum(), Legend: name}
	}
	return panels.Stacked(panels.Spec{
		Title: "Disk by part",
		Help:  "Bytes on disk, stacked: blocks are what is kept, the write-ahead log and the head chunks are the last hours.",
		Unit:  units.BytesIEC,
		Queries: []panels.Query{
			part(catalog.PrometheusBlockBytes, "blocks"),
			part(catalog.PrometheusWALBytes, "write-ahead log"),
			part(catalog.PrometheusHeadChunkBytes, "head chunks"),
		},
	})
}

func queryCost() panels.Panel {
	return panels.Lines(panels.Spec{
		Title:   "Samples read by queries",
		Help:    "Samples per second that queries and rules look at. A dashboard that makes it jump belongs behind a recording rule.",
		Unit:    "ops",
		Queries: []panels.Query{byInstance(perSecond(catalog.PrometheusQuerySamples))},
	})
}

func queryDuration() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Query duration",
		Help:  "How long computing queries and rules took: the mean, and the quantile that 9 of 10 stay below.",
		Unit:  units.Seconds,
		Queries: []panels.Query{
			{Expr: query.Quantile(.9, catalog.PrometheusQueryDuration, nil, target(evaluation)...), Legend: "p90"},
			{Expr: query.Mean(catalog.PrometheusQueryDuration, nil, target(evaluation)...), Legend: "mean"},
		},
	})
}

func targetsByJob() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Targets by job",
		Help:  "Targets of each job, up or down. A job that falls to 0 was lost by service discovery.",
		Unit:  units.NoUnit,
		Queries: []panels.Query{{
			Expr:   query.Value(catalog.PrometheusTargets, target()...).Sum(catalog.ScrapeJob),
			Legend: query.Legend("%s", catalog.ScrapeJob),
		}},
	})
}
