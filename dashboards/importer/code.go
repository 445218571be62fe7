package importer

import (
	"bytes"
	"fmt"
	"go/format"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/query"
)

// result writes the Go file.
func (b *imported) result(pkg string) (Result, error) {
	var body bytes.Buffer
	b.writeVariables(&body)
	b.writeBoard(&body)
	r := Result{Board: b.names.function, UID: b.board.UID, Notes: b.notes}
	for _, row := range b.rows {
		for _, p := range row.panels {
			fmt.Fprintf(&body, "\nfunc %s() panels.Panel {\nreturn %s\n}\n", p.function, p.code())
			r.Panels++
			if len(p.patch) > 0 {
				r.Patched++
			}
		}
	}
	var file bytes.Buffer
	b.writeHead(&file, pkg, body.String())
	file.Write(body.Bytes())
	source, err := format.Source(file.Bytes())
	if err != nil {
		return Result{}, fmt.Errorf("the Go code does not parse: please report this dashboard: %w", err)
	}
	r.Source = source
	r.Raw = strings.Count(body.String(), "query.Raw(")
	r.Queries = b.countQueries()
	return r, nil
}

func (b *imported) countQueries() int {
	n := 0
	for _, r := range b.rows {
		for _, p := range r.panels {
			for _, t := range loose.Objects(p.wanted["targets"]) {
				if text(t, "expr") != "" {
					n++
				}
			}
		}
	}
	return n
}

// writeHead is the package clause and the imports that the body uses. What the
// import could not say comes after them, so that it is no package comment.
func (b *imported) writeHead(w *bytes.Buffer, pkg, body string) {
	fmt.Fprintf(w, "package %s\n\nimport (\n", pkg)
	if strings.Contains(body, "*time.") {
		w.WriteString("\"time\"\n\n")
	}
	for _, path := range []string{"dashboards/modern", "dashboards/panels", "dashboards/query", "telemetry/catalog"} {
		if strings.Contains(body, path[strings.LastIndex(path, "/")+1:]+".") {
			fmt.Fprintf(w, "%q\n", "github.com/ginsight/ginsight/"+path)
		}
	}
	w.WriteString(")\n\n")
	if len(b.notes) == 0 {
		return
	}
	w.WriteString("// Imported from a dashboard. What is not, or not as it was:\n//\n")
	for _, n := range b.notes {
		fmt.Fprintf(w, "//   - %s\n", strings.ReplaceAll(n, "\n", " "))
	}
	w.WriteString("\n")
}

func (b *imported) writeVariables(w *bytes.Buffer) {
	if len(b.translator.variables) == 0 {
		return
	}
	w.WriteString("var (\n")
	for _, v := range b.translator.variables {
		w.WriteString(v.code() + "\n")
	}
	w.WriteString(")\n\n")
}

func (b *imported) writeBoard(w *bytes.Buffer) {
	d := b.board
	fmt.Fprintf(w, "// %s is the dashboard %s.\nfunc %[1]s() panels.Board {\nreturn panels.Board{\n", b.names.function, quote(d.Title))
	fmt.Fprintf(w, "UID: %s,\nTitle: %s,\n", quote(d.UID), quote(d.Title))
	if d.Help != "" {
		fmt.Fprintf(w, "Help: %s,\n", quote(d.Help))
	}
	if len(d.Tags) > 0 {
		fmt.Fprintf(w, "Tags: %#v,\n", d.Tags)
	}
	if len(b.translator.variables) > 0 {
		w.WriteString("Variables: []panels.Variable{\n")
		for _, v := range b.translator.variables {
			w.WriteString(v.use())
		}
		w.WriteString("},\n")
	}
	w.WriteString("Rows: []panels.Row{\n")
	for _, r := range b.rows {
		w.WriteString(r.code())
	}
	w.WriteString("},\n")
	w.WriteString(annotationsCode(b.annotations))
	if d.Form == query.Native {
		w.WriteString("Form: query.Native,\n")
	}
	if d.Patch != "" {
		fmt.Fprintf(w, "Patch: %s,\n", quote(d.Patch))
	}
	w.WriteString("}\n}\n")
}

func (r row) code() string {
	var b strings.Builder
	b.WriteString("{")
	if r.title != "" {
		fmt.Fprintf(&b, "Title: %s, ", quote(r.title))
	}
	if r.collapsed {
		b.WriteString("Collapsed: true, ")
	}
	if r.repeat != "" {
		fmt.Fprintf(&b, "Repeat: %s, ", quote(r.repeat))
	}
	var calls []string
	for _, p := range r.panels {
		calls = append(calls, p.function+"()")
	}
	switch {
	case len(calls) == 0:
	case len(strings.Join(calls, ", ")) < 90:
		fmt.Fprintf(&b, "Panels: []panels.Panel{%s}", strings.Join(calls, ", "))
	default:
		fmt.Fprintf(&b, "Panels: []panels.Panel{\n%s,\n}", strings.Join(calls, ",\n"))
	}
	return b.String() + "},\n"
}
