package panels_test

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// The example passes what our own boards have to pass: its catalogue is in
// order, and Grafana's schema knows every field of its board.
func TestTheExampleIsValid(t *testing.T) {
	if err := catalog.Validate([]catalog.Metric{Orders, Basket}); err != nil {
		t.Error(err)
	}
	raw, err := Shop().JSON()
	if err != nil {
		t.Fatal(err)
	}
	plugins.RegisterDefaultPlugins()
	var board dashboard.Dashboard
	err = board.UnmarshalJSONStrict(raw)
	// v0.0.22 returns an empty list as an error that is not nil.
	if list, ok := errors.AsType[cog.BuildErrors](err); ok && len(list) == 0 {
		err = nil
	}
	if err != nil {
		t.Error(err)
	}
}

var goBlock = regexp.MustCompile("(?s)```go\n(.*?)```")

// What the README teaches is the example, which compiles.
func TestTheReadmeShowsTheExample(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := goBlock.FindAllStringSubmatch(string(readme), -1)
	if len(blocks) == 0 {
		t.Fatal("no Go in the README")
	}
	for _, b := range blocks {
		if !strings.Contains(string(example), b[1]) {
			t.Errorf("this is not in the example:\n%s", b[1])
		}
	}
}
