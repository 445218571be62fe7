package lint

import "fmt"

// Rules lists every rule, by the part of the dashboard that it looks at. The
// first of each part ask for what grafana/dashboard-linter asks for too.
func Rules() []Rule {
	return []Rule{
		uneditableDashboard(),
		dashboardUID(),
		dashboardTags(),
		dashboardLinks(),
		schemaVersion(),
		annotationQuery(),

		templateDatasource(),
		templateJob(),
		templateInstance(),
		templateLabelPromQL(),
		templateOnTimeChangeReload(),
		variableUndefined(),
		variableUnused(),
		hardCodedDatasource(),

		panelDatasource(),
		panelTitleDescription(),
		panelUnits(),
		panelNoTargets(),
		panelDescription(),
		panelGrid(),
		panelID(),
		panelLinks(),
		panelRemovedType(),
		panelStale(),
		panelText(),
		panelThresholds(),
		panelTitleUnique(),
		panelUnitRange(),

		targetPromQL(),
		targetRateInterval(),
		targetJob(),
		targetInstance(),
		targetCounterAgg(),
		targetLogQL(),
		targetLogQLAuto(),
		targetDuplicate(),
		targetLegend(),
		targetMultiValue(),
		targetRatio(),
		targetRefID(),
	}
}

// Find returns the rule of that id; the error tells that there is none.
func Find(id string) (Rule, error) {
	for _, r := range Rules() {
		if r.ID == id {
			return r, nil
		}
	}
	return Rule{}, fmt.Errorf("there is no rule %q: lint --rules lists them", id)
}
