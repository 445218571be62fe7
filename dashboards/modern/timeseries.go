package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

func timeSeries(old *sdk.Panel, extra Extra, p *dashboard.Panel) {
	ts := old.TimeseriesPanel
	p.Options = timeseries.Options{
		Legend: legend(ts.Options.Legend, extra),
		Tooltip: common.VizTooltipOptions{
			Mode: common.TooltipDisplayMode(ts.Options.Tooltip.Mode),
			Sort: common.SortOrderDescending,
		},
	}
	p.FieldConfig = fields(ts.FieldConfig, extra)
	p.FieldConfig.Defaults.Custom = graphField(ts.FieldConfig.Defaults.Custom)
}

// legend: a hidden legend is showLegend=false today, and displayMode "hidden"
// is gone (schema 37).
func legend(old sdk.TimeseriesLegendOptions, extra Extra) common.VizLegendOptions {
	out := common.VizLegendOptions{
		DisplayMode: common.LegendDisplayMode(old.DisplayMode),
		Placement:   common.LegendPlacement(old.Placement),
		ShowLegend:  old.Show == nil || *old.Show,
		Calcs:       append([]string{}, old.Calcs...),
	}
	if out.DisplayMode == common.LegendDisplayModeHidden {
		out.DisplayMode, out.ShowLegend = common.LegendDisplayModeList, false
	}
	if extra.SortBy != "" {
		out.SortBy, out.SortDesc = pointer(extra.SortBy), pointer(true)
	}
	return out
}

// graphField leaves out what grabana writes as an empty enumeration value,
// which Grafana's schema does not allow.
func graphField(old sdk.FieldConfigCustom) common.GraphFieldConfig {
	return common.GraphFieldConfig{
		DrawStyle:         optional(common.GraphDrawStyle(old.DrawStyle)),
		LineInterpolation: optional(common.LineInterpolation(old.LineInterpolation)),
		LineWidth:         pointer(float64(old.LineWidth)),
		LineStyle:         lineStyle(old.LineStyle.Fill),
		FillOpacity:       pointer(float64(old.FillOpacity)),
		GradientMode:      optional(common.GraphGradientMode(old.GradientMode)),
		ShowPoints:        pointer(showPoints(old.ShowPoints)),
		PointSize:         pointer(float64(old.PointSize)),
		AxisPlacement:     optional(common.AxisPlacement(old.AxisPlacement)),
		AxisLabel:         optional(old.AxisLabel),
		AxisSoftMin:       decimals(old.AxisSoftMin),
		AxisSoftMax:       decimals(old.AxisSoftMax),
		BarAlignment:      optional(common.BarAlignment(old.BarAlignment)),
		ScaleDistribution: scale(old.ScaleDistribution.Type, old.ScaleDistribution.Log),
		Stacking:          stacking(old.Stacking.Mode, old.Stacking.Group),
		SpanNulls:         &common.BoolOrFloat64{Bool: pointer(old.SpanNulls)},
		ThresholdsStyle:   thresholdsStyle(old.ThresholdsStyle.Mode),
		HideFrom: &common.HideSeriesConfig{
			Legend: old.HideFrom.Legend, Tooltip: old.HideFrom.Tooltip, Viz: old.HideFrom.Viz,
		},
	}
}

func lineStyle(fill string) *common.LineStyle {
	if fill == "" {
		return nil
	}
	return &common.LineStyle{Fill: pointer(common.LineStyleFill(fill))}
}

func showPoints(old string) common.VisibilityMode {
	if old == "" {
		return common.VisibilityModeNever
	}
	return common.VisibilityMode(old)
}

func scale(kind string, base int) *common.ScaleDistributionConfig {
	out := common.ScaleDistributionConfig{Type: common.ScaleDistributionLinear}
	if kind != "" {
		out.Type = common.ScaleDistribution(kind)
	}
	if base != 0 {
		out.Log = pointer(float64(base))
	}
	return &out
}

func stacking(mode, group string) *common.StackingConfig {
	out := common.StackingConfig{Mode: pointer(common.StackingModeNone), Group: pointer("A")}
	if mode != "" {
		out.Mode = pointer(common.StackingMode(mode))
	}
	if group != "" {
		out.Group = &group
	}
	return &out
}

func thresholdsStyle(mode string) *common.GraphThresholdsStyleConfig {
	if mode == "" {
		mode = string(common.GraphThresholdsStyleModeOff)
	}
	return &common.GraphThresholdsStyleConfig{Mode: common.GraphThresholdsStyleMode(mode)}
}
