package check

// Rule is one thing that can be wrong.
type Rule struct {
	// ID is the stable name.
	ID string
	// Text says what is wrong, in general.
	Text string
}

// The rules' names.
const (
	ruleSyntax          = "query-syntax"
	ruleVariable        = "variable-unknown"
	ruleVariableQuery   = "variable-query"
	ruleMetric          = "metric-unknown"
	ruleLabel           = "label-unknown"
	ruleLegend          = "legend-label"
	ruleBucket          = "bucket-unknown"
	ruleMatchNever      = "match-never"
	ruleRateOfGauge     = "rate-of-gauge"
	ruleRateOfSum       = "rate-of-sum"
	ruleDeltaOfCounter  = "delta-of-counter"
	ruleCounterNoRate   = "counter-without-rate"
	ruleRange           = "range-short"
	ruleNotHistogram    = "quantile-of-no-histogram"
	ruleQuantileRange   = "quantile-out-of-range"
	ruleQuantileNoRate  = "quantile-without-rate"
	ruleLeLost          = "le-lost"
	ruleLeOnNative      = "le-on-native"
	ruleBucketsSummed   = "buckets-summed"
	ruleNativeFunction  = "native-function"
	ruleSumOfRatio      = "sum-of-ratio"
	ruleMeanOfMeans     = "mean-of-means"
	ruleQuantileSummed  = "quantile-aggregated"
	ruleMixedUnits      = "mixed-units"
	ruleUnit            = "unit-mismatch"
	ruleUnitScale       = "unit-scale"
	ruleUnitRate        = "unit-rate"
	ruleValueRange      = "value-out-of-range"
	ruleNoData          = "no-data"
	ruleLostData        = "lost-data"
	ruleEvaluation      = "evaluation"
	ruleInvalid         = "rule-invalid"
	ruleTemplateLabel   = "template-label"
	ruleAlertAlways     = "alert-always"
	ruleAlertNever      = "alert-never"
	ruleLibrary         = "library-panel"
	ruleOtherSource     = "other-source"
	ruleUndecidedMetric = "metric-undecided"
	ruleUndecidedLabel  = "label-undecided"
	ruleUndecidedType   = "type-undecided"
	ruleUndecidedUnit   = "unit-undecided"
)

// Rules lists every rule, for readers and for SARIF.
func Rules() []Rule {
	return []Rule{
		{ruleSyntax, "The query is not PromQL."},
		{ruleVariable, "The query uses a variable that the dashboard does not have."},
		{ruleVariableQuery, "The query of a template variable cannot be evaluated, or has no values."},
		{ruleMetric, "The metric does not exist."},
		{ruleLabel, "The label does not exist on the metric it is used on."},
		{ruleLegend, "The legend shows a label that the result does not have."},
		{ruleBucket, "The histogram has no bucket with this bound."},
		{ruleMatchNever, "The two sides of an operator have labels that can never be equal."},
		{ruleRateOfGauge, "rate, increase and irate are for counters, and this is a gauge."},
		{ruleRateOfSum, "A rate of a sum of counters takes every restart for an increase; take the rate first, then the sum."},
		{ruleDeltaOfCounter, "delta, deriv and their like are for gauges; on a counter every restart is a fall."},
		{ruleCounterNoRate, "A counter is drawn as it is, although only its increase means something."},
		{ruleRange, "The range is shorter than four scrapes, so that one missed scrape leaves a gap."},
		{ruleNotHistogram, "histogram_quantile needs the buckets of a histogram."},
		{ruleQuantileRange, "A quantile lies between 0 and 1."},
		{ruleQuantileNoRate, "A quantile of buckets without a rate covers the time since the start."},
		{ruleLeLost, "The aggregation inside of histogram_quantile must keep the label le."},
		{ruleLeOnNative, "Native histograms have no label le."},
		{ruleBucketsSummed, "Buckets are cumulative; added up over le they count most observations several times."},
		{ruleNativeFunction, "The function is for native histograms."},
		{ruleSumOfRatio, "A sum of ratios is no ratio; divide the sums."},
		{ruleMeanOfMeans, "A mean of means weighs all series the same; divide the sums."},
		{ruleQuantileSummed, "Quantiles cannot be added up or averaged."},
		{ruleMixedUnits, "Two values with different units are added or subtracted."},
		{ruleUnit, "The panel's unit is not what the query measures."},
		{ruleUnitScale, "The panel's unit is another size of what the query measures, such as seconds for milliseconds."},
		{ruleUnitRate, "The panel's unit is that of an amount and the query a rate, or the other way round."},
		{ruleValueRange, "Values lie outside of the axis or of what the unit allows."},
		{ruleNoData, "The query has no data."},
		{ruleLostData, "The query had data and has none now."},
		{ruleEvaluation, "The query cannot be evaluated."},
		{ruleInvalid, "Prometheus refuses the file of rules."},
		{ruleTemplateLabel, "A template of an alert shows a label that the alert does not have."},
		{ruleAlertAlways, "The alert fires whenever there is data, since nothing is compared."},
		{ruleAlertNever, "The alert cannot fire, since there is nothing to compare."},
		{ruleLibrary, "A library panel's queries are not in the dashboard."},
		{ruleOtherSource, "Queries for other sources than Prometheus are not looked at."},
		{ruleUndecidedMetric, "The metric's name is not known before a variable is set or a recording rule looked up."},
		{ruleUndecidedLabel, "The label may be added by service discovery, which an exposition does not show."},
		{ruleUndecidedType, "The metric has no declared type."},
		{ruleUndecidedUnit, "Neither the metric's name nor its help says what it measures."},
	}
}
