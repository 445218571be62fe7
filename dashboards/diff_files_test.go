package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// FuzzUnwrap feeds files: an error, or a dashboard with a uid.
func FuzzUnwrap(f *testing.F) {
	for _, seed := range []string{
		`{"uid":"a"}`, `{"dashboard":{"uid":"a"},"meta":{}}`, `{"metadata":{"name":"a"},"spec":{}}`, `{"metadata":{"name":1},"spec":null}`,
		`{"uid":"a","elements":{},"layout":{}}`, `{"dashboard":1,"uid":5}`, `[]`, `null`, `{}{}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		board, err := unwrap(raw)
		if uid, _ := board["uid"].(string); (err == nil) != (uid != "") && board != nil {
			t.Errorf("%s: %v, %v", raw, board, err)
		}
		panelCount(board)
	})
}

// TestGeneratedFilesAreNoDifference: what generate writes is what publish would.
func TestGeneratedFilesAreNoDifference(t *testing.T) {
	o := diffOptions{against: t.TempDir(), format: "text"}
	o.folder = "ginsight"
	plan, err := o.plan(publishedBoards)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range plan.Boards {
		if err := os.WriteFile(filepath.Join(o.against, fmt.Sprintf("%d.json", i)), b.JSON, 0o600); err != nil {
			t.Fatal(err)
		}
		if b.Source == "" {
			t.Errorf("board %d has no source file", i)
		}
	}
	got, err := o.offline(plan)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Boards) != len(plan.Boards) || got.changes() {
		t.Errorf("%+v", got)
	}
}
