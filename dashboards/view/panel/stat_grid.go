package panel

import "math"

// statBox is a rectangle in a panel's body, px.
type statBox struct{ x, y, w, h float64 }

// inset is the box with less at the left and right, and at the top and bottom.
func (b statBox) inset(x, y float64) statBox {
	return statBox{b.x + x, b.y + y, math.Max(b.w-2*x, 0), math.Max(b.h-2*y, 0)}
}

// statGrid divides a body among n values with a gap between them: in rows if the
// orientation is "horizontal", in columns if it is "vertical", else in the grid
// that leaves room for the largest squares. A last row that is not full shares
// the width among fewer.
func statGrid(n int, w, h, gap float64, orientation string) []statBox {
	columns := statColumns(n, w, h)
	switch orientation {
	case "horizontal":
		columns = 1
	case "vertical":
		columns = n
	}
	rows := (n + columns - 1) / columns
	height := math.Max((h-gap*float64(rows-1))/float64(rows), 0)
	boxes := make([]statBox, 0, n)
	for row := 0; row < rows; row++ {
		inRow := min(columns, n-row*columns)
		width := math.Max((w-gap*float64(inRow-1))/float64(inRow), 0)
		for column := 0; column < inRow; column++ {
			boxes = append(boxes, statBox{float64(column) * (width + gap), float64(row) * (height + gap), width, height})
		}
	}
	return boxes
}

// statColumns is the number of columns that makes the squares which fit largest.
func statColumns(n int, w, h float64) int {
	best, side := 1, -1.0
	for columns := 1; columns <= n; columns++ {
		rows := (n + columns - 1) / columns
		if s := math.Min(w/float64(columns), h/float64(rows)); s > side {
			best, side = columns, s
		}
	}
	return best
}
