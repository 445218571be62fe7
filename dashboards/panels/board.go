package panels

import (
	"encoding/json"
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
	// Annotations are drawn across all graphs.
	Annotations []Annotation
	// Form is how the histograms that the board asks for are stored.
	Form query.Form
	// Patch is a JSON merge patch over the board as it is generated, for what
	// only this board needs; see [Panel.Patched].
	Patch string
}

// Row is a group of panels, laid out from left to right. Without a title it has
// no heading.
type Row struct {
	Title  string
	Panels []Panel
	// Collapsed shows the heading only, until it is clicked.
	Collapsed bool
	// Repeat is a variable; there is a row for each of its picked values.
	Repeat string
}

// Variable is a picker of a board: its values are those of the label on a
// series that matches.
type Variable struct {
	query.Variable
	From  catalog.Series
	Where []query.Matcher
	// Request is used instead of From and Where if it is set: what Grafana's
	// Prometheus data source evaluates, such as label_values(up, job).
	Request string
	// Patch is a JSON merge patch over the variable as it is generated, for
	// another type of variable or one that takes a single value; see
	// [Panel.Patched].
	Patch string
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
	page := b.page(extras)
	if page.Annotations, err = b.annotations(); err != nil {
		return nil, fmt.Errorf("board %q: %w", b.Title, err)
	}
	return modern.Convert(builder.Internal(), page)
}

// page is what the board needs beyond grabana.
func (b Board) page(extras map[modern.PanelKey]modern.Extra) modern.Page {
	p := modern.Page{
		Description:     b.Help,
		Extras:          extras,
		VariablePatches: map[string]json.RawMessage{},
		Patch:           json.RawMessage(b.Patch),
	}
	for _, v := range b.Variables {
		p.VariablePatches[v.Name] = json.RawMessage(v.Patch)
	}
	return p
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
	options = append(options, b.taggedAnnotations()...)
	var errs []error
	for _, v := range b.Variables {
		option, err := v.option(b.Form)
		options, errs = append(options, option), append(errs, err)
	}
	extras := map[modern.PanelKey]modern.Extra{}
	for _, r := range b.Rows {
		option, err := r.option(b.Form, extras)
		options, errs = append(options, option), append(errs, err)
	}
	return options, extras, errors.Join(errs...)
}

// option builds a row and notes what its panels need beyond grabana.
func (r Row) option(f query.Form, extras map[modern.PanelKey]modern.Extra) (dashboard.Option, error) {
	var options []row.Option
	var errs []error
	name := r.Title
	if name == "" { // grabana would give it a name of its own
		name = "untitled"
		options = append(options, row.HideTitle())
	}
	if r.Collapsed {
		options = append(options, row.Collapse())
	}
	if r.Repeat != "" {
		options = append(options, row.RepeatFor(r.Repeat))
	}
	for _, p := range r.Panels {
		key := modern.PanelKey{Row: name, Title: p.title}
		if _, twice := extras[key]; twice {
			errs = append(errs, fmt.Errorf("row %q: two panels are called %q", r.Title, p.title))
		}
		extras[key] = p.extra
		option, err := p.option(f)
		options, errs = append(options, option), append(errs, err)
	}
	return dashboard.Row(name, options...), errors.Join(errs...)
}

func (v Variable) option(f query.Form) (dashboard.Option, error) {
	request, err := v.Request, error(nil)
	if request == "" {
		request, err = v.ValuesIn(f, v.From, v.Where...)
	}
	return dashboard.VariableAsQuery(v.Name,
		variable.Label(v.Title),
		variable.Request(request),
		variable.Multiple(), variable.IncludeAll(), variable.DefaultAll(), variable.AllValue(v.All),
	), err
}
