package main

import "testing"

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
