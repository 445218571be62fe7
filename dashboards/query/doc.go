// Package query builds PromQL from the catalogue of metrics.
//
// A query starts at a metric and never at a string, and it knows which labels
// its result carries. Asking a metric for a label that it does not have, adding
// series that do not match, or naming a label in a legend that the query has
// aggregated away are errors that [Expr.PromQL] returns, so a test that builds
// the boards finds them before anybody opens a browser. Kinds are checked by
// the compiler: only a counter has a rate, only a histogram has quantiles.
//
//	rate := query.Rate(catalog.RequestDuration.Count(), query.Selected(job)...)
//	byRoute := rate.Sum(catalog.Route)
//
// The text goes through Prometheus' own parser and printer, so it is in
// canonical form: what Prometheus would print is what the dashboard holds.
package query
