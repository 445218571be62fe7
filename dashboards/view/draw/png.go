package draw

import (
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
)

// PNG writes the scene as a PNG with that many pixels per CSS pixel; see
// [Scene.Image]. The error is the writer's, or tells that the scene has no size.
func (s Scene) PNG(w io.Writer, scale float64) error {
	if err := png.Encode(w, s.Image(scale)); err != nil {
		return fmt.Errorf("write PNG: %w", err)
	}
	return nil
}

// Bounds of a picture: more would be more memory than a picture is worth, 256 MB.
const (
	mostPixels = 1 << 26
	longest    = 1 << 15
)

// Image draws the scene with that many pixels per CSS pixel; what is not
// positive is 1. A picture of more than 64 million pixels comes out smaller.
func (s Scene) Image(scale float64) *image.RGBA {
	if !(scale > 0) {
		scale = 1
	}
	w, h := within(s.W, 0, farthest), within(s.H, 0, farthest)
	scale = min(scale, math.Sqrt(mostPixels/max(w*h, 1)), longest/max(w, h, 1))
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w*scale)), int(math.Ceil(h*scale))))
	c := canvas{img: img, clip: img.Rect, scale: scale, pen: &pen{}}
	if s.Background.A > 0 {
		c.node(&Rect{W: s.W, H: s.H, Fill: Solid(s.Background)})
	}
	c.nodes(s.Nodes)
	return img
}

// within bounds a number; what is none is the lower bound.
func within(v, low, high float64) float64 {
	if !(v > low) {
		return low
	}
	return min(v, high)
}
