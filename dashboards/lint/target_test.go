package lint

var targetMutations = []mutation{
	{"target-promql", "bracket", `avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})`, `avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"}`, `panel "Stock", query A: 1:`},
	{"target-promql", "function", `avg(stock_ratio`, `average(stock_ratio`, "unknown function"},
	{"target-promql", "variables everywhere", `avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})`,
		`sum by ($zone) (rate(${zone}_total{$zone=\"a\", $job}[${n}m] offset $__interval)) / $__range_s > $n and topk(${n:raw}, x{a=\"b[$n\"}) by ([[zone]])`, ""},
	{"target-promql", "not Prometheus", `"refId": "A", "instant": true, "range": false,`, `"refId": "A", "datasource": {"type": "influxdb", "uid": "x"}, "instant": true,`, ""},

	{"target-rate-interval", "fixed", `zone=\"$zone\"}[$__rate_interval]`, `zone=\"$zone\"}[5m]`, "rate looks back over [5m], not [$__rate_interval]"},
	{"target-rate-interval", "other variable", `zone=\"$zone\"}[$__rate_interval]`, `zone=\"$zone\"}[$__interval]`, "rate looks back over [$__interval]"},
	{"target-rate-interval", "whole range on a graph", `zone=\"$zone\"}[$__rate_interval]`, `zone=\"$zone\"}[$__range]`, "rate looks back over [$__range]"},
	{"target-rate-interval", "offset", `zone=\"$zone\"}[$__rate_interval]`, `zone=\"$zone]\"}[ ${__rate_interval} ] offset 1d`, ""},
	{"target-rate-interval", "whole range at once", `avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})`, `increase(sold{job=~\"$job\", instance=~\"$instance\"}[$__range])`, ""},
	{"target-rate-interval", "no rate", `avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})`, `avg_over_time(stock_ratio{job=~\"$job\", instance=~\"$instance\"}[1d])`, ""},

	{"target-job", "none", `stock_ratio{job=~\"$job\", `, `stock_ratio{`, `stock_ratio has no matcher job=~"$job"`},
	{"target-job", "fixed", `stock_ratio{job=~\"$job\", `, `stock_ratio{job=\"shop\", `, `stock_ratio has no matcher`},
	{"target-job", "negative", `stock_ratio{job=~\"$job\", `, `stock_ratio{job!~\"$job\", `, `stock_ratio has no matcher`},
	{"target-job", "long form", `stock_ratio{job=~\"$job\", `, `stock_ratio{job=~\"${job:regex}\", `, ""},

	{"target-instance", "none", `{job=~\"$job\", instance=~\"$instance\"})"}]}`, `{job=~\"$job\"})"}]}`, `stock_ratio has no matcher instance=~"$instance"`},
	{"target-instance", "in one half", `paid_count{job=~\"$job\", instance=~\"$instance\"}`, `paid_count{job=~\"$job\"}`, "paid_count has no matcher"},
	{"target-instance", "old form", `{job=~\"$job\", instance=~\"$instance\"})"}]}`, `{job=~\"$job\", instance=~\"[[instance]]\"})"}]}`, ""},

	{"target-counter-agg", "plain", `avg(stock_ratio{`, `avg(sold_total{`, "sold_total is a counter, and nothing takes its rate"},
	{"target-counter-agg", "by name", `avg(stock_ratio{`, `avg({__name__=\"sold_total\", `, "sold_total is a counter"},
	{"target-counter-agg", "count", `avg(stock_ratio{`, `count(sold_total{`, ""},

	{"target-logql", "bracket", `[$__auto]))`, `[$__auto])`, "the ( at 14 is not closed"},
	{"target-logql", "too many", `[$__auto]))`, `[$__auto])))`, "closes nothing"},
	{"target-logql", "quote", "(` | json", "( | json", "the quote at 71 is not closed"},
	{"target-logql", "selector", `instance=~\"$instance\"} |=`, `instance=~$instance} |=`, "the stream selector at 31"},
	{"target-logql", "empty selector", `{job=~\"$job\", instance=~\"$instance\"} |=`, `{job=~\".*\"} |=`, "the stream selector at 31"},
	{"target-logql", "no selector", `{job=~\"$job\", instance=~\"$instance\"} |=`, `x |=`, "no stream selector"},
	{"target-logql", "range", `[$__auto]`, `[often]`, "the range at"},
	{"target-logql", "fixed range", `[$__auto]`, `[5m]`, ""},

	{"target-logql-auto", "fixed", `[$__auto]`, `[5m]`, "it looks over [5m], not [$__auto]"},
	{"target-logql-auto", "interval", `[$__auto]`, `[$__interval]`, "it looks over [$__interval]"},
	{"target-logql-auto", "long form", `[$__auto]`, `[${__auto}]`, ""},

	{"target-duplicate", "same but for space", `"range": false, "expr": "avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})"}`,
		`"expr": "avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})"}, {"refId": "B", "instant": true, "expr": "avg( stock_ratio{job=~\"$job\",instance=~\"$instance\"})"}`, "query B: it asks for the same as query A"},
	{"target-duplicate", "once for now, once for the course", `"range": false, "expr": "avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})"}`,
		`"expr": "avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})"}, {"refId": "B", "expr": "avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})"}`, ""},
	{"target-duplicate", "space in a value", `"range": false, "expr": "avg(stock_ratio{job=~\"$job\", instance=~\"$instance\"})"}`,
		`"expr": "avg(stock_ratio{a=\"b c\"})"}, {"refId": "B", "instant": true, "expr": "avg(stock_ratio{a=\"bc\"})"}`, ""},

	{"target-legend", "brace missing", `{{zone}} of`, `{{zone} of`, `the braces in "{{zone} of ${zone}" do not match`},
	{"target-legend", "single", `{{zone}} of`, `{zone} of`, "do not match"},
	{"target-legend", "no label", `{{zone}} of`, `{{ }} of`, "names no label"},
	{"target-legend", "space", `{{zone}} of`, `{{ zone }} of`, ""},

	{"target-multi-value", "equal", `stock_ratio{job=~\"$job\", `, `stock_ratio{job=\"$job\", `, `job="$job" compares with one value, and variable job can have several`},
	{"target-multi-value", "unequal", `stock_ratio{job=~\"$job\", `, `stock_ratio{job!=\"${job}\", `, "compares with one value"},
	{"target-multi-value", "beside other text", `stock_ratio{job=~\"$job\", `, `stock_ratio{job=\"my-$job\", `, `job="my-$job" compares with one value`},
	{"target-multi-value", "both ways", `stock_ratio{job=~\"$job\", instance=~\"$instance\"})`, `stock_ratio{job != '$job', instance =\"${instance}\"} or x{job=\"$job\"})`, "compares with one value"},
	{"target-multi-value", "one value", `zone=\"$zone\"}[`, `zone!=\"$zone\"}[`, ""},

	{"target-ratio", "denominator is narrower", `ok=\"no\"}[$__rate_interval])) / sum(rate(paid_count{`, `ok=\"no\"}[$__rate_interval])) / sum(rate(paid_count{till=\"1\", `, `till="1" narrows the denominator and not the numerator`},
	{"target-ratio", "other variable", `sum(rate(paid_count{job=~\"$job\", instance=~\"$instance\", ok=\"no\"}`, `sum(rate(paid_count{job=~\"$zone\", instance=~\"$instance\", ok=\"no\"}`, `job=~"$job" narrows the denominator`},
	{"target-ratio", "part of a histogram", `sum(rate(paid_count{job=~\"$job\", instance=~\"$instance\", ok=\"no\"}`, `sum(rate(paid_bucket{job=~\"$job\", le=\"1\"}`, `instance=~"$instance" narrows the denominator`},
	{"target-ratio", "numerator fixed to a part", `sum(rate(paid_count{job=~\"$job\", instance=~\"$instance\", ok=\"no\"}`, `sum(rate(paid_count{job=\"shop\", instance=~\"$instance\", ok=\"no\"}`, ""},
	{"target-ratio", "other metrics", `sum(rate(paid_count{job=~\"$job\", instance=~\"$instance\", ok=\"no\"}`, `sum(rate(refunds_total{ok=\"no\"}`, ""},

	{"target-ref-id", "none", `"refId": "B", `, ``, `a query has no refId`},
	{"target-ref-id", "empty", `"refId": "B", `, `"refId": "", `, `a query has no refId`},
	{"target-ref-id", "twice", `"refId": "B", `, `"refId": "A", `, "another query has the refId A too"},
	{"target-ref-id", "word", `"refId": "B", `, `"refId": "failed", `, ""},
}
