package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/ginsight/ginsight/dashboards/lint"
	"github.com/ginsight/ginsight/dashboards/query"
)

// Every rule holds on every board, but for the exceptions, and none of these has
// outlived its reason.
func TestOurBoardsLint(t *testing.T) {
	for _, form := range []string{"classic", "native"} {
		var stdout, stderr bytes.Buffer
		if status := run(context.Background(), []string{"lint", "--histograms", form}, &stdout, &stderr); status != exitOK {
			t.Errorf("%s: status %d\n%s", form, status, &stdout)
		}
		if stderr.Len() > 0 {
			t.Errorf("%s: %s", form, &stderr)
		}
	}
	if err := boardExceptions().Validate(); err != nil {
		t.Error(err)
	}
}

// Without the exceptions they are needed, so that the test above can fail.
func TestOurBoardsNeedTheirExceptions(t *testing.T) {
	list, err := boardsToLint(query.Classic)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range list {
		b, err := lint.Parse(f.body)
		if err != nil {
			t.Fatal(err)
		}
		found += len(lint.Config{}.Lint(b))
	}
	if found < len(boardExceptions().Exceptions) {
		t.Errorf("%d problems without exceptions, there are %d exceptions", found, len(boardExceptions().Exceptions))
	}
}
