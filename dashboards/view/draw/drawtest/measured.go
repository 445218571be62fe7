package drawtest

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Measured reads a table of what was measured on Grafana from testdata/NAME, which
// is gzipped if it ends with ".gz": the titles of its columns, and its rows.
func Measured(t testing.TB, name string) (titles []string, rows [][]string) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	var table io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if table, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	all, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(all) < 2 {
		t.Fatalf("%s has no rows", name)
	}
	return all[0], all[1:]
}
