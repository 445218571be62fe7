package draw

// Font is a face of the one family that pictures are written in, Inter.
type Font struct {
	Size float64 // px
	// Weight is 400 or 500; 0 is 400. Others get the nearest of the two.
	Weight int
	Italic bool // slanted: there is no italic face
	// Mono is for code. All letters are 0.6 of the size wide, in any weight.
	Mono bool
	// Spacing is added after each letter, in px, to the 0.15 px that all text on
	// Grafana's pages has. Headings have less.
	Spacing float64
}

// letterSpacing was measured in Grafana 12.4, in its pages and on its canvases.
const letterSpacing = 0.15

// Width is the length of a text in px, as a browser lays it out.
func (f Font) Width(text string) float64 {
	face := f.face()
	units, letters, before := int32(0), 0, rune(0)
	for _, r := range text {
		units += face.letter(r).advance + face.kern(before, r)
		letters++
		before = r
	}
	return float64(units)*f.Size/float64(face.em) + float64(letters)*(letterSpacing+f.Spacing)
}

// face is the data behind a font.
func (f Font) face() *face {
	switch {
	case f.Mono:
		return monoFace()
	case f.medium():
		return mediumFace()
	}
	return regularFace()
}

func (f Font) medium() bool { return f.Weight >= 450 }

// baseline is how far below the point of a text its baseline is, in px. The em
// box is as a canvas of Chromium has it: ascent and descent scaled to fill it.
func (f Font) baseline(b Baseline) float64 {
	ascent := f.face().ascent * f.Size
	switch b {
	case Top:
		return ascent
	case Central:
		return ascent - f.Size/2
	case Bottom:
		return ascent - f.Size
	}
	return 0
}
