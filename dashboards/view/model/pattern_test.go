package model_test

import (
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

func TestPattern(t *testing.T) {
	for pattern, c := range map[string]struct {
		text string
		want bool
	}{
		`^a`:        {"abc", true},
		`/^A/`:      {"abc", false},
		`/^A/i`:     {"abc", true},
		`/a\/b/`:    {"a/b", true},
		`a\/b`:      {"a/b", true},
		`/metrics`:  {"/metrics", true},
		`/a/b`:      {"a", true},
		``:          {"anything", true},
		`/one|two/`: {"two", true},
	} {
		re, err := model.Pattern(pattern)
		if err != nil {
			t.Errorf("%q: %v", pattern, err)
		} else if got := re.MatchString(c.text); got != c.want {
			t.Errorf("%q on %q: %t", pattern, c.text, got)
		}
	}
	if _, err := model.Pattern(`/(?<=a)b/`); err == nil || err.Error() != `the regular expression "/(?<=a)b/" is not understood` {
		t.Errorf("error %v", err)
	}
}
