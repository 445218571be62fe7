package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/panels"
)

// kind is a function of the house style.
type kind struct {
	name string
	make func(panels.Spec) panels.Panel
}

var (
	lines     = kind{"Lines", panels.Lines}
	stacked   = kind{"Stacked", panels.Stacked}
	latency   = kind{"Latency", panels.Latency}
	bigNumber = kind{"Number", panels.Number}
	fact      = kind{"Fact", panels.Fact}
	heatmap   = kind{"Heatmap", panels.Heatmap}
)

// What a panel gets that the house style asks for and the dashboard has not; a
// patch takes it out again.
const (
	noHelp = "TODO: how to read it, and what to do about it."
	noUnit = "short"
)

// columns is the width of Grafana's grid.
const columns = 24

// specs are the ways to say a panel in a kind: with its thresholds or, where
// they are Grafana's defaults that nothing draws, without.
func specs(p *panel, k kind) []panels.Spec {
	w := p.wanted
	defaults, _ := loose.At(w, "fieldConfig", "defaults").(object)
	s := panels.Spec{Title: p.title, Help: orElse(text(w, "description"), noHelp), Unit: unit(w, k)}
	if k.name != heatmap.name {
		s.Links = dataLinks(defaults["links"])
		if n := float(defaults["decimals"]); n != nil {
			s.Decimals = panels.At(int(*n))
		}
	}
	if k.make != nil && (k.name == lines.name || k.name == stacked.name || k.name == latency.name) {
		s.Min, s.Max = float(defaults["min"]), float(defaults["max"])
		if k.name == latency.name && s.Min != nil && *s.Min == 0 {
			s.Min = nil // the kind's own
		}
	}
	steps, base := thresholds(defaults)
	if k.name == bigNumber.name || k.name == fact.name {
		if base != "green" {
			s.Base = base
		}
	}
	if len(steps) == 0 || k.name == heatmap.name {
		return []panels.Spec{s}
	}
	with := s
	with.Thresholds = steps
	return []panels.Spec{with, s}
}

func unit(w object, k kind) string {
	unit := text(w, "fieldConfig", "defaults", "unit")
	if k.name == heatmap.name {
		unit = text(w, "options", "yAxis", "unit")
	}
	if axes := loose.Objects(w["yaxes"]); unit == "" && len(axes) > 0 {
		unit = text(axes[0], "format")
	}
	return orElse(orElse(unit, text(w, "format")), noUnit)
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func thresholds(defaults object) (steps []panels.Threshold, base string) {
	for i, step := range loose.Objects(loose.At(defaults, "thresholds", "steps")) {
		from := float(step["value"])
		if i == 0 && from == nil {
			base = text(step, "color")
			continue
		}
		if from != nil {
			steps = append(steps, panels.Threshold{From: *from, Color: text(step, "color")})
		}
	}
	return steps, base
}

func dataLinks(v any) []modern.Link {
	var out []modern.Link
	for _, l := range loose.Objects(v) {
		out = append(out, modern.Link{Title: text(l, "title"), URL: text(l, "url")})
	}
	return out
}

// attempt is a way to say a panel, and what it takes to make it exact.
type attempt struct {
	kind    kind
	spec    panels.Spec
	table   *panels.TableSpec // instead of spec
	queries []target
	made    panels.Panel
	patch   object
}

// run makes the panel and finds the patches that it needs.
func (a *attempt) run(p *panel) error {
	changed, err := a.compare(p)
	if err == nil && changed {
		_, err = a.compare(p)
	}
	return err
}

// compare makes the panel and notes what differs. If that changes what the next
// one would be, it says so.
func (a *attempt) compare(p *panel) (changed bool, err error) {
	a.made = a.makePanel()
	made, err := render(a.made, p.form)
	if err != nil {
		return false, err
	}
	changed = a.setSize(p, whole(loose.At(made, "gridPos", "w")), whole(loose.At(made, "gridPos", "h")))
	targets := loose.Objects(made["targets"])
	if len(targets) != len(a.queries) {
		return false, fmt.Errorf("%d queries become %d", len(a.queries), len(targets))
	}
	for i := range a.queries {
		q := &a.queries[i]
		if q.patch == nil {
			q.patch = diff(targets[i], q.wanted)
			changed = changed || len(q.patch) > 0
		}
		if a.table != nil && len(q.patch) > 0 {
			return false, errors.New("a column's query cannot be patched")
		}
	}
	a.patch = diff(without(unplaced(made), "targets"), without(p.wanted, "targets"))
	return changed, nil
}

// setSize names the panel's size where it is not what the kind gives.
func (a *attempt) setSize(p *panel, w, h int) (changed bool) {
	width, height := &a.spec.Width, &a.spec.Height
	if a.table != nil {
		width, height = &a.table.Width, &a.table.Height
	}
	if want := min(whole(loose.At(p.source, "gridPos", "w")), columns); want != w && want > 0 {
		*width, changed = want, true
	}
	if want := whole(loose.At(p.source, "gridPos", "h")); want != h && want > 0 {
		*height, changed = want, true
	}
	return changed
}

func (a *attempt) makePanel() panels.Panel {
	if a.table != nil {
		return panels.Table(*a.table)
	}
	a.spec.Queries = nil
	for _, q := range a.queries {
		a.spec.Queries = append(a.spec.Queries, panels.Query{Expr: q.expr, Legend: q.legend, Patch: encode(q.patch)})
	}
	return a.kind.make(a.spec)
}

// size is how much has to be patched.
func (a *attempt) size() int {
	n := len(encode(a.patch))
	for _, q := range a.queries {
		n += len(encode(q.patch))
	}
	return n
}

// code is the call in Go.
func (a *attempt) code() string {
	if a.table != nil {
		return a.tableCode()
	}
	s := a.spec
	var b strings.Builder
	fmt.Fprintf(&b, "panels.%s(panels.Spec{\nTitle: %s,\nHelp: %s,\nUnit: %s,\n", a.kind.name, quote(s.Title), quote(s.Help), quote(s.Unit))
	writeSize(&b, s.Width, s.Height)
	if len(s.Thresholds) > 0 {
		fmt.Fprintf(&b, "Thresholds: %s,\n", thresholdsCode(s.Thresholds))
	}
	if s.Base != "" {
		fmt.Fprintf(&b, "Base: %s,\n", quote(s.Base))
	}
	for _, f := range []struct {
		name string
		v    *float64
	}{{"Min", s.Min}, {"Max", s.Max}} {
		if f.v != nil {
			fmt.Fprintf(&b, "%s: panels.At(%s),\n", f.name, floatCode(*f.v))
		}
	}
	if s.Decimals != nil {
		fmt.Fprintf(&b, "Decimals: panels.At(%d),\n", *s.Decimals)
	}
	writeLinks(&b, s.Links)
	b.WriteString("Queries: []panels.Query{\n")
	for _, q := range a.queries {
		b.WriteString(q.code(a.kind.name != heatmap.name))
	}
	b.WriteString("},\n})")
	return b.String()
}

// floatCode is a number that Go takes for a float64.
func floatCode(f float64) string {
	if text := number(f); strings.ContainsAny(text, ".e") {
		return text
	}
	return number(f) + ".0"
}

func (q target) code(legend bool) string {
	out := "{Expr: " + q.expression.code
	if legend && q.legend != "" {
		out += ", Legend: " + quote(q.legend)
	}
	if len(q.patch) > 0 {
		out += ", Patch: " + quote(compact(q.patch))
	}
	return out + "},\n"
}

func compact(o object) string {
	raw, err := json.Marshal(o)
	if err != nil {
		return "" // what was decoded can be encoded
	}
	return string(raw)
}

func writeSize(b *strings.Builder, w, h int) {
	if w > 0 {
		fmt.Fprintf(b, "Width: %d,\n", w)
	}
	if h > 0 {
		fmt.Fprintf(b, "Height: %d,\n", h)
	}
}

func writeLinks(b *strings.Builder, links []modern.Link) {
	if len(links) == 0 {
		return
	}
	b.WriteString("Links: []modern.Link{")
	for _, l := range links {
		fmt.Fprintf(b, "{Title: %s, URL: %s},", quote(l.Title), quote(l.URL))
	}
	b.WriteString("},\n")
}

func thresholdsCode(list []panels.Threshold) string {
	out := "[]panels.Threshold{"
	for _, t := range list {
		out += fmt.Sprintf("{From: %s, Color: %s},", number(t.From), quote(t.Color))
	}
	return out + "}"
}
