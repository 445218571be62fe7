package modern

import (
	"maps"
	"slices"
)

// Kinds are the types of panels that are converted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }
