package check

import (
	"encoding/json"
	"fmt"
	"io"
)

// formats are the forms that [Report.WriteAs] knows: a table for people, JSON
// for programs, GitHub's workflow commands, and SARIF 2.1.0 for code scanning.
var formats = map[string]func(Report, io.Writer) error{
	"table": Report.Write, "json": Report.writeJSON, "github": Report.writeGitHub, "sarif": Report.writeSARIF,
}

// KnownFormat tells whether [Report.WriteAs] knows a form.
func KnownFormat(name string) bool { return formats[name] != nil }

// WriteAs prints the report as "table", "json", "github" or "sarif".
func (r Report) WriteAs(w io.Writer, format string) error {
	write := formats[format]
	if write == nil {
		return fmt.Errorf("there is no format %q: use table, json, github or sarif", format)
	}
	return write(r, w)
}

type jsonFinding struct {
	Board    string `json:"board"`
	File     string `json:"file,omitempty"`
	FileLine int    `json:"fileLine,omitempty"`
	Where    string `json:"where"`
	Panel    string `json:"panel,omitempty"`
	RefID    string `json:"refId,omitempty"`
	Group    string `json:"group,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Nearest  string `json:"nearest,omitempty"`
	Fix      string `json:"fix,omitempty"`
	Expr     string `json:"expr,omitempty"`
}

type jsonPanel struct {
	Board  string `json:"board"`
	Panel  string `json:"panel"`
	State  string `json:"state"`
	Series int    `json:"series"`
}

func (r Report) writeJSON(w io.Writer) error {
	out := struct {
		Findings []jsonFinding `json:"findings"`
		Panels   []jsonPanel   `json:"panels"`
	}{[]jsonFinding{}, []jsonPanel{}}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, jsonFinding{f.Board, f.File, f.FileLine, f.Where, f.Panel, f.RefID, f.Group, f.Line, f.Column,
			f.Rule, f.Severity.String(), f.Text, f.Nearest, f.Fix, f.Expr})
	}
	for _, row := range r.Rows {
		out.Panels = append(out.Panels, jsonPanel{row.Board, row.Panel, row.State().String(), row.Series()})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
