// Package view makes pictures of Grafana dashboards without a Grafana.
//
// The way of a panel: [model] reads it from the dashboard's JSON, [source] asks
// a Prometheus for its data, [frame] shapes them as Grafana would, [value] and
// [axis] write them as Grafana would, [panel] lays them out as shapes, and
// [draw] turns the shapes into SVG or PNG.
package view
