package term

import (
	"image/color"
	"strings"
	"testing"
)

var red = color.NRGBA{R: 0xf2, G: 0x49, B: 0x5c, A: 0xff}

func text(t *testing.T, c *Canvas, d Depth) string {
	t.Helper()
	var out strings.Builder
	if err := c.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A name may hold what would move the cursor, change the title of the terminal
// or answer for the user.
func TestTextCannotControlTheTerminal(t *testing.T) {
	c := NewCanvas(60, 1)
	c.text(0, 0, 60, "a\x1b[2Jb\x1b]0;title\x07c\u009b31md\u202ee\nf\r\u200bg", color.NRGBA{}, plain)
	got := text(t, c, TrueColor)
	if want := "a[2Jb]0;titlec31mde fg\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTextIsCut(t *testing.T) {
	for _, test := range []struct {
		text  string
		room  int
		want  string
		width int
	}{
		{"requests", 8, "requests", 8},
		{"requests", 7, "reques…", 7},
		{"要求数", 6, "要求数", 6},
		{"要求数", 5, "要求…", 5},
		{"要求数", 4, "要…", 3}, // a wide character does not fit into one column
		{"e\u0301tat", 4, "e\u0301tat", 4},
		{"abc", 1, "…", 1},
	} {
		got := cut(test.text, test.room)
		if got != test.want || textWidth(got) != test.width {
			t.Errorf("cut(%q, %d) = %q of width %d, want %q of %d", test.text, test.room, got, textWidth(got), test.want, test.width)
		}
	}
}

func TestWideCharactersTakeTwoCells(t *testing.T) {
	c := NewCanvas(8, 1)
	end := c.text(0, 0, 8, "要a", color.NRGBA{}, plain)
	c.text(end, 0, 8, "|", color.NRGBA{}, plain)
	if got, want := text(t, c, Mono), "要a|\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestColors(t *testing.T) {
	c := NewCanvas(4, 1)
	c.text(0, 0, 4, "ab", red, bold)
	for depth, want := range map[Depth]string{
		Mono:       "ab\n",
		Palette256: "\x1b[0;1;38;5;203mab\x1b[0m\n",
		TrueColor:  "\x1b[0;1;38;2;242;73;92mab\x1b[0m\n",
	} {
		if got := text(t, c, depth); got != want {
			t.Errorf("depth %d: got %q, want %q", depth, got, want)
		}
	}
}

func TestDepthFromEnv(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		want Depth
	}{
		{map[string]string{}, Mono},
		{map[string]string{"TERM": "dumb"}, Mono},
		{map[string]string{"TERM": "xterm-256color"}, Palette256},
		{map[string]string{"TERM": "xterm", "COLORTERM": "truecolor"}, TrueColor},
		{map[string]string{"TERM": "xterm", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Mono},
		{map[string]string{"TERM": "xterm-direct"}, TrueColor},
	} {
		if got := DepthFromEnv(func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%v: depth %d, want %d", test.env, got, test.want)
		}
	}
}

func TestDots(t *testing.T) {
	d := newDots(3, 1)
	d.line(0, 3, 5, 0, red)
	d.line(1e300, -1e300, -1e300, 1e300, red) // is cut, and ends
	d.set(-1, -1, red)
	c := NewCanvas(3, 1)
	newDots(3, 1).onto(c, 0, 0)
	if got := text(t, c, Mono); got != "\n" {
		t.Errorf("no dots are %q, want nothing", got)
	}
	d = newDots(3, 1)
	d.line(0, 3, 5, 0, red)
	d.onto(c, 0, 0)
	if got, want := text(t, c, Mono), "⡠⠔⠊\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
