// Package model reads what a picture needs of a dashboard: classic JSON of schema
// version 16 and up.
package model

import (
	"encoding/json"
	"time"
)

// Board is a dashboard.
type Board struct {
	UID, Title, Description string
	Tags                    []string
	// From and To are the default time range, such as "now-1h" and "now";
	// Refresh is a duration such as "30s" or "".
	From, To, Refresh string
	Timezone          string
	Variables         []Variable
	Annotations       []Annotation
	Links             []BoardLink
	// Panels are in the order of the page, rows among them.
	Panels []Panel
}

// Panel is a panel or a row.
type Panel struct {
	ID                       int64
	Type, Title, Description string
	Transparent              bool
	Grid                     Grid
	// Collapsed rows hold their panels in Panels.
	Collapsed bool
	Panels    []Panel
	// Repeat is the variable for whose values the panel is repeated, "" for none;
	// RepeatDirection is "h" or "v", MaxPerRow the most beside each other.
	Repeat, RepeatDirection string
	MaxPerRow               int
	Datasource              Datasource
	Targets                 []Target
	Transformations         []Transformation
	Options                 json.RawMessage
	// Defaults is fieldConfig.defaults, Overrides fieldConfig.overrides.
	Defaults  json.RawMessage
	Overrides []Override
	Links     []BoardLink
	// Interval is the least that $__interval may be, MaxDataPoints the most points
	// of a query, TimeFrom and TimeShift change the range; zero if unset.
	Interval            string
	MaxDataPoints       int
	TimeFrom, TimeShift string
	// Scope are the values that variables have on this panel alone, because it was
	// repeated for them by [Expand]; Clone tells the copies of one panel apart: ""
	// for the first, then "1", "2", or "1.2" within a repeated row. ID and Clone
	// together name a panel of a board.
	Scope map[string]string
	Clone string
}

// Grid is the place on the page: 24 columns, a row of the grid is 30 px and 8 px between.
type Grid struct{ X, Y, W, H int }

// Datasource is a reference; both may be "" or hold variables.
type Datasource struct{ Type, UID string }

// Target is a query.
type Target struct {
	RefID, Expr, Legend, Format, Interval string
	Instant, Range, Exemplar, Hide        bool
	// Factor multiplies the step, as old dashboards do for a coarser graph; 0 is 1.
	Factor     int
	Datasource Datasource
	// Raw is the whole target, for sources other than Prometheus.
	Raw json.RawMessage
}

// Transformation is a step between query and panel.
type Transformation struct {
	ID       string
	Disabled bool
	Options  json.RawMessage
	// Filter is the matcher for the frames it applies to, nil for all.
	Filter *Matcher
}

// Matcher picks fields or frames: byName, byRegexp, byType, byFrameRefID and so on.
type Matcher struct {
	ID      string          `json:"id"`
	Options json.RawMessage `json:"options"`
}

// Override sets properties on the fields that match.
type Override struct {
	Matcher    Matcher    `json:"matcher"`
	Properties []Property `json:"properties"`
}

// Property is one setting, such as "unit" or "custom.lineWidth".
type Property struct {
	ID    string          `json:"id"`
	Value json.RawMessage `json:"value"`
}

// Variable is a template variable.
type Variable struct {
	Name, Label, Type, Query, Regex, AllValue string
	Multi, IncludeAll                         bool
	// Hide is 0 for shown, 1 without its label, 2 for hidden; Sort as Grafana counts it.
	Hide, Sort int
	// Current are the values selected when the board was saved; "$__all" is all of them.
	Current []string
	// Options are values written into the variable.
	Options []Option
	// Datasource is where the values of a query come from.
	Datasource Datasource
	// Filters are those of a variable of type adhoc: they hold for every query.
	Filters []Filter
}

// Filter is a label and what its value has to be; Operator is one of =, !=, =~
// and !~, or =| for one of several Values, and !=| for none of them.
type Filter struct {
	Key, Operator, Value string
	Values               []string
}

// Option is a choice of a variable.
type Option struct{ Text, Value string }

// Annotation marks moments on all graphs by a Prometheus query.
type Annotation struct {
	Name, Expr, Step, TitleFormat, TextFormat, TagKeys, Color string
	Enable, Hide, UseValueForTime                             bool
	Datasource                                                Datasource
}

// BoardLink is a link of a dashboard or of a panel.
type BoardLink struct {
	Title, URL, Type, Tooltip                      string
	Tags                                           []string
	KeepTime, IncludeVars, TargetBlank, AsDropdown bool
}

// Range is a span of time and the zone to write it in; a nil Zone is UTC.
type Range struct {
	From, To time.Time
	Zone     *time.Location
}
