package modern

import (
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// Annotation marks the moments at which a query is 1: Grafana draws no others.
type Annotation struct {
	Title string
	// Text is what the mark says; {{label}} is replaced.
	Text  string
	Color string
	Expr  string
}

// annotationStep is the interval at which Grafana evaluates an annotation, its
// own default for Prometheus.
const annotationStep = "60s"

func annotations(list []Annotation) []dashboard.AnnotationQuery {
	out := []dashboard.AnnotationQuery{builtInAnnotations()}
	for _, a := range list {
		out = append(out, dashboard.AnnotationQuery{
			Name:        a.Title,
			Datasource:  variableSource(),
			Enable:      true,
			Hide:        pointer(false),
			IconColor:   a.Color,
			TitleFormat: pointer(a.Title),
			TextFormat:  pointer(a.Text),
			Target: prometheus.Dataquery{
				RefId:    pointer("Anno"),
				Expr:     a.Expr,
				Interval: pointer(annotationStep),
			},
		})
	}
	return out
}

// builtInAnnotations is the query for annotations made by hand or through the
// API. Grafana adds it to a board that lacks it, which would show up as a
// difference after the first look in the browser.
func builtInAnnotations() dashboard.AnnotationQuery {
	return dashboard.AnnotationQuery{
		Name:       "Annotations & Alerts",
		Type:       pointer("dashboard"),
		BuiltIn:    pointer(1.0),
		Datasource: source("grafana", "-- Grafana --"),
		Enable:     true,
		Hide:       pointer(true),
		IconColor:  "rgba(0, 211, 255, 1)",
	}
}
