package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	statpanel "github.com/grafana/grafana-foundation-sdk/go/stat"
)

func stat(old *sdk.Panel, extra Extra, p *dashboard.Panel) {
	o := old.StatPanel.Options
	p.Options = statpanel.Options{
		GraphMode:              orElse(common.BigValueGraphMode(o.GraphMode), common.BigValueGraphModeNone),
		ColorMode:              orElse(common.BigValueColorMode(o.ColorMode), common.BigValueColorModeNone),
		JustifyMode:            orElse(common.BigValueJustifyMode(o.JustifyMode), common.BigValueJustifyModeAuto),
		TextMode:               orElse(common.BigValueTextMode(o.TextMode), common.BigValueTextModeAuto),
		WideLayout:             extra.Wide,
		ReduceOptions:          reduce(o.ReduceOptions),
		PercentChangeColorMode: common.PercentChangeColorModeStandard,
		Orientation:            orElse(common.VizOrientation(o.Orientation), common.VizOrientationAuto),
	}
	p.FieldConfig = fields(old.StatPanel.FieldConfig, extra)
}

func reduce(old sdk.ReduceOptions) common.ReduceDataOptions {
	return common.ReduceDataOptions{
		Values: pointer(old.Values),
		Fields: pointer(old.Fields),
		Calcs:  append([]string{}, old.Calcs...),
	}
}

func orElse[T ~string](v, otherwise T) T {
	if v == "" {
		return otherwise
	}
	return v
}
