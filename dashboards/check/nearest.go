package check

import (
	"maps"
	"slices"
)

// nearest finds the name that differs least from a misspelt one, or "" if none
// is near: at most a fifth of the letters may differ, and never more than eight.
func nearest(name string, candidates []string) string {
	best, limit := "", min(8, max(1, len(name)/5))
	for _, c := range candidates {
		if c == name || abs(len(c)-len(name)) > limit {
			continue
		}
		if d := distance(name, c, limit); d <= limit {
			best, limit = c, d-1
		}
		if limit == 0 {
			break
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// distance is Levenshtein's, as long as it is at most limit; limit+1 otherwise.
func distance(a, b string, limit int) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
		if slices.Min(row) > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}

// sortedNames lists the keys of a set in order.
func sortedNames[V any](set map[string]V) []string { return slices.Sorted(maps.Keys(set)) }
