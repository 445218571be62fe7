package panel

import (
	"strings"
	"unicode"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// fitLimit bounds what is measured of a text: no panel shows more of a line.
const fitLimit = 1000

// fitText cuts a text to a width and ends it with an ellipsis if anything was
// cut off. Line breaks and control characters become spaces.
func fitText(f draw.Font, text string, width float64) (fitted string, cut bool) {
	text, cut = oneLine(text)
	if !cut && f.Width(text) <= width {
		return text, false
	}
	runes := []rune(text)
	fits := longestFit(len(runes), func(n int) bool { return f.Width(string(runes[:n])+"…") <= width })
	if fits == 0 {
		return "", true
	}
	return strings.TrimRight(string(runes[:fits]), " ") + "…", true
}

// chromeCut is a text that fits a width, with an ellipsis if something had to go.
func chromeCut(text string, f draw.Font, width float64) string {
	text, _ = fitText(f, text, width)
	return text
}

// clipText cuts a text to a width between two characters, without a mark. Like
// Grafana it takes all characters to be as wide as they are on average.
func clipText(f draw.Font, text string, width float64) string {
	text, _ = oneLine(text)
	whole := f.Width(text)
	if whole <= width {
		return text
	}
	runes := []rune(text)
	return string(runes[:int(max(width, 0)/whole*float64(len(runes)))])
}

// longestFit finds the largest n up to max for which ok holds, by halving.
func longestFit(max int, ok func(n int) bool) int {
	lo, hi := 0, max
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if ok(mid) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

func oneLine(text string) (line string, cut bool) {
	if len(text) > fitLimit {
		text, cut = strings.ToValidUTF8(text[:fitLimit], ""), true
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text), cut
}
