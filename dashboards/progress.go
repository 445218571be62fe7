package main

import (
	"fmt"
	"io"
)

// progress is a line on a terminal that the next one replaces; elsewhere it is
// silent.
type progress struct {
	out     io.Writer
	live    bool
	pending bool
}

func newProgress(out io.Writer) *progress { return &progress{out: out, live: isTerminal(out)} }

func (p *progress) say(format string, args ...any) {
	if p.live {
		fmt.Fprintf(p.out, eraseLine+format, args...)
		p.pending = true
	}
}

// end takes the line back.
func (p *progress) end() {
	if p.pending {
		fmt.Fprint(p.out, eraseLine)
	}
	p.pending = false
}
