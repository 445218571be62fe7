package modern

import "github.com/grafana/grafana-foundation-sdk/go/dashboard"

// Override changes how the field with this display name is drawn.
func Override(name string, properties ...dashboard.DynamicConfigValue) dashboard.DashboardFieldConfigSourceOverrides {
	return dashboard.DashboardFieldConfigSourceOverrides{
		Matcher:    dashboard.MatcherConfig{Id: "byName", Options: name},
		Properties: properties,
	}
}

// UnitProperty sets a field's unit.
func UnitProperty(unit string) dashboard.DynamicConfigValue {
	return dashboard.DynamicConfigValue{Id: "unit", Value: unit}
}

// LinksProperty sets what a click on the field offers.
func LinksProperty(list []Link) dashboard.DynamicConfigValue {
	return dashboard.DynamicConfigValue{Id: "links", Value: dataLinks(list)}
}

// BlankProperty sets what is shown in place of an empty text.
func BlankProperty(text string) dashboard.DynamicConfigValue {
	return dashboard.DynamicConfigValue{Id: "mappings", Value: []dashboard.SpecialValueMap{{
		Type: dashboard.MappingTypeSpecialValue,
		Options: dashboard.DashboardSpecialValueMapOptions{
			Match: dashboard.SpecialValueMatchEmpty, Result: dashboard.ValueMappingResult{Text: &text},
		},
	}}}
}

// Step is the colour from a value upwards.
type Step struct {
	From  float64
	Color string
}

// ColoredCells colours a table's cells by their value: as they are below the
// first step.
func ColoredCells(steps []Step) []dashboard.DynamicConfigValue {
	list := []dashboard.Threshold{{Color: "transparent"}}
	for _, s := range steps {
		list = append(list, dashboard.Threshold{Color: s.Color, Value: &s.From})
	}
	return []dashboard.DynamicConfigValue{
		{Id: "thresholds", Value: dashboard.ThresholdsConfig{Mode: dashboard.ThresholdsModeAbsolute, Steps: list}},
		{Id: "custom.cellOptions", Value: map[string]any{"type": "color-background", "mode": "basic"}},
	}
}
