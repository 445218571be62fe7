package modern

import (
	"encoding/json"
	"fmt"

	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// SchemaVersion is the newest version of the classic dashboard schema, in the
// frontend and in the backend's migrations of Grafana 12.4.
const SchemaVersion = 42

// DataSourceVariable is the template variable that every panel, query and
// variable takes its data source from.
const DataSourceVariable = "datasource"

// Convert turns a board that grabana built into canonical dashboard JSON of
// [SchemaVersion]. It returns an error that names the panel if the board uses
// something that has no counterpart.
func Convert(board *sdk.Board, page Page) ([]byte, error) {
	panels, extras, err := layOut(board.Rows, page)
	if err != nil {
		return nil, fmt.Errorf("board %q: %w", board.Title, err)
	}
	variables, err := variables(board.Templating.List)
	if err != nil {
		return nil, fmt.Errorf("board %q: %w", board.Title, err)
	}
	out := dashboard.Dashboard{
		Uid:                  &board.UID,
		Title:                &board.Title,
		Description:          optional(page.Description),
		Tags:                 board.Tags,
		Timezone:             &board.Timezone,
		Editable:             &board.Editable,
		GraphTooltip:         tooltip(board),
		Time:                 &dashboard.DashboardDashboardTime{From: board.Time.From, To: board.Time.To},
		Timepicker:           &dashboard.TimePickerConfig{RefreshIntervals: board.Timepicker.RefreshIntervals},
		FiscalYearStartMonth: pointer[uint8](0),
		WeekStart:            pointer(""), // v1beta1 adds it to a board that lacks it
		Refresh:              refresh(board),
		SchemaVersion:        SchemaVersion,
		Panels:               panels,
		Templating:           dashboard.DashboardDashboardTemplating{List: variables},
		Annotations:          dashboard.AnnotationContainer{List: annotations(board.Annotations.List, page.Annotations)},
		Links:                links(board.Links),
	}
	raw, err := json.Marshal(out)
	if err == nil {
		raw, err = applyPatches(raw, page, extras)
	}
	if err != nil {
		return nil, fmt.Errorf("board %q: %w", board.Title, err)
	}
	return Canonical(raw)
}

// tooltip shares the crosshair if grabana was told to: a flag of its own in the
// old schema, a number in today's.
func tooltip(board *sdk.Board) *dashboard.DashboardCursorSync {
	if board.SharedCrosshair || board.GraphTooltip == 1 {
		return pointer(dashboard.DashboardCursorSyncCrosshair)
	}
	return pointer(dashboard.DashboardCursorSyncOff)
}

// refresh is always a string today; grabana's BoolString may hold a bool.
func refresh(board *sdk.Board) *string {
	if board.Refresh == nil {
		return pointer("")
	}
	return pointer(board.Refresh.Value)
}

// links converts links of a board or a panel.
func links(old []sdk.Link) []dashboard.DashboardLink {
	var out []dashboard.DashboardLink
	for _, l := range old {
		out = append(out, dashboard.DashboardLink{
			Title:       l.Title,
			Type:        dashboard.DashboardLinkType(l.Type),
			Icon:        value(l.Icon),
			Tooltip:     value(l.Tooltip),
			Url:         l.URL,
			Tags:        append([]string{}, l.Tags...),
			AsDropdown:  value(l.AsDropdown),
			TargetBlank: value(l.TargetBlank),
			IncludeVars: l.IncludeVars,
			KeepTime:    value(l.KeepTime),
		})
	}
	return out
}
