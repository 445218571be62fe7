package draw

import (
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
)

// PNG writes the scene as a PNG with that many pixels per CSS pixel; see
// [Scene.Image]. The error is the writer's, or tells that the picture is empty.
func (s Scene) PNG(w io.Writer, scale float64) error {
	if err := png.Encode(w, s.Image(scale)); err != nil {
		return fmt.Errorf("write PNG: %w", err)
	}
	return nil
}

// largest is the most pixels of a picture: 256 MB of memory.
const largest = 1 << 26

// Image draws the scene with that many pixels per CSS pixel; what is not
// positive is 1. A picture of more than 64 million pixels comes out smaller.
func (s Scene) Image(scale float64) *image.RGBA {
	if !(scale > 0) {
		scale = 1
	}
	w, h := max(s.W, 0), max(s.H, 0)
	if pixels := w * h * scale * scale; pixels > largest {
		scale *= math.Sqrt(largest / pixels)
	}
	return image.NewRGBA(image.Rect(0, 0, int(math.Ceil(w*scale)), int(math.Ceil(h*scale))))
}
