package modern

import (
	"encoding/json"

	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// Extra is what today's Grafana can show and grabana cannot say. It belongs to
// one panel and is the only way around grabana.
type Extra struct {
	// Width and Height are in Grafana's grid: 24 columns, rows of 30 px.
	// grabana knows twelfths and pixels.
	Width, Height int
	// Exemplars draws the exemplars of the panel's queries as points.
	Exemplars bool
	// Links are shown when a user clicks on a series or a cell.
	Links []Link
	// Mappings turn values into texts and colours.
	Mappings []dashboard.ValueMapping
	// Transformations reshape what the queries returned, in order.
	Transformations []dashboard.DataTransformerConfig
	// Overrides change how single fields are drawn.
	Overrides []dashboard.DashboardFieldConfigSourceOverrides
	// SortBy orders a table by a column, or a legend table by a calculation,
	// largest first.
	SortBy string
	// Wide puts a stat's name beside its value where there is room.
	Wide bool
	// Patch is a JSON merge patch (RFC 7396) over the panel as it is generated:
	// the way out for what neither grabana nor the fields above can say. Only
	// what departs from the house style belongs into it.
	Patch json.RawMessage
	// QueryPatches are merge patches over the panel's queries, by position; an
	// empty one changes nothing.
	QueryPatches []json.RawMessage
}

// Link leads from a value to another page; its URL may use Grafana's variables,
// such as ${__field.labels.http_route}.
type Link struct{ Title, URL string }

// Page is what the board as a whole needs beyond grabana.
type Page struct {
	// Description is shown in Grafana's dashboard list.
	Description string
	// Extras belong to the panels of the board that grabana built. grabana
	// copies panels and numbers them across the process, so a panel is known by
	// its titles.
	Extras map[PanelKey]Extra
	// Annotations mark moments across all graphs; grabana knows only those by
	// tag.
	Annotations []Annotation
	// VariablePatches are merge patches over variables, by name.
	VariablePatches map[string]json.RawMessage
	// Patch is a merge patch over the board, laid last.
	Patch json.RawMessage
}

// PanelKey names a panel of a board: titles are unique within a row.
type PanelKey struct{ Row, Title string }
