package grafana

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A folder with more boards than a page of the search is read to its end, and
// nothing is written.
func TestBoardsIn(t *testing.T) {
	const boards = folderPage + 3
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		uid, single := strings.CutPrefix(r.URL.Path, "/api/dashboards/uid/")
		switch {
		case r.Method != http.MethodGet:
			t.Errorf("%s %s", r.Method, r.URL)
		case r.URL.Path == "/api/folders/team":
			fmt.Fprint(w, `{"uid":"team","title":"Team"}`)
		case single:
			fmt.Fprintf(w, `{"dashboard":{"uid":%q},"meta":{"folderUid":"team"}}`, uid)
		case r.URL.Path == "/api/search" && r.FormValue("folderUIDs") == "team" && r.FormValue("type") == "dash-db":
			fmt.Fprint(w, searchAnswer(r.FormValue("page"), boards))
		default:
			http.Error(w, `{"message":"not found"}`, http.StatusNotFound)
		}
	}))
	defer srv.Close()
	c, err := New(Config{URL: srv.URL, Token: "glsa_x"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	list, err := c.BoardsIn(t.Context(), "team")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != boards || !strings.Contains(string(list[boards-1]), fmt.Sprintf(`"b%d"`, boards-1)) {
		t.Errorf("%d boards, want %d", len(list), boards)
	}
	if _, err := c.BoardsIn(t.Context(), "nobody"); !IsNotFound(err) || !strings.Contains(err.Error(), "folder nobody") {
		t.Errorf("got %v", err)
	}
}

func searchAnswer(page string, boards int) string {
	from, to := 0, folderPage
	if page == "2" {
		from, to = folderPage, boards
	}
	var hits []string
	for i := from; i < to; i++ {
		hits = append(hits, fmt.Sprintf(`{"uid":"b%d"}`, i))
	}
	return "[" + strings.Join(hits, ",") + "]"
}
