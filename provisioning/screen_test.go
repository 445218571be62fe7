package main

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScreen(t *testing.T) {
	tests := map[string]struct {
		live bool
		want string
	}{
		"a terminal": {true, "hello\n" +
			"\r\x1b[Kone" +
			"\r\x1b[K" + "trouble\n" +
			"\r\x1b[Kwide line" +
			"\r\x1b[Klast\n" +
			"bye\n"},
		"elsewhere": {false, "hello\none\ntrouble\nwide line that wraps\nlast\nbye\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			s := newScreen(&out)
			s.live, s.width = tt.live, func() int { return 10 }
			s.say("hello")
			s.progress("one")
			fmt.Fprintln(s.beside(&out), "trouble")
			s.progress("wide line that wraps")
			s.progress("last")
			s.end()
			s.say("bye")
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("on the screen (-want +got):\n%s", diff)
			}
		})
	}
}
