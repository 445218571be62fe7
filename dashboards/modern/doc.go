// Package modern is the hinge between what grabana writes and what today's
// Grafana reads. Boards are authored with grabana; this package is the only
// place that knows what grabana emits, and turns it into canonical classic
// dashboard JSON of schemaVersion 42.
package modern
