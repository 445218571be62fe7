package boards

import (
	"os"
	"path/filepath"
	"testing"
)

// TestEveryBoardHasASource: the path leads to the file from the module's root,
// and no two boards share one.
func TestEveryBoardHasASource(t *testing.T) {
	owner := map[string]string{}
	for _, b := range All() {
		file := Source(b.UID)
		if file == "" {
			t.Errorf("%s: in no file", b.UID)
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", file)); err != nil {
			t.Error(err)
		}
		if other := owner[file]; other != "" {
			t.Errorf("%s and %s are both in %s", b.UID, other, file)
		}
		owner[file] = b.UID
	}
	if got := Source("no-such-board"); got != "" {
		t.Errorf("no-such-board is in %s", got)
	}
}
