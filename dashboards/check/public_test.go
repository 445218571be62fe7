package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Public dashboards and what their programs really expose; testdata/public has
// where they come from. The findings in the golden files were read by hand, one
// by one; README.md there says what is wrong with the dashboards.
var public = []struct {
	board   string
	metrics []string
}{
	{"thanos-bucket-replicate", []string{"thanos-compact.om"}},
	{"thanos-compact", []string{"thanos-compact.om"}},
	{"thanos-overview", []string{"thanos-query.om", "thanos-store.om", "thanos-receive.om", "thanos-rule.om", "thanos-sidecar.om", "thanos-compact.om"}},
	{"thanos-query", []string{"thanos-query.om"}},
	{"thanos-query-frontend", []string{"thanos-query-frontend.om"}},
	{"thanos-receive", []string{"thanos-receive.om"}},
	{"thanos-rule", []string{"thanos-rule.om"}},
	{"thanos-sidecar", []string{"thanos-sidecar.om"}},
	{"thanos-store", []string{"thanos-store.om"}},
	{"vegeta", []string{"vegeta.txt"}},
	{"victoriametrics", []string{"victoriametrics.txt"}},
}

// publicRules are files of rules that are looked at together, and what the
// programs that they are about expose.
var publicRules = []struct {
	golden         string
	files, metrics []string
	rules          int
}{
	{"thanos-rules", []string{"thanos-alerts.yaml", "thanos-rules.yaml"}, []string{"thanos-query.om", "thanos-query-frontend.om", "thanos-store.om",
		"thanos-receive.om", "thanos-rule.om", "thanos-sidecar.om", "thanos-compact.om"}, 64},
	{"node-mixin", []string{"node-mixin.yaml"}, []string{"node-exporter.om"}, 41},
}

func TestPublicRules(t *testing.T) {
	for _, p := range publicRules {
		t.Run(p.golden, func(t *testing.T) {
			var metrics []string
			for _, m := range p.metrics {
				metrics = append(metrics, publicFile(m))
			}
			s, err := LoadSchema(t.Context(), metrics...)
			if err != nil {
				t.Fatal(err)
			}
			var list []Board
			n := 0
			for _, name := range p.files {
				b, err := ParseRules(name, unpacked(t, publicFile(name)))
				if err != nil {
					t.Fatal(err)
				}
				list, n = append(list, b), n+len(b.Rules)
			}
			if n != p.rules {
				t.Fatalf("%d rules were read, want %d", n, p.rules)
			}
			var out strings.Builder
			for _, f := range Static(s, list, 0) {
				fmt.Fprintf(&out, "%s %v\n", f.Severity, f)
			}
			golden(t, filepath.Join("public", p.golden+".golden"), []byte(out.String()))
		})
	}
}

func publicFile(name string) string { return filepath.Join("testdata", "public", name+".gz") }

func unpacked(t testing.TB, path string) []byte {
	t.Helper()
	packed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPublicDashboards(t *testing.T) {
	for _, p := range public {
		t.Run(p.board, func(t *testing.T) {
			var files []string
			for _, m := range p.metrics {
				files = append(files, publicFile(m))
			}
			s, err := LoadSchema(t.Context(), files...)
			if err != nil {
				t.Fatal(err)
			}
			b, err := Parse(unpacked(t, publicFile(p.board+".json")))
			if err != nil {
				t.Fatal(err)
			}
			queries := len(b.queries())
			if queries < 4 {
				t.Fatalf("only %d queries were read", queries)
			}
			var out strings.Builder
			for _, f := range Static(s, []Board{b}, 0) {
				fmt.Fprintf(&out, "%s %v\n", f.Severity, f)
			}
			golden(t, filepath.Join("public", p.board+".golden"), []byte(out.String()))
		})
	}
}
