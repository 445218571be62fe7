package lint

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

func panelThresholds() Rule {
	return Rule{
		ID:    "panel-thresholds",
		What:  "Thresholds ascend, and the first one has no value: it is the colour below all others.",
		Why:   "Grafana looks for the last step that is reached and stops at the first that is not: a step out of order never shows its colour. Without a base, low values have none.",
		How:   "Put the steps in order and set the first value to null. The fix does it, where all other steps have a value.",
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
	bases := 0
	for i, s := range steps {
		v, ok := s.get("value").number()
		if !ok {
			bases++
			if i > 0 {
				text = "a threshold other than the first has no value"
			}
			continue
		}
		values = append(values, v)
	}
	switch {
	case text != "":
		return text, bases == 1
	case len(steps) > 0 && bases == 0:
		// The first step in order becomes the base, as Grafana takes it.
		return "its first threshold has a value, so that there is no base", slices.IsSorted(values)
	case !slices.IsSorted(values):
		return "its thresholds do not ascend", true
	}
	return "", false
}

// inOrder writes the steps in order, the first as the base, and keeps the text of
// the rest and the space between them.
func inOrder(steps *node) edit {
	sorted := slices.Clone(steps.items)
	slices.SortStableFunc(sorted, func(a, b *node) int {
		x, hasX := a.get("value").number()
		y, hasY := b.get("value").number()
		if hasX != hasY {
			return cmp.Compare(btoi(hasX), btoi(hasY))
		}
		return cmp.Compare(x, y)
	})
	var out strings.Builder
	at := 0
	for i, place := range steps.items {
		text := string(sorted[i].raw)
		if _, ok := sorted[i].get("value").number(); ok && i == 0 {
			base := sorted[0]
			e := set(base, "value", json.RawMessage("null"))
			text = text[:e.start-base.start] + e.text + text[e.end-base.start:]
		}
		out.Write(steps.raw[at : place.start-steps.start])
		out.WriteString(text)
		at = place.end - steps.start
	}
	out.Write(steps.raw[at:])
	return edit{steps.start, steps.end, out.String()}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
