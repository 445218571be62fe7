package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	heat "github.com/grafana/grafana-foundation-sdk/go/heatmap"
)

// heatmap replaces the Angular heatmap, which grabana writes, by today's: the
// buckets come from Prometheus, so nothing is calculated in the browser.
func heatmap(old *sdk.Panel, extra Extra, p *dashboard.Panel) {
	h := old.HeatmapPanel
	p.Options = heat.Options{
		Calculate: pointer(false),
		Color: heat.HeatmapColorOptions{
			Mode:     pointer(heat.HeatmapColorModeScheme),
			Scheme:   "Oranges",
			Fill:     "dark-orange",
			Scale:    pointer(heat.HeatmapColorScaleExponential),
			Exponent: 0.5,
			Steps:    64,
		},
		CellGap:      pointer[uint8](1),
		FilterValues: &heat.FilterValueRange{Le: pointer[float32](1e-9)}, // hides empty cells
		RowsFrame:    &heat.RowsHeatmapOptions{Layout: pointer(common.HeatmapCellLayoutAuto)},
		ShowValue:    common.VisibilityModeNever,
		CellValues:   &heat.CellValues{Unit: pointer("reqps")},
		YAxis: heat.YAxisConfig{
			Unit:          optional(h.YAxis.Format),
			AxisPlacement: pointer(common.AxisPlacementLeft),
			Reverse:       pointer(h.ReverseYBuckets),
		},
		Legend:    heat.HeatmapLegend{Show: h.Legend.Show},
		Tooltip:   heat.HeatmapTooltip{Mode: common.TooltipDisplayModeSingle, YHistogram: pointer(true)},
		Exemplars: heat.ExemplarConfig{Color: "rgba(255,0,255,0.7)"},
	}
	p.FieldConfig = &dashboard.FieldConfigSource{
		Defaults: dashboard.FieldConfig{
			Custom: heat.FieldConfig{
				ScaleDistribution: scale("", 0),
				HideFrom:          &common.HideSeriesConfig{},
			},
		},
		Overrides: append([]dashboard.DashboardFieldConfigSourceOverrides{}, extra.Overrides...),
	}
}
