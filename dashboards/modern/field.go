package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// fields converts the field configuration that most panels share.
func fields(old sdk.FieldConfig, extra Extra) *dashboard.FieldConfigSource {
	d := old.Defaults
	return &dashboard.FieldConfigSource{
		Defaults: dashboard.FieldConfig{
			Unit:       optional(d.Unit),
			Decimals:   decimals(d.Decimals),
			Min:        d.Min,
			Max:        d.Max,
			NoValue:    optional(d.NoValue),
			Mappings:   append([]dashboard.ValueMapping{}, extra.Mappings...),
			Thresholds: thresholds(d.Thresholds),
			Color:      color(d.Color),
			Links:      append(links(d.Links), dataLinks(extra.Links)...),
		},
		Overrides: append(overrides(old.Overrides), extra.Overrides...),
	}
}

func decimals(n *int) *float64 {
	if n == nil {
		return nil
	}
	return pointer(float64(*n))
}

// thresholds always has a base step, whose value is null: Grafana adds one
// where it is missing.
func thresholds(old sdk.Thresholds) *dashboard.ThresholdsConfig {
	out := dashboard.ThresholdsConfig{Mode: dashboard.ThresholdsModeAbsolute}
	if old.Mode != "" {
		out.Mode = dashboard.ThresholdsMode(old.Mode)
	}
	if len(old.Steps) == 0 || old.Steps[0].Value != nil {
		out.Steps = append(out.Steps, dashboard.Threshold{Color: "green"})
	}
	for _, s := range old.Steps {
		out.Steps = append(out.Steps, dashboard.Threshold{Color: s.Color, Value: s.Value})
	}
	return &out
}

// color leaves out the fixed colour that grabana writes whatever the mode.
func color(old sdk.FieldConfigColor) *dashboard.FieldColor {
	if old.Mode == "" {
		return &dashboard.FieldColor{Mode: dashboard.FieldColorModeIdPaletteClassic}
	}
	out := dashboard.FieldColor{
		Mode:     dashboard.FieldColorModeId(old.Mode),
		SeriesBy: optional(dashboard.FieldColorSeriesByMode(old.SeriesBy)),
	}
	if out.Mode == dashboard.FieldColorModeIdFixed {
		out.FixedColor = optional(old.FixedColor)
	}
	return &out
}

// dataLinks are shown on a click on a value. Only the title and the address
// have a meaning for them; the schema asks for the rest.
func dataLinks(list []Link) []dashboard.DashboardLink {
	var out []dashboard.DashboardLink
	for _, l := range list {
		out = append(out, dashboard.DashboardLink{
			Title: l.Title, Url: pointer(l.URL), Type: dashboard.DashboardLinkTypeLink, Tags: []string{},
		})
	}
	return out
}

func overrides(old []sdk.FieldConfigOverride) []dashboard.DashboardFieldConfigSourceOverrides {
	out := []dashboard.DashboardFieldConfigSourceOverrides{}
	for _, o := range old {
		var properties []dashboard.DynamicConfigValue
		for _, p := range o.Properties {
			properties = append(properties, dashboard.DynamicConfigValue{Id: p.ID, Value: p.Value})
		}
		out = append(out, dashboard.DashboardFieldConfigSourceOverrides{
			Matcher:    dashboard.MatcherConfig{Id: o.Matcher.ID, Options: o.Matcher.Options},
			Properties: properties,
		})
	}
	return out
}
