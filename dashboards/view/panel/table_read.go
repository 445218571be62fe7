package panel

import "encoding/json"

// readLoosely reads options and custom field configuration into a struct. What
// is missing or of another type keeps its default, as hand-written dashboards
// must not take a whole panel down by one option.
func readLoosely(raw json.RawMessage, into any) {
	if len(raw) == 0 {
		return
	}
	// Unmarshal goes on after a field of the wrong type, and the error then only
	// says which; of broken JSON nothing is read, which is all that can be done.
	_ = json.Unmarshal(raw, into)
}

// clampTo bounds a number from outside; what is not a number becomes lo.
func clampTo(v, lo, hi float64) float64 {
	if !(v > lo) {
		return lo
	}
	return min(v, hi)
}
