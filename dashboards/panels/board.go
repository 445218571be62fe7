package panels

import (
	"errors"
	"fmt"
	"sync"

	"github.com/K-Phoen/grabana/dashboard"
	"github.com/K-Phoen/grabana/row"
	"github.com/K-Phoen/grabana/variable/datasource"
	variable "github.com/K-Phoen/grabana/variable/query"

	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Tag is on every board; the boards link to each other by it.
const Tag = "ginsight"

// Board is a dashboard.
type Board struct {
	// UID is at most 40 characters and never changes: links and publishing go
	// by it.
	UID, Title string
	// Help is shown in Grafana's list of dashboards.
	Help      string
	Tags      []string
	Variables []Variable
	Rows      []Row
}

// Row is a headed group of panels, laid out from left to right.
type Row struct {
	Title  string
	Panels []Panel
}

// Variable is a picker of a board: its values are those of the label on a
// series that matches.
type Variable struct {
	query.Variable
	From  catalog.Series
	Where []query.Matcher
}

// building guards grabana, which numbers panels by a counter of the process.
var building sync.Mutex

// JSON builds the board: canonical, deterministic, of today's schema. The error
// joins everything that is wrong with its panels.
func (b Board) JSON() ([]byte, error) {
	building.Lock()
	defer building.Unlock()
	options, extras, err := b.options()
	if err != nil {
		return nil, fmt.Errorf("board %q: %w", b.Title, err)
	}
	builder, err := dashboard.New(b.Title, options...)
	if err != nil {
		return nil, fmt.Errorf("board %q: %w", b.Title, err)
	}
	return modern.Convert(builder.Internal(), modern.Page{Description: b.Help, Extras: extras})
}

func (b Board) options() ([]dashboard.Option, map[modern.PanelKey]modern.Extra, error) {
	options := []dashboard.Option{
		dashboard.UID(b.UID),
		dashboard.Tags(append([]string{Tag}, b.Tags...)),
		dashboard.Time("now-1h", "now"),
		dashboard.AutoRefresh("30s"),
		dashboard.Timezone(dashboard.Browser),
		dashboard.SharedCrossHair(),
		dashboard.DashboardLinks(dashboard.DashboardLink{
			Title: "Boards", Tags: []string{Tag}, IncludeTimeRange: true, IncludeVariableValues: true,
		}),
		dashboard.VariableAsDatasource(modern.DataSourceVariable,
			datasource.Label("Data source"), datasource.Type("prometheus")),
	}
	var errs []error
	for _, v := range b.Variables {
		option, err := v.option()
		options, errs = append(options, option), append(errs, err)
	}
	extras := map[modern.PanelKey]modern.Extra{}
	for _, r := range b.Rows {
		option, err := r.option(extras)
		options, errs = append(options, option), append(errs, err)
	}
	return options, extras, errors.Join(errs...)
}

// option builds a row and notes what its panels need beyond grabana.
func (r Row) option(extras map[modern.PanelKey]modern.Extra) (dashboard.Option, error) {
	var options []row.Option
	var errs []error
	for _, p := range r.Panels {
		key := modern.PanelKey{Row: r.Title, Title: p.title}
		if _, twice := extras[key]; twice {
			errs = append(errs, fmt.Errorf("row %q: two panels are called %q", r.Title, p.title))
		}
		extras[key] = p.extra
		options, errs = append(options, p.option), append(errs, p.err)
	}
	return dashboard.Row(r.Title, options...), errors.Join(errs...)
}

func (v Variable) option() (dashboard.Option, error) {
	request, err := v.Values(v.From, v.Where...)
	return dashboard.VariableAsQuery(v.Name,
		variable.Label(v.Title),
		variable.Request(request),
		variable.Multiple(), variable.IncludeAll(), variable.DefaultAll(), variable.AllValue(v.All),
	), err
}
