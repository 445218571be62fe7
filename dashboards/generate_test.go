package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/boards"
)

// provisioned is where Grafana's file provisioning finds the boards.
var provisioned = filepath.Join("..", "provisioning", "grafana", "dashboards")

// What Grafana is provisioned with is what the code says, and nothing is left
// over from a board that is gone.
func TestProvisionedBoardsAreUpToDate(t *testing.T) {
	o := generateOptions{dir: provisioned, format: "provisioning"}
	files, err := o.files(boards.All())
	if err != nil {
		t.Fatal(err)
	}
	var drift bytes.Buffer
	if err := o.compare(files, &drift); err != nil {
		t.Errorf("run go run ./dashboards generate -o provisioning/grafana/dashboards, and delete what is stale: %v\n%s", err, drift.String())
	}
}

func TestGenerateLeavesAloneWhatIsUpToDate(t *testing.T) {
	dir := t.TempDir()
	f := file{"a.json", []byte("{}\n")}
	for _, want := range []string{"written", "unchanged"} {
		got, err := f.write(dir)
		if err != nil || got != want {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
	}
	f.body = []byte("{\"a\":1}\n")
	if got, err := f.write(dir); err != nil || got != "written" {
		t.Fatalf("got %s, %v", got, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("something is left behind: %v", entries)
	}
}

// Every board that asks about a service's job starts on the one that is named, in
// the place where Grafana looks for it; that of Prometheus is about Prometheus.
func TestBoardsStartOnAJob(t *testing.T) {
	o := generateOptions{format: "provisioning", jobs: []string{"my-service"}, dataSource: "prom"}
	files, err := o.files(boards.All())
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range boards.All() {
		plain, err := b.JSON()
		if err != nil {
			t.Fatal(err)
		}
		want := bytes.Count(plain, []byte(`"name": "job"`))
		if b.UID == boards.Prometheus().UID {
			want = 0
		}
		if got := strings.Count(string(files[i].Body), `"my-service"`); got != 2*want { // text and value
			t.Errorf("%s: %d times, want %d", files[i].Name, got, 2*want)
		}
		if !strings.Contains(string(files[i].Body), `"value": "prom"`) {
			t.Errorf("%s: the data source is not picked", files[i].Name)
		}
	}
}
