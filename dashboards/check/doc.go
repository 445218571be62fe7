// Package check evaluates every query of dashboards and says which panels show
// data, which have lost it, and which cannot be evaluated. It takes any classic
// dashboard JSON and knows nothing of this project's own boards.
//
// Queries are answered by a [Source]: a Prometheus server, or an engine in this
// process that scrapes an exposition itself. Grafana's variables are replaced
// as Grafana would, with everything selected.
package check
