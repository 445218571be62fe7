package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
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

// annotations lists the built-in one, those by tag, which grabana knows, and those
// by query.
func annotations(byTag []sdk.Annotation, byQuery []Annotation) []dashboard.AnnotationQuery {
	out := []dashboard.AnnotationQuery{builtInAnnotations()}
	for _, a := range byTag {
		out = append(out, taggedAnnotations(a))
	}
	for _, a := range byQuery {
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

// annotationLimit is how many annotations by tag Grafana shows, its own default.
const annotationLimit = 100

// taggedAnnotations asks for annotations of all boards that were made by hand or
// through the API, with all of the tags. What grabana says of the tags at the top
// is within the target today, and they are stored in Grafana itself.
func taggedAnnotations(old sdk.Annotation) dashboard.AnnotationQuery {
	return dashboard.AnnotationQuery{
		Name:       old.Name,
		Datasource: source("grafana", "-- Grafana --"),
		Enable:     old.Enable,
		Hide:       pointer(false),
		IconColor:  old.IconColor,
		Target: variants.UnknownDataquery{
			"type": old.Type, "tags": append([]string{}, old.Tags...), "matchAny": false, "limit": annotationLimit,
		},
	}
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
