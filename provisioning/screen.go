package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// eraseLine returns to the start of a terminal's line and clears it.
const eraseLine = "\r\x1b[K"

// screen is where the progress appears: one line rewritten in place on a
// terminal, plain lines elsewhere, fewer of them.
type screen struct {
	mu   sync.Mutex
	out  io.Writer
	live bool
	// width is how many characters fit into a line of a terminal.
	width func() int
	// pending tells that the cursor stands behind a line of progress.
	pending bool
}

func newScreen(out io.Writer) *screen {
	s := &screen{out: out}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.live = true
		s.width = func() int {
			width, _, err := term.GetSize(int(f.Fd()))
			if err != nil || width <= 0 {
				return 80
			}
			return width
		}
	}
	return s
}

// every is the time from one line of progress to the next.
func (s *screen) every() time.Duration {
	if s.live {
		return time.Second
	}
	return 5 * time.Second
}

// progress shows a line that the next one replaces, where lines can be.
func (s *screen) progress(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.live {
		fmt.Fprintln(s.out, line)
		return
	}
	// A line that wraps could not be taken back. All of it is ASCII, or nearly.
	if room := s.width() - 1; len(line) > room {
		line = line[:room]
	}
	fmt.Fprint(s.out, eraseLine+line)
	s.pending = true
}

// end leaves the last line of progress where it is.
func (s *screen) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending {
		fmt.Fprintln(s.out)
	}
	s.pending = false
}

// say prints a line that stays.
func (s *screen) say(format string, args ...any) {
	s.end()
	fmt.Fprintf(s.out, format+"\n", args...)
}

// beside returns a writer, for logs, that does not write into the progress.
func (s *screen) beside(w io.Writer) io.Writer { return besides{s, w} }

type besides struct {
	screen *screen
	w      io.Writer
}

// Write implements [io.Writer].
func (b besides) Write(p []byte) (int, error) {
	b.screen.mu.Lock()
	defer b.screen.mu.Unlock()
	if b.screen.pending {
		fmt.Fprint(b.screen.out, eraseLine)
		b.screen.pending = false
	}
	return b.w.Write(p)
}
