package boards

import (
	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Fleet shows every target that Prometheus scrapes: whether it is up, how often
// it started, what it runs, and what its metrics cost.
func Fleet() panels.Board {
	return panels.Board{
		UID:       "ginsight-fleet",
		Title:     "Fleet",
		Help:      "All scraped targets: up or down, restarts, versions, the cost of their scrapes, and their series against the limit.",
		Tags:      []string{"fleet"},
		Variables: pickers(catalog.Up.Instant()),
		Rows: []panels.Row{
			{Title: "At a glance", Panels: []panels.Panel{
				targetsUp(), targetsDown(), restarts(), versionCount(), allSamples(), fullest(),
			}},
			{Title: "Targets", Panels: []panels.Panel{targets(), upByTarget(), restartsByJob()}},
			{Title: "Versions", Panels: []panels.Panel{versionTable(), buildTable()}},
			{Title: "Cost", Panels: []panels.Panel{scrapeDurations(), scrapeSizes(), seriesByMetric(), endpointErrorsByJob()}},
		},
	}
}

func targetsUp() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "Up",
		Help:       "Targets whose last scrape succeeded. When it falls below the number that you deployed, look at *Down* and the table.",
		Unit:       units.NoUnit,
		Base:       red,
		Thresholds: []panels.Threshold{{From: 1, Color: green}},
		Queries:    []panels.Query{{Expr: query.Value(catalog.Up, target()...).Sum(), Legend: "up"}},
	})
}

func targetsDown() panels.Panel {
	up := query.Value(catalog.Up, target()...)
	return panels.Number(panels.Spec{
		Title:      "Down",
		Help:       "Targets that are known and could not be scraped. The table below says which; Prometheus' /targets page says why.",
		Unit:       units.NoUnit,
		Thresholds: []panels.Threshold{{From: 1, Color: red}},
		Queries:    []panels.Query{{Expr: up.Count().Minus(up.Sum()), Legend: "down"}},
	})
}

func restarts() panels.Panel {
	return panels.Fact(panels.Spec{
		Title:      "Restarts",
		Help:       "Starts of processes within the time range, on an instance that was there before. A deployment that replaces instances does not count, a crash loop does.",
		Unit:       units.NoUnit,
		Thresholds: []panels.Threshold{{From: 1, Color: orange}, {From: 5, Color: red}},
		Queries: []panels.Query{{
			Expr: query.WholeRange.Changes(catalog.ProcessStartTime, target()...).Sum(), Legend: "restarts",
		}},
	})
}

func versionCount() panels.Panel {
	versions := query.Value(catalog.TargetInfo, target()...).Count(catalog.ServiceName, catalog.ServiceVersion)
	return panels.Number(panels.Spec{
		Title:   "Versions",
		Help:    "Different versions of services that run now. It is two during a deployment and the number of services afterwards.",
		Unit:    units.NoUnit,
		Queries: []panels.Query{{Expr: versions.Count(), Legend: "versions"}},
	})
}

func allSamples() panels.Panel {
	return panels.Number(panels.Spec{
		Title:   "Samples per scrape",
		Help:    "Samples of one scrape of every target. Divided by the scrape interval it is what Prometheus has to store per second.",
		Unit:    units.Short,
		Queries: []panels.Query{{Expr: query.Value(catalog.ScrapeSamples, target()...).Sum(), Legend: "samples"}},
	})
}

// seriesShare is how full an instrument is, by instance and metric.
func seriesShare() query.Expr {
	count := query.Value(catalog.SeriesCount, target()...).Max()
	limit := query.Value(catalog.SeriesLimit, target()...).Min()
	return query.Ratio(count, limit)
}

func fullest() panels.Panel {
	return panels.Number(panels.Spec{
		Title:      "Fullest instrument",
		Help:       "Series of the instrument that has the most, as a share of the limit. At 100 % new label values end up in one overflow series, and sums by these labels lie: find the label in *Series by metric*.",
		Unit:       units.PercentUnit,
		Thresholds: []panels.Threshold{{From: .5, Color: orange}, {From: .9, Color: red}},
		Queries:    []panels.Query{{Expr: seriesShare(), Legend: "fullest"}},
	})
}

func targets() panels.Panel {
	by := []catalog.Label{catalog.Job, catalog.Instance}
	value := func(m catalog.Instant) query.Expr { return query.Value(m, target()...).Sum(by...) }
	return panels.Table(panels.TableSpec{
		Title: "Targets",
		Help:  "Every target: 1 is up, 0 is down. Times since the start are of the process, where it says so.",
		Keys:  []panels.Key{{Label: catalog.Job, Title: "Job"}, {Label: catalog.Instance, Title: "Instance"}},
		Columns: []panels.Column{
			{Title: "Up", Unit: units.NoUnit, Expr: value(catalog.Up)},
			{Title: "Since start", Unit: units.Seconds, Expr: query.Age(catalog.ProcessStartTime, target()...).Min(by...)},
			{Title: "Restarts", Unit: units.NoUnit, Expr: query.WholeRange.Changes(catalog.ProcessStartTime, target()...).Sum(by...),
				Thresholds: []panels.Threshold{{From: 1, Color: orange}, {From: 5, Color: red}}},
			{Title: "Scrape", Unit: units.Seconds, Expr: value(catalog.ScrapeDuration)},
			{Title: "Samples", Unit: units.Short, Expr: value(catalog.ScrapeSamples)},
			{Title: "Memory", Unit: units.BytesIEC, Expr: value(catalog.ProcessResidentMemory)},
		},
	})
}

func upByTarget() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Up by target",
		Help:  "1 while a target can be scraped, 0 while it cannot. A gap is a target that Prometheus did not know of.",
		Unit:  units.NoUnit,
		Min:   panels.At(0.0), Max: panels.At(1.0),
		Queries: []panels.Query{{
			Expr:   query.Value(catalog.Up, target()...).Sum(catalog.Job, catalog.Instance),
			Legend: query.Legend("%s %s", catalog.Job, catalog.Instance),
		}},
	})
}

func restartsByJob() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Restarts by job",
		Help:  "Starts of processes within the window of a rate, by job. Spikes together with a new version are deployments, alone they are crashes.",
		Unit:  units.NoUnit,
		Queries: []panels.Query{{
			Expr:   query.Window{}.Changes(catalog.ProcessStartTime, target()...).Sum(catalog.Job),
			Legend: query.Legend("%s", catalog.Job),
		}},
	})
}

func versionTable() panels.Panel {
	by := []catalog.Label{catalog.Job, catalog.ServiceName, catalog.ServiceVersion}
	return panels.Table(panels.TableSpec{
		Title: "Services",
		Help:  "How many instances run which version, from the OpenTelemetry resource.",
		Keys: []panels.Key{
			{Label: catalog.Job, Title: "Job"},
			{Label: catalog.ServiceName, Title: "Service"},
			{Label: catalog.ServiceVersion, Title: "Version"},
		},
		Columns: []panels.Column{{Title: "Instances", Unit: units.NoUnit, Expr: query.Value(catalog.TargetInfo, target()...).Count(by...)}},
		Width:   12,
	})
}

func buildTable() panels.Panel {
	by := []catalog.Label{catalog.Job, catalog.BuildVersion, catalog.BuildRevision, catalog.BuildGoVersion}
	return panels.Table(panels.TableSpec{
		Title: "Builds",
		Help:  "How many instances run which build: the module's version, the revision it was built from, and the version of Go. Empty cells were not stamped by the go command.",
		Keys: []panels.Key{
			{Label: catalog.Job, Title: "Job"},
			{Label: catalog.BuildVersion, Title: "Version"},
			{Label: catalog.BuildRevision, Title: "Revision"},
			{Label: catalog.BuildGoVersion, Title: "Go"},
		},
		Columns: []panels.Column{{Title: "Instances", Unit: units.NoUnit, Expr: query.Value(catalog.BuildInfo, target()...).Count(by...)}},
		Width:   12,
	})
}

func scrapeDurations() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Scrape duration by job",
		Help:  "The slowest scrape of each job. Near the scrape timeout (10 s by default), samples begin to be lost.",
		Unit:  units.Seconds,
		Queries: []panels.Query{{
			Expr: query.Value(catalog.ScrapeDuration, target()...).Max(catalog.Job), Legend: query.Legend("%s", catalog.Job),
		}},
	})
}

func scrapeSizes() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Samples by job",
		Help:  "Samples per scrape, stacked: what each job costs to store. A job that keeps growing has a label with unbounded values.",
		Unit:  units.Short,
		Queries: []panels.Query{{
			Expr: query.Value(catalog.ScrapeSamples, target()...).Sum(catalog.Job), Legend: query.Legend("%s", catalog.Job),
		}},
	})
}

func seriesByMetric() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Series by metric",
		Help:  "Series that each instrument keeps on its fullest instance, and the limit. An instrument at the limit has an overflow series: look at which of its labels takes on new values.",
		Unit:  units.Short,
		Queries: []panels.Query{
			{Expr: query.Value(catalog.SeriesCount, target()...).Max(catalog.MetricName), Legend: query.Legend("%s", catalog.MetricName)},
			{Expr: query.Value(catalog.SeriesLimit, target()...).Min(), Legend: "limit"},
		},
	})
}

func endpointErrorsByJob() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Errors of metrics endpoints",
		Help:  "Scrapes per second that an endpoint could not serve in full, by job. Anything but 0 means that metrics are missing.",
		Unit:  "ops",
		Queries: []panels.Query{{
			Expr: query.Rate(catalog.HandlerErrors, target()...).Sum(catalog.Job), Legend: query.Legend("%s", catalog.Job),
		}},
	})
}
