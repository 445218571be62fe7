package importer

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/modern"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
)

// Options say where the Go file will be. The zero value is a package boards in
// which no name is taken.
type Options struct {
	Package string
	// Taken are the names that the package has already.
	Taken map[string]bool
}

// Result is an imported dashboard.
type Result struct {
	// Source is a Go file, formatted.
	Source []byte
	// Board is the name of the function in it that returns the board.
	Board string
	// UID is the dashboard's.
	UID string
	// Notes say what the file does not, or not as the dashboard did. They are
	// in the comment at the top of the file as well.
	Notes []string
	// Queries and Raw count the queries for Prometheus, and those of them that
	// are raw PromQL; Patched counts the panels with a patch.
	Queries, Raw, Patched, Panels int
}

// imported is a board on its way to Go.
type imported struct {
	*source
	translator
	names       names
	rows        []row
	board       panels.Board
	annotations []annotation
	wanted      object // the board without its panels and variables
	patch       object
}

type row struct {
	section
	title  string
	panels []*panel
}

// Import turns the JSON of a dashboard into Go. It returns an error that says
// what to do if raw is no dashboard that can be read.
func Import(raw []byte, o Options) (Result, error) {
	classic, err := importIn(query.Classic, raw, o)
	if err != nil || classic.Raw == 0 {
		return classic, err
	}
	native, err := importIn(query.Native, raw, o)
	if err != nil || native.Raw >= classic.Raw {
		return classic, nil
	}
	return native, nil
}

// importIn imports a dashboard that asks for one form of histograms.
func importIn(f query.Form, raw []byte, o Options) (Result, error) {
	s, err := read(raw)
	if err != nil {
		return Result{}, err
	}
	b := &imported{source: s, translator: translator{catalogue: newCatalogue(), form: f}, names: newNames(o.Taken)}
	if bytes.Contains(raw, []byte("viewPanel=")) {
		b.notes.add("a link to a single panel (viewPanel=) breaks, since panels' ids change")
	}
	if err := b.run(); err != nil {
		return Result{}, err
	}
	return b.result(cmp.Or(o.Package, "boards"))
}

func (b *imported) run() error {
	title := orElse(text(b.source.board, "title"), "Imported")
	b.names.function = b.names.take(title, true, "")
	name := func(s string) string { return b.names.take(s, false, b.names.function) }
	if err := b.addVariables(b.source.variables, name, &b.notes); err != nil {
		return err
	}
	for _, s := range b.sections {
		if err := b.addRow(s); err != nil {
			return err
		}
	}
	b.noteMany()
	b.head(title)
	if err := b.place(); err != nil {
		return err
	}
	if err := b.addAnnotations(); err != nil {
		return err
	}
	return b.finish()
}

// addRow imports the panels of a section. Titles become unique within it, and
// rows of one title share their panels' titles.
func (b *imported) addRow(s section) error {
	r := row{section: s, title: s.title}
	taken := map[string]bool{}
	for _, other := range b.rows {
		if other.title == r.title {
			for _, p := range other.panels {
				taken[p.title] = true
			}
		}
	}
	for _, source := range s.panels {
		title := unique(orElse(text(source, "title"), "Untitled "+orElse(text(source, "type"), "panel")), taken)
		p, err := b.panel(source, title, &b.notes)
		if err != nil {
			return err
		}
		p.function = b.names.take(title, false, b.names.function)
		r.panels = append(r.panels, p)
	}
	b.rows = append(b.rows, r)
	return nil
}

// noteMany says of many panels at once that they are not described, which ours
// are, and that their kind is gone.
func (b *imported) noteMany() {
	undescribed := 0
	gone := map[string]int{}
	for _, r := range b.rows {
		for _, p := range r.panels {
			if strings.Contains(p.call, noHelp) {
				undescribed++
			}
			if old := text(p.source, "type"); angular[old] != "" {
				gone[old]++
			}
		}
	}
	for _, old := range slices.Sorted(maps.Keys(gone)) {
		b.notes.add("panels of type %s: %d, which Grafana no longer draws: each is a %s in the house style, and its options are lost", old, gone[old], angular[old])
	}
	if undescribed > 0 {
		b.notes.add("panels without a description: %d; write one in Help, and take \"description\": null out of the patch if there is one", undescribed)
	}
}

func unique(title string, taken map[string]bool) string {
	out := title
	for i := 2; taken[out]; i++ {
		out = fmt.Sprintf("%s (%d)", title, i)
	}
	taken[out] = true
	return out
}

// head is the board without its rows and patches.
func (b *imported) head(title string) {
	source := b.source.board
	b.board = panels.Board{
		UID: orElse(text(source, "uid"), slug(title)), Title: title, Help: text(source, "description"), Form: b.form,
	}
	if text(source, "uid") == "" {
		b.notes.add("the dashboard has no uid: it gets %s", b.board.UID)
	}
	if len(b.board.UID) > 40 {
		b.notes.add("uid %s: Grafana takes at most 40 characters", b.board.UID)
	}
	list, _ := source["tags"].([]any)
	for _, tag := range list {
		if s, ok := tag.(string); ok && s != panels.Tag {
			b.board.Tags = append(b.board.Tags, s)
		}
	}
	for _, v := range b.translator.variables {
		b.board.Variables = append(b.board.Variables, v.on)
	}
	for _, key := range []string{"__elements", "snapshot"} {
		if !isEmpty(source[key]) {
			b.notes.add("%s: what is in it is lost", key)
		}
	}
}

// setRows puts the panels on the board as they are by now.
func (b *imported) setRows() {
	b.board.Rows = nil
	for _, r := range b.rows {
		out := panels.Row{Title: r.title, Collapsed: r.collapsed, Repeat: r.repeat}
		for _, p := range r.panels {
			out.Panels = append(out.Panels, p.generated())
		}
		b.board.Rows = append(b.board.Rows, out)
	}
}

// generate builds the board and takes its JSON apart into sections.
func (b *imported) generate() (*source, error) {
	b.setRows()
	raw, err := b.board.JSON()
	if err != nil {
		return nil, err
	}
	board, err := decode(raw)
	if err != nil {
		return nil, err
	}
	s := &source{board: withoutNulls(board)}
	s.variables = loose.Objects(loose.At(board, "templating", "list"))
	s.group()
	return s, nil
}

// place patches the position of panels that the flow of the row would put
// elsewhere.
func (b *imported) place() error {
	made, err := b.generate()
	if err != nil {
		return err
	}
	if err := b.sameShape(made); err != nil {
		return err
	}
	for i, r := range b.rows {
		for j, p := range r.panels {
			b.placePanel(p, r, made.sections[i].panels[j], made.sections[i].top)
		}
	}
	return nil
}

func (b *imported) placePanel(p *panel, r row, made object, top int) {
	want, ok := p.source["gridPos"].(object)
	if !ok {
		return
	}
	x, y := whole(want["x"]), whole(want["y"])-r.top
	if x == whole(loose.At(made, "gridPos", "x")) && y == whole(loose.At(made, "gridPos", "y"))-top {
		return
	}
	if p.patch == nil {
		p.patch = object{}
	}
	p.patch["gridPos"] = object{"x": jsonNumber(x), "y": jsonNumber(top + y)}
	b.notes.add("panel %q keeps its place by a patch; take gridPos out of it to let it flow", p.title)
}

// ownFields are the fields of a board that have their place in its Go file.
var ownFields = []string{"panels", "templating", "uid", "title", "schemaVersion", "description"}

// leftovers are fields that say nothing about what a board shows: of exports, of
// editors long gone, and the mark of our own publishing.
var leftovers = []string{"__inputs", "__requires", "__elements", "snapshot", "iteration", "gnetId", "style",
	"ginsight", "hideControls", "sharedCrosshair", "rows", "originalTitle"}

// finish patches the board's own fields and says what still differs.
func (b *imported) finish() error {
	made, err := b.generate()
	if err != nil {
		return err
	}
	generated := without(made.board, ownFields...)
	b.wanted = without(without(b.source.board, ownFields...), leftovers...)
	b.wanted["tags"] = generated["tags"]
	b.wanted["links"] = withOurs(loose.Objects(generated["links"]), loose.Objects(b.wanted["links"]))
	b.wanted["annotations"] = withBuiltIn(generated["annotations"], b.wanted["annotations"])
	for _, key := range []string{"editable", "fiscalYearStartMonth", "graphTooltip", "weekStart", "timepicker", "timezone", "refresh"} {
		if b.wanted[key] == nil || reflect.DeepEqual(b.wanted[key], object{}) {
			b.wanted[key] = generated[key]
		}
	}
	if off, isBool := b.wanted["refresh"].(bool); isBool && !off {
		b.wanted["refresh"] = "" // old dashboards write false
	}
	b.patch = diff(generated, b.wanted)
	b.board.Patch = encode(b.patch)
	return b.verify()
}

// verify generates the board once more and names what is not as it was: by
// then, nothing should be left to name.
func (b *imported) verify() error {
	made, err := b.generate()
	if err != nil {
		return err
	}
	if err := b.sameShape(made); err != nil {
		return err
	}
	for i, r := range b.rows {
		for j, p := range r.panels {
			rest := diff(unplaced(made.sections[i].panels[j]), p.wanted)
			if old := text(p.source, "type"); len(rest) > 0 && angular[old] == "" {
				b.notes.add("panel %q: %s is not as it was", p.title, strings.Join(keys(rest), ", "))
			}
		}
	}
	if rest := diff(without(made.board, ownFields...), b.wanted); len(rest) > 0 {
		b.notes.add("the board's %s is not as it was", strings.Join(keys(rest), ", "))
	}
	return nil
}

// sameShape checks that the board generates a panel for each one imported; their
// order is the reading order on both sides.
func (b *imported) sameShape(made *source) error {
	want, got := []int{}, []int{}
	for _, r := range b.rows {
		want = append(want, len(r.panels))
	}
	for _, s := range made.sections {
		got = append(got, len(s.panels))
	}
	if !slices.Equal(want, got) {
		return fmt.Errorf("the panels of its rows (%v) would become %v: please report this dashboard", want, got)
	}
	return nil
}

// withOurs puts the links that all our boards have before a dashboard's own.
func withOurs(ours, own []object) []any {
	var out []any
	for _, l := range append(ours, own...) {
		if !slices.ContainsFunc(out, func(o any) bool { return reflect.DeepEqual(o, any(l)) }) {
			out = append(out, l)
		}
	}
	return out
}

// withBuiltIn adds the annotations made by hand, which Grafana adds anyway.
func withBuiltIn(generated, own any) any {
	g, _ := generated.(object)
	o, _ := own.(object)
	list := loose.Objects(o["list"])
	if len(list) == 0 {
		return generated
	}
	isBuiltIn := func(a object) bool { return whole(a["builtIn"]) == 1 }
	if slices.ContainsFunc(list, isBuiltIn) {
		return own
	}
	var out []any
	for _, a := range loose.Objects(g["list"]) {
		if isBuiltIn(a) {
			out = append(out, a)
		}
	}
	for _, a := range list {
		out = append(out, a)
	}
	return object{"list": out}
}

// slug is a uid of a title.
func slug(title string) string {
	out := strings.Trim(notUID.ReplaceAllString(strings.ToLower(title), "-"), "-")
	return orElse(out[:min(len(out), 40)], modern.DataSourceVariable)
}
