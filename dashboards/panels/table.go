package panels

import (
	"fmt"

	"github.com/K-Phoen/grabana/row"
	grabana "github.com/K-Phoen/grabana/table"
	"github.com/K-Phoen/grabana/target/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// TableSpec is a table with one row for every combination of the key labels and
// one column for every query.
type TableSpec struct {
	Title, Help string
	// Keys are the labels that identify a row; every query is aggregated by
	// exactly these.
	Keys []Key
	// Columns follow the keys, in order. The first one orders the table,
	// largest first.
	Columns       []Column
	Width, Height int
}

// Key is a column that shows a label.
type Key struct {
	Label catalog.Label
	Title string
	// Links are offered when a user clicks on the label.
	Links []modern.Link
	// Blank is shown where the label is absent or empty; without it the cell is
	// empty.
	Blank string
}

// Column is a column that shows a query's value now.
type Column struct {
	Title string
	Unit  string
	Expr  query.Expr
	// Thresholds colour the cell.
	Thresholds []Threshold
}

// Table joins one instant query per column by the key labels.
func Table(t TableSpec) Panel {
	s := Spec{Title: t.Title, Help: t.Help, Unit: "none", Width: t.Width, Height: t.Height}
	for _, c := range t.Columns {
		s.Queries = append(s.Queries, Query{Expr: c.Expr})
	}
	return s.panel(func(queries []compiled) row.Option {
		options := []grabana.Option{grabana.Description(t.Help)}
		for _, q := range queries {
			options = append(options, grabana.WithPrometheusTarget(q.expr,
				prometheus.Instant(), prometheus.Format(prometheus.FormatTable)))
		}
		return row.WithTable(s.Title, options...)
	}, modern.Extra{
		Width: columns, SortBy: t.Columns[0].Title,
		Transformations: t.transformations(), Overrides: t.overrides(),
	})
}

// transformations join the queries' tables, drop the time, and name the value
// columns, which Grafana calls "Value #A", "Value #B" and so on.
func (t TableSpec) transformations() []dashboard.DataTransformerConfig {
	names, order := map[string]string{}, map[string]int{}
	for _, k := range t.Keys {
		order[k.Label.Name()] = len(order)
		names[k.Label.Name()] = k.Title
	}
	for i, c := range t.Columns {
		field := fmt.Sprintf("Value #%c", 'A'+i)
		if len(t.Columns) == 1 {
			field = "Value"
		}
		order[field], names[field] = len(order), c.Title
	}
	return []dashboard.DataTransformerConfig{
		{Id: "merge", Options: map[string]any{}},
		{Id: "organize", Options: map[string]any{
			"excludeByName": map[string]bool{"Time": true},
			"indexByName":   order,
			"renameByName":  names,
		}},
	}
}

func (t TableSpec) overrides() []dashboard.DashboardFieldConfigSourceOverrides {
	var out []dashboard.DashboardFieldConfigSourceOverrides
	for _, k := range t.Keys {
		var properties []dashboard.DynamicConfigValue
		if k.Blank != "" {
			properties = append(properties, modern.BlankProperty(k.Blank))
		}
		if len(k.Links) > 0 {
			properties = append(properties, modern.LinksProperty(k.Links))
		}
		if properties != nil {
			out = append(out, modern.Override(k.Title, properties...))
		}
	}
	for _, c := range t.Columns {
		properties := []dashboard.DynamicConfigValue{modern.UnitProperty(c.Unit)}
		if len(c.Thresholds) > 0 {
			properties = append(properties, modern.ColoredCells(steps(c.Thresholds, func(t Threshold) modern.Step {
				return modern.Step(t)
			}))...)
		}
		out = append(out, modern.Override(c.Title, properties...))
	}
	return out
}
