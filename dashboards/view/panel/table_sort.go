package panel

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// tableSort is a column that a table is sorted by.
type tableSort struct {
	DisplayName string `json:"displayName"`
	Desc        bool   `json:"desc"`
}

// sortedRows is the order of a frame's rows: by the first column that exists,
// then by the next; rows that are equal keep their order. A sort by a column
// that is hidden still counts.
func sortedRows(f frame.Frame, by []tableSort) []int {
	rows := make([]int, tableLen(f))
	for i := range rows {
		rows[i] = i
	}
	var less []func(a, b int) int
	for _, s := range by {
		if field := fieldTitled(f, s.DisplayName); field != nil {
			less = append(less, fieldOrder(field, s.Desc))
		}
	}
	if len(less) == 0 {
		return rows
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		for _, compare := range less {
			if c := compare(a, b); c != 0 {
				return c
			}
		}
		return 0
	})
	return rows
}

// tableLen is the number of rows: of the longest field, as frames of hostile
// answers may have fields of several lengths.
func tableLen(f frame.Frame) int {
	n := 0
	for _, field := range f.Fields {
		if field != nil {
			n = max(n, field.Len())
		}
	}
	return n
}

func fieldTitled(f frame.Frame, title string) *frame.Field {
	for _, field := range f.Fields {
		if field != nil && (field.Title == title || field.Title == "" && field.Name == title) {
			return field
		}
	}
	return nil
}

// fieldOrder compares two rows by a field. What is no number stands last in
// either direction: it is neither small nor large.
func fieldOrder(f *frame.Field, desc bool) func(a, b int) int {
	sign := 1
	if desc {
		sign = -1
	}
	if f.Kind == frame.String {
		return func(a, b int) int { return sign * compareTexts(textAt(f, a), textAt(f, b)) }
	}
	return func(a, b int) int {
		x, y := numberAt(f, a), numberAt(f, b)
		if math.IsNaN(x) || math.IsNaN(y) {
			return cmp.Compare(btoi(math.IsNaN(x)), btoi(math.IsNaN(y)))
		}
		return sign * cmp.Compare(x, y)
	}
}

// compareTexts puts "a" and "A" together, as a person would.
func compareTexts(a, b string) int {
	if c := strings.Compare(strings.ToLower(a), strings.ToLower(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// numberAt is a value as a number: [frame.Null] beyond the end and for texts.
func numberAt(f *frame.Field, row int) float64 {
	if row < 0 || row >= f.Len() {
		return frame.Null
	}
	return f.Float(row)
}

// textAt is a text of a field of texts, "" beyond its end.
func textAt(f *frame.Field, row int) string {
	if f.Kind != frame.String || row < 0 || row >= len(f.Strings) {
		return ""
	}
	return f.Strings[row]
}
