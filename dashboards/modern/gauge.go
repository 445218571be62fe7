package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	gaugepanel "github.com/grafana/grafana-foundation-sdk/go/gauge"
)

func gauge(old *sdk.Panel, extra Extra, p *dashboard.Panel) {
	o := old.GaugePanel.Options
	p.Options = gaugepanel.Options{
		ShowThresholdMarkers: true,
		Sizing:               common.BarGaugeSizingAuto,
		MinVizWidth:          75,
		MinVizHeight:         75,
		ReduceOptions:        reduce(o.ReduceOptions),
		Orientation:          orElse(common.VizOrientation(o.Orientation), common.VizOrientationAuto),
	}
	p.FieldConfig = fields(old.GaugePanel.FieldConfig, extra)
}
