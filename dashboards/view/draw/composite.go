package draw

import (
	"image"
	"image/color"
	"math"
)

// solid puts a colour onto an image where the cover is.
func solid(img *image.RGBA, cover *image.Alpha, c color.NRGBA) {
	for y := cover.Rect.Min.Y; y < cover.Rect.Max.Y; y++ {
		row, pixels := rows(img, cover, y)
		for x, v := range row {
			if v != 0 {
				over(pixels[4*x:4*x+4:4*x+4], c, uint32(v))
			}
		}
	}
}

// graded puts a gradient onto an image where the cover is.
func graded(img *image.RGBA, cover *image.Alpha, g gradient) {
	for y := cover.Rect.Min.Y; y < cover.Rect.Max.Y; y++ {
		row, pixels := rows(img, cover, y)
		for x, v := range row {
			if v != 0 {
				c := g.at(point{float64(cover.Rect.Min.X+x) + 0.5, float64(y) + 0.5})
				over(pixels[4*x:4*x+4:4*x+4], c, uint32(v))
			}
		}
	}
}

// rows are a row of the cover and what is under it.
func rows(img *image.RGBA, cover *image.Alpha, y int) (row, pixels []uint8) {
	i := (y - cover.Rect.Min.Y) * cover.Stride
	j := img.PixOffset(cover.Rect.Min.X, y)
	return cover.Pix[i : i+cover.Rect.Dx()], img.Pix[j : j+4*cover.Rect.Dx()]
}

// over puts a colour onto a pixel that is v of 255 covered.
func over(pixel []uint8, c color.NRGBA, v uint32) {
	if v == 255 && c.A == 255 {
		pixel[0], pixel[1], pixel[2], pixel[3] = c.R, c.G, c.B, 255
		return
	}
	a := div255(uint32(c.A) * v)
	rest := 255 - a
	pixel[0] = uint8(div255(uint32(c.R)*a + uint32(pixel[0])*rest))
	pixel[1] = uint8(div255(uint32(c.G)*a + uint32(pixel[1])*rest))
	pixel[2] = uint8(div255(uint32(c.B)*a + uint32(pixel[2])*rest))
	pixel[3] = uint8(div255(255*a + uint32(pixel[3])*rest))
}

// div255 divides by 255 and rounds, for 0 to 255 * 255.
func div255(v uint32) uint32 {
	v += 128
	return (v + v>>8) >> 8
}

// multiply covers what both cover.
func multiply(cover, mask *image.Alpha) {
	for y := cover.Rect.Min.Y; y < cover.Rect.Max.Y; y++ {
		i := (y - cover.Rect.Min.Y) * cover.Stride
		j := mask.PixOffset(cover.Rect.Min.X, y)
		for x := range cover.Rect.Dx() {
			cover.Pix[i+x] = uint8(div255(uint32(cover.Pix[i+x]) * uint32(mask.Pix[j+x])))
		}
	}
}

// fade puts a layer onto an image, more transparent than it is.
func fade(img, layer *image.RGBA, opacity float64) {
	part := uint32(math.Round(opacity * 255))
	for y := layer.Rect.Min.Y; y < layer.Rect.Max.Y; y++ {
		from := layer.Pix[layer.PixOffset(layer.Rect.Min.X, y):]
		to := img.Pix[img.PixOffset(layer.Rect.Min.X, y):]
		for i := 0; i < 4*layer.Rect.Dx(); i += 4 {
			rest := 255 - div255(uint32(from[i+3])*part)
			for k := i; k < i+4; k++ {
				to[k] = uint8(div255(uint32(from[k])*part + uint32(to[k])*rest))
			}
		}
	}
}

// gradient is a Gradient on an image.
type gradient struct {
	from, along point // along is the way from one end to the other, over its length squared
	radial      bool  // along is then one over the radii
	stops       []Stop
}

func (c canvas) gradient(g *Gradient) gradient {
	from, to := c.at(g.X1, g.Y1), c.at(g.X2, g.Y2)
	if g.Radial {
		rx, ry := g.radii()
		return gradient{from, point{1 / (rx * c.scale), 1 / (ry * c.scale)}, true, g.Stops}
	}
	along := to.minus(from)
	if square := along.dot(along); square > 0 {
		along = along.times(1 / square)
	} else { // without a length all is after its end
		from.x = -10 * farthest
		along.x = 1
	}
	return gradient{from, along, false, g.Stops}
}

// at is the colour at a point: the stops around it mixed as SVG does, channels
// and opacity each on their own.
func (g gradient) at(p point) color.NRGBA {
	t := g.along.dot(p.minus(g.from))
	if g.radial {
		t = math.Hypot((p.x-g.from.x)*g.along.x, (p.y-g.from.y)*g.along.y)
	}
	before := g.stops[0]
	place := clamp01(before.At)
	if t < place {
		return before.Color
	}
	for _, next := range g.stops[1:] {
		// As in SVG a stop is never before the one that comes first.
		end := max(clamp01(next.At), place)
		if t < end {
			return mixColor(before.Color, next.Color, (t-place)/(end-place))
		}
		before, place = next, end
	}
	return before.Color
}

func mixColor(a, b color.NRGBA, t float64) color.NRGBA {
	m := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*t)) }
	return color.NRGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), m(a.A, b.A)}
}
