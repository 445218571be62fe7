package draw

import (
	_ "embed"
	"fmt"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/width"
)

// The faces are Inter 4.1 (SIL Open Font License 1.1, see fonts/OFL.txt), cut
// down to Latin, Greek, Cyrillic, punctuation, units, arrows and mathematics,
// and to kerning. Alternates are left out: they would draw "->" in a label as an
// arrow.
var (
	//go:embed fonts/Inter-Regular.ttf
	regularTTF []byte
	//go:embed fonts/Inter-Medium.ttf
	mediumTTF []byte

	regularFace = sync.OnceValue(func() *face { return mustParse(regularTTF) })
	mediumFace  = sync.OnceValue(func() *face { return mustParse(mediumTTF) })
	// Go Mono is in the module that reads fonts already. Its letters are as wide
	// as those of nearly all fonts for code, so a text measured by it also fits
	// where an SVG shows the reader's own one.
	monoFace = sync.OnceValue(func() *face { return mustParse(gomono.TTF) })
)

// face holds what of a font is asked for all the time. It is safe for concurrent
// use: only caches in it change.
type face struct {
	font *sfnt.Font
	// em is the units per em, as the size at which lengths come out in units.
	em fixed.Int26_6
	// ascent is the part of the em box that is above the baseline, 0 to 1.
	ascent float64
	glyphs [lastMapped]letter
	// pairs caches the kerning of ASCII: 0 is unknown, else units + pairBias.
	pairs [128][128]atomic.Int32
	// outlines caches the outlines of glyphs: sfnt.GlyphIndex to sfnt.Segments.
	outlines sync.Map
}

// letter is a glyph and its advance in units.
type letter struct {
	glyph   sfnt.GlyphIndex
	advance int32
}

const (
	// lastMapped is the end of the runes that the faces have.
	lastMapped = 0x2720
	pairBias   = 1 << 16
)

// mustParse reads a face that is part of the program.
func mustParse(ttf []byte) *face {
	f, err := parseFace(ttf)
	if err != nil {
		panic(fmt.Sprintf("embedded font: %v", err))
	}
	return f
}

func parseFace(ttf []byte) (*face, error) {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	f := &face{font: parsed, em: fixed.Int26_6(parsed.UnitsPerEm())}
	var buf sfnt.Buffer
	for r := range f.glyphs {
		glyph, err := parsed.GlyphIndex(&buf, rune(r))
		if err != nil {
			return nil, err
		}
		advance, err := parsed.GlyphAdvance(&buf, glyph, f.em, font.HintingNone)
		if err != nil {
			return nil, err
		}
		f.glyphs[r] = letter{glyph, int32(advance)}
	}
	m, err := parsed.Metrics(&buf, f.em, font.HintingNone)
	if err != nil {
		return nil, err
	}
	f.ascent = float64(m.Ascent) / float64(m.Ascent+m.Descent)
	return f, nil
}

// letter finds the glyph of a rune. Glyph 0 is a box for what the face does not
// have; its advance is what a browser's other font is likely to take.
func (f *face) letter(r rune) letter {
	if r >= 0 && r < lastMapped && f.glyphs[r].glyph != 0 {
		return f.glyphs[r]
	}
	l := letter{0, f.glyphs[0].advance}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc):
		l.advance = 0
	case wide(r):
		l.advance = int32(f.em)
	}
	return l
}

// wide tells whether a rune is a square, as in Chinese (Unicode Standard Annex #11).
func wide(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}

// kern is how much farther than its advance the second of two letters is, in units.
func (f *face) kern(a, b rune) int32 {
	if a <= 0 || b <= 0 || a >= lastMapped || b >= lastMapped {
		return 0
	}
	if a >= 128 || b >= 128 {
		return f.lookUpKern(a, b)
	}
	cached := &f.pairs[a][b]
	if v := cached.Load(); v != 0 {
		return v - pairBias
	}
	k := f.lookUpKern(a, b)
	cached.Store(k + pairBias)
	return k
}

func (f *face) lookUpKern(a, b rune) int32 {
	// There is no error but that there is no such pair, for which it is 0.
	k, _ := f.font.Kern(nil, f.glyphs[a].glyph, f.glyphs[b].glyph, f.em, font.HintingNone)
	return int32(k)
}

// outline is the outline of a glyph in units, y downwards: lines and quadratic
// curves, of which TrueType consists.
func (f *face) outline(g sfnt.GlyphIndex) sfnt.Segments {
	if cached, ok := f.outlines.Load(g); ok {
		return cached.(sfnt.Segments)
	}
	// The buffer is not used again, so the segments remain what they are.
	segments, err := f.font.LoadGlyph(&sfnt.Buffer{}, g, f.em, nil)
	if err != nil {
		return nil // the face has it: it came out of its own table
	}
	f.outlines.Store(g, segments)
	return segments
}
