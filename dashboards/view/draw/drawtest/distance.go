package drawtest

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Distance is the part of two pictures that a person would see to be different,
// from 0 to 1; it is 1 if their sizes are.
//
// Both are blurred first (a Gaussian of 2 px), which removes what antialiasing
// and half a pixel make. Then colours are compared every 4 px, as brightness and
// two axes of hue weighted by how well they are seen: Kotsarenko and Ramos,
// "Measuring perceived color difference using YIQ NTSC transmission color space
// in mobile applications" (2010). A place counts if it is off by more than 6 % of
// what black is from white: a thin line that is missing does, one that is moved
// by a pixel does not.
func Distance(a, b image.Image) float64 {
	if a.Bounds().Size() != b.Bounds().Size() {
		return 1
	}
	differs, all := places(a, b)
	if all == 0 {
		return 0
	}
	return float64(len(differs)) / float64(all)
}

const (
	every     = 4    // px between places that are compared
	tolerated = 0.06 // of the distance of black and white
)

// places are where two pictures of one size differ, and how many were compared.
func places(a, b image.Image) (differs []image.Point, all int) {
	x, y := blurred(a), blurred(b)
	columns := samples(a.Bounds().Dx())
	for i := range x {
		if apart(x[i], y[i]) > tolerated {
			differs = append(differs, image.Pt(i%columns*every, i/columns*every))
		}
	}
	return differs, len(x)
}

// yiq is a colour as brightness and two axes of hue.
type yiq [3]float64

func toYIQ(c color.RGBA) yiq {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	return yiq{
		0.29889531*r + 0.58662247*g + 0.11448223*b,
		0.59597799*r - 0.27417610*g - 0.32180189*b,
		0.21147017*r - 0.52261711*g + 0.31114694*b,
	}
}

// apart is how different two colours look, 1 for black and white.
func apart(a, b yiq) float64 {
	y, i, q := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return math.Sqrt((0.5053*y*y + 0.299*i*i + 0.1957*q*q) / 0.5053)
}

// kernel is a Gaussian with a standard deviation of 2 px, from its middle on.
var kernel = [...]float64{0.19968, 0.17622, 0.12111, 0.06482, 0.02702, 0.00877, 0.00222}

// samples is how many places there are along a length.
func samples(n int) int { return (n + every - 1) / every }

// blurred is a picture on black, blurred along both axes, at the places that are
// compared.
func blurred(img image.Image) []yiq {
	size := img.Bounds().Size()
	flat := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(flat, flat.Rect, image.Black, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, img, img.Bounds().Min, draw.Over)
	columns, rows := samples(size.X), samples(size.Y)
	narrow := make([]yiq, 0, columns*size.Y)
	line := make([]yiq, max(size.X, size.Y))
	for y := range size.Y {
		for x := range size.X {
			line[x] = toYIQ(flat.RGBAAt(x, y))
		}
		for x := range columns {
			narrow = append(narrow, blur(line[:size.X], x*every))
		}
	}
	out := make([]yiq, columns*rows)
	for x := range columns {
		for y := range size.Y {
			line[y] = narrow[y*columns+x]
		}
		for y := range rows {
			out[y*columns+x] = blur(line[:size.Y], y*every)
		}
	}
	return out
}

// blur is the weighted mean around the i-th value; the ends are continued.
func blur(line []yiq, i int) (sum yiq) {
	for k := 1 - len(kernel); k < len(kernel); k++ {
		v, weight := &line[min(max(i+k, 0), len(line)-1)], kernel[max(k, -k)]
		sum[0] += v[0] * weight
		sum[1] += v[1] * weight
		sum[2] += v[2] * weight
	}
	return sum
}

// SideBySide puts two pictures next to each other and, if they have one size,
// what differs as a third: red where [Distance] counts it, over a faint copy.
func SideBySide(a, b image.Image) *image.RGBA {
	w, h := a.Bounds().Dx(), max(a.Bounds().Dy(), b.Bounds().Dy())
	out := image.NewRGBA(image.Rect(0, 0, 2*w+b.Bounds().Dx(), h))
	put := func(x int, img image.Image) {
		draw.Draw(out, image.Rectangle{image.Pt(x, 0), image.Pt(x, 0).Add(img.Bounds().Size())}, img, img.Bounds().Min, draw.Src)
	}
	put(0, a)
	put(w, b)
	if a.Bounds().Size() != b.Bounds().Size() {
		return out
	}
	third := image.Rect(2*w, 0, 3*w, h)
	put(third.Min.X, b)
	draw.Draw(out, third, image.NewUniform(color.NRGBA{128, 128, 128, 208}), image.Point{}, draw.Over)
	differs, _ := places(a, b)
	for _, at := range differs {
		spot := image.Rectangle{at, at.Add(image.Pt(every, every))}.Add(third.Min).Intersect(third)
		draw.Draw(out, spot, image.NewUniform(color.RGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	}
	return out
}
