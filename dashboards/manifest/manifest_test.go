package manifest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/ginsight/ginsight/dashboards/manifest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var small = manifest.Board{UID: "Shop_1", JSON: []byte("{\n  \"expr\": \"x < 1 # 'é' \\\\ \\\"{{a}}\\\"\",\n  \"title\": \"Shop: \",\n  \"uid\": \"Shop_1\"\n}\n")}

func write(t *testing.T, format string, b manifest.Board) manifest.File {
	t.Helper()
	f, err := manifest.ByName(format)
	if err != nil {
		t.Fatal(err)
	}
	file, err := f.File(b, manifest.Folder{UID: "shop-uid", Title: "The shop"})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFormats(t *testing.T) {
	for _, f := range manifest.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			file := write(t, f.Name, small)
			golden := filepath.Join("testdata", file.Name)
			if *update {
				if err := os.WriteFile(golden, file.Body, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(file.Body)); diff != "" {
				t.Errorf("run with -update if this is meant (-want +got):\n%s", diff)
			}
			if again := write(t, f.Name, small); !bytes.Equal(again.Body, file.Body) {
				t.Error("a second time gives other bytes")
			}
		})
	}
}

// What Kubernetes hands on is the board, byte by byte.
func TestTheBoardComesOutAgain(t *testing.T) {
	for format, path := range map[string][]string{
		"configmap": {"data", "Shop_1.json"},
		"operator":  {"spec", "json"},
	} {
		var object map[string]any
		if err := yaml.Unmarshal(write(t, format, small).Body, &object); err != nil {
			t.Fatal(err)
		}
		got := object[path[0]].(map[string]any)[path[1]]
		if got != string(small.JSON) {
			t.Errorf("%s: got %q", format, got)
		}
	}
}

func TestNamesAreValid(t *testing.T) {
	dns := regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`) // RFC 1123
	seen := map[string]string{}
	for _, uid := range []string{"plain-1", "a_b", "a-b", "A-b", "_", "-x-", "Äß"} {
		var object struct{ Metadata struct{ Name string } }
		body, err := json.Marshal(map[string]string{"uid": uid})
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(write(t, "configmap", manifest.Board{UID: uid, JSON: body}).Body, &object); err != nil {
			t.Fatal(err)
		}
		name := object.Metadata.Name
		if !dns.MatchString(name) {
			t.Errorf("%s becomes %s, which is no DNS-1123 name", uid, name)
		}
		if other, twice := seen[name]; twice {
			t.Errorf("%s and %s both become %s", uid, other, name)
		}
		seen[name] = uid
	}
}

func TestSizes(t *testing.T) {
	big := func(n int) manifest.Board {
		return manifest.Board{UID: "big", JSON: []byte(`{"title":"` + strings.Repeat("x", n) + `"}`)}
	}
	if note := write(t, "configmap", big(200<<10)).Note; note != "" {
		t.Errorf("200 KiB: %s", note)
	}
	if note := write(t, "configmap", big(300<<10)).Note; !strings.Contains(note, "--server-side") {
		t.Errorf("300 KiB: %q", note)
	}
	for format, n := range map[string]int{"configmap": 1 << 20, "operator": 3 << 19} {
		f, err := manifest.ByName(format)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.File(big(n), manifest.Folder{}); err == nil || !strings.Contains(err.Error(), "split the board") {
			t.Errorf("%s of %d bytes: %v", format, n, err)
		}
	}
	write(t, "resource", big(5<<20))
}

func TestUnknownFormat(t *testing.T) {
	if _, err := manifest.ByName("helm"); err == nil || !strings.Contains(err.Error(), "[provisioning configmap operator resource]") {
		t.Errorf("got %v", err)
	}
}
