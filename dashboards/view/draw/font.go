package draw

// Font is a face of the one family that pictures are written in, Inter.
type Font struct {
	Size float64 // px
	// Weight is 400 or 500; 0 is 400.
	Weight int
	Italic bool
	Mono   bool
}

// Width is the length of a text in px.
func (f Font) Width(text string) float64 { return float64(len(text)) * f.Size * 0.55 }
