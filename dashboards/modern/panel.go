package modern

import (
	"fmt"

	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// kinds converts what is particular to a type of panel: its options and the
// field configuration. A type that is not here is not silently passed through.
var kinds = map[string]func(old *sdk.Panel, extra Extra, new *dashboard.Panel){
	"timeseries": timeSeries,
	"stat":       stat,
	"gauge":      gauge,
	"heatmap":    heatmap,
	"table":      table,
	"text":       text,
}

// panel converts one panel, without its id and position.
func panel(old *sdk.Panel, extra Extra) (dashboard.Panel, error) {
	convert, ok := kinds[old.Type]
	if !ok {
		return dashboard.Panel{}, fmt.Errorf("type %q has no counterpart in today's schema here", old.Type)
	}
	p := dashboard.Panel{
		Type:            old.Type,
		Title:           &old.Title,
		Description:     old.Description,
		Datasource:      variableSource(),
		Transparent:     optional(old.Transparent),
		Links:           links(old.Links),
		Repeat:          old.Repeat,
		Targets:         targets(old, extra),
		Transformations: extra.Transformations,
	}
	convert(old, extra, &p)
	return p, nil
}

// targets gives every query a reference letter, its own data source, and a
// clear word on whether it is a range or an instant query, all of which grabana
// leaves out.
func targets(old *sdk.Panel, extra Extra) []variants.Dataquery {
	list := old.GetTargets()
	if list == nil {
		return nil
	}
	var out []variants.Dataquery
	for i, t := range *list {
		out = append(out, prometheus.Dataquery{
			RefId:        pointer(refID(i)),
			Datasource:   variableSource(),
			Expr:         t.Expr,
			LegendFormat: optional(t.LegendFormat),
			Format:       pointer(prometheus.PromQueryFormat(t.Format)),
			Hide:         optional(t.Hide),
			Instant:      pointer(t.Instant),
			Range:        pointer(!t.Instant),
			Exemplar:     pointer(extra.Exemplars),
			EditorMode:   pointer(prometheus.QueryEditorModeCode),
			Interval:     optional(t.Interval),
		})
	}
	return out
}

// refID counts A to Z, then AA, as Grafana does.
func refID(i int) string {
	letter := string(rune('A' + i%26))
	if i < 26 {
		return letter
	}
	return refID(i/26-1) + letter
}
