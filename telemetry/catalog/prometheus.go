package catalog

// Labels of Prometheus' own metrics.
const (
	// SampleType is the kind of sample: float or histogram.
	SampleType Label = "type"
	// Slice is a stage of a query.
	Slice Label = "slice"
	// ScrapeJob is the job that a scrape pool serves.
	ScrapeJob Label = "scrape_job"
)

// Metrics of a Prometheus server about itself, as far as a board draws them.
// Their names and meanings are those of Prometheus 3.16.
var (
	// PrometheusHeadSeries is the number of series that are kept in memory.
	PrometheusHeadSeries = Gauge{foreign("prometheus_tsdb_head_series", "{series}", "Total number of series in the head block.")}
	// PrometheusSeriesCreated counts series that were new.
	PrometheusSeriesCreated = Counter{foreign("prometheus_tsdb_head_series_created_total", "{series}", "Total number of series created in the head")}
	// PrometheusSeriesRemoved counts series that were dropped from the head.
	PrometheusSeriesRemoved = Counter{foreign("prometheus_tsdb_head_series_removed_total", "{series}", "Total number of series removed in the head")}
	// PrometheusSamples counts samples that were stored.
	PrometheusSamples = Counter{foreign("prometheus_tsdb_head_samples_appended_total", "{sample}", "Total number of appended samples.", SampleType)}
	// PrometheusOutOfOrder counts samples that were refused for their age.
	PrometheusOutOfOrder = Counter{foreign("prometheus_target_scrapes_sample_out_of_order_total", "{sample}", "Total number of samples rejected due to not being out of the expected order.")}
	// PrometheusDuplicates counts samples that were refused because there was
	// another value for the same moment.
	PrometheusDuplicates = Counter{foreign("prometheus_target_scrapes_sample_duplicate_timestamp_total", "{sample}", "Total number of samples rejected due to duplicate timestamps but different values.")}
	// PrometheusBlockBytes is the size of the blocks on disk.
	PrometheusBlockBytes = Gauge{foreign("prometheus_tsdb_storage_blocks_bytes", "By", "The number of bytes that are currently used for local storage by all blocks.")}
	// PrometheusWALBytes is the size of the write-ahead log on disk.
	PrometheusWALBytes = Gauge{foreign("prometheus_tsdb_wal_storage_size_bytes", "By", "Size of the write log directory.")}
	// PrometheusHeadChunkBytes is the size of the head's chunks on disk.
	PrometheusHeadChunkBytes = Gauge{foreign("prometheus_tsdb_head_chunks_storage_size_bytes", "By", "Size of the chunks_head directory.")}
	// PrometheusTargets is the number of targets of a scrape pool.
	PrometheusTargets = Gauge{foreign("prometheus_target_scrape_pool_targets", "{target}", "Current number of targets in this scrape pool.", ScrapeJob)}
	// PrometheusQueries is the number of queries that run or wait.
	PrometheusQueries = Gauge{foreign("prometheus_engine_queries", "{query}", "The current number of queries being executed or waiting.")}
	// PrometheusQueryDuration is how long the stages of queries took.
	PrometheusQueryDuration = Histogram{
		Desc:    foreign("prometheus_engine_query_duration_histogram_seconds", "s", "The histogram of timings for query evaluations.", Slice),
		Buckets: []float64{.01, .1, 1, 10},
	}
	// PrometheusQuerySamples counts the samples that queries have looked at.
	PrometheusQuerySamples = Counter{foreign("prometheus_engine_query_samples_total", "{sample}", "The total number of samples loaded by all queries.")}
)

// PrometheusServer lists the metrics of a Prometheus server about itself.
func PrometheusServer() []Metric {
	return []Metric{
		PrometheusHeadSeries, PrometheusSeriesCreated, PrometheusSeriesRemoved,
		PrometheusSamples, PrometheusOutOfOrder, PrometheusDuplicates,
		PrometheusBlockBytes, PrometheusWALBytes, PrometheusHeadChunkBytes,
		PrometheusTargets, PrometheusQueries, PrometheusQueryDuration, PrometheusQuerySamples,
	}
}
