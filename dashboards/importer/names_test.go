package importer

import (
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files and names.go anew")

// names.go knows every metric and label of the catalogue by its Go name, which
// reflection cannot tell.
func TestNamesAreTheCatalogues(t *testing.T) {
	metrics, labels := catalogueNames(t)
	var b strings.Builder
	b.WriteString("package importer\n\n// Written by go test -update from the catalogue's source.\n\nimport \"github.com/ginsight/ginsight/telemetry/catalog\"\n\n")
	list := func(doc, head string, names []string) {
		fmt.Fprintf(&b, "// %s\nfunc %s{\n", doc, head)
		for _, n := range names {
			fmt.Fprintf(&b, "{%q, catalog.%s},\n", "catalog."+n, n)
		}
		b.WriteString("}\n}\n\n")
	}
	list("catalogueMetrics are the catalogue's metrics with their Go names.", "catalogueMetrics() []metric { return []metric", metrics)
	list("catalogueLabels are the catalogue's labels with their Go names.", "catalogueLabels() []label { return []label", labels)
	want, err := format.Source([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("names.go", want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("names.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("the catalogue has changed: run go test ./dashboards/importer -update")
	}
}

func catalogueNames(t *testing.T) (metrics, labels []string) {
	t.Helper()
	files, err := filepath.Glob("../../telemetry/catalog/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no catalogue", err)
	}
	kinds := []string{"Counter", "UpDownCounter", "Gauge", "Histogram"}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			general, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range general.Specs {
				value, ok := s.(*ast.ValueSpec)
				if !ok || !value.Names[0].IsExported() || len(value.Values) == 0 {
					continue
				}
				switch kind := typeOf(value); {
				case kind == "Label":
					labels = append(labels, value.Names[0].Name)
				case slices.Contains(kinds, kind):
					metrics = append(metrics, value.Names[0].Name)
				}
			}
		}
	}
	slices.Sort(metrics)
	slices.Sort(labels)
	return metrics, labels
}

// typeOf is the type that a declaration names, in front of the "=", as a
// conversion or as a composite literal.
func typeOf(s *ast.ValueSpec) string {
	node := s.Type
	switch v := s.Values[0].(type) {
	case *ast.CompositeLit:
		node = v.Type
	case *ast.CallExpr:
		node = v.Fun
	}
	ident, _ := node.(*ast.Ident)
	if ident == nil {
		return ""
	}
	return ident.Name
}
