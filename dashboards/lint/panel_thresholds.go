package lint

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

func panelThresholds() Rule {
	return Rule{
		ID:    "panel-thresholds",
		What:  "Thresholds ascend, and the first one is the base: its value is null (or 0, as some versions of Grafana write it).",
		Why:   "Grafana looks for the last step that is reached and stops at the first that is not: a step out of order never shows its colour. And it takes the first step as the base, whatever its value: red from 80 alone is red from the start.",
		How:   "Put a base before the others, and them in order. The fix does it where there is one base.",
		Fixes: true,
		check: func(b *Board, report report) {
			for _, p := range b.panels {
				all := append([]*node{p.get("fieldConfig", "defaults", "thresholds")}, p.overrides("thresholds")...)
				for _, n := range all {
					steps := n.get("steps")
					if text, ok := stepsProblem(steps.list()); text != "" {
						var fix []edit
						if ok && len(steps.objects()) == len(steps.list()) {
							fix = []edit{inOrder(steps)}
						}
						report(p.place().at(steps), text, fix...)
					}
				}
			}
		},
	}
}

// stepsProblem says what is wrong, and whether ordering repairs it.
func stepsProblem(steps []*node) (text string, fixable bool) {
	var values []float64
	for i, s := range steps {
		v, ok := s.get("value").number()
		switch {
		case ok && i == 0 && v != 0:
			return fmt.Sprintf("its first threshold is at %v, but Grafana takes the first as the colour below all others", v), hasBase(steps)
		case !ok && i > 0:
			return "a threshold other than the first has no value", false
		case i > 0:
			values = append(values, v)
		}
	}
	if !slices.IsSorted(values) {
		return "its thresholds do not ascend", true
	}
	return "", false
}

// hasBase reports whether precisely one step has no value: it belongs before the
// others.
func hasBase(steps []*node) bool {
	bases := 0
	for _, s := range steps {
		if _, ok := s.get("value").number(); !ok {
			bases++
		}
	}
	return bases == 1
}

// inOrder moves the steps, the base first, and keeps their text and the space
// between them.
func inOrder(steps *node) edit {
	sorted := slices.Clone(steps.items)
	// A first step at 0 is the base, and stays where it is.
	after := sorted
	if v, ok := sorted[0].get("value").number(); !ok || v == 0 {
		after = sorted[1:]
	}
	slices.SortStableFunc(after, func(a, b *node) int { return cmp.Compare(level(a), level(b)) })
	var out strings.Builder
	at := 0
	for i, place := range steps.items {
		out.Write(steps.raw[at : place.start-steps.start])
		out.Write(sorted[i].raw)
		at = place.end - steps.start
	}
	out.Write(steps.raw[at:])
	return edit{steps.start, steps.end, out.String()}
}

// level is where a step begins; the base is below everything.
func level(step *node) float64 {
	if v, ok := step.get("value").number(); ok {
		return v
	}
	return math.Inf(-1)
}
