package panel

import (
	"image/color"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// textInline reads what is in a block as words in their styles.
func textInline(block ast.Node, source []byte, style textStyle, link color.NRGBA) []textWord {
	r := textReader{source: source, link: link}
	r.children(block, style)
	return r.words
}

// textReader collects words.
type textReader struct {
	source []byte
	link   color.NRGBA
	words  []textWord
}

func (r *textReader) children(n ast.Node, style textStyle) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.inline(c, style)
	}
}

func (r *textReader) inline(n ast.Node, style textStyle) {
	switch n := n.(type) {
	case *ast.Text:
		r.words = textWords(textPlain(n.Segment.Value(r.source)), style, r.words)
		switch {
		case n.HardLineBreak():
			r.brk()
		case n.SoftLineBreak():
			r.words = append(r.words, textWord{lead: true})
		}
	case *ast.String:
		r.words = textWords(string(n.Value), style, r.words)
	case *ast.CodeSpan:
		style.code, style.font.Mono, style.font.Size = true, true, style.font.Size*textCodeSize/textSize
		r.part(strings.TrimSpace(textAlt(n, r.source)), style)
	case *ast.Emphasis:
		if n.Level == 1 {
			style.font.Italic = true
		} else {
			style.font.Weight = 500
		}
		r.children(n, style)
	case *extast.Strikethrough:
		style.struck = true
		r.children(n, style)
	case *ast.Link:
		r.children(n, r.linked(style, textPlain(n.Destination)))
	case *ast.AutoLink:
		r.part(string(n.Label(r.source)), r.linked(style, string(n.URL(r.source))))
	case *ast.Image:
		r.words = textWords(textAlt(n, r.source), style, r.words)
	case *extast.TaskCheckBox:
		r.task(n.IsChecked, style)
	case *ast.RawHTML:
		if strings.Contains(textOfHTML(string(n.Segments.Value(r.source))), "\n") {
			r.brk()
		}
	default:
		r.children(n, style)
	}
}

// linked is the style of a link; one that must not be followed is plain text.
func (r *textReader) linked(style textStyle, destination string) textStyle {
	if href := textHref(destination); href != "" {
		style.href, style.ink = href, r.link
	}
	return style
}

// part adds a text that is not broken into words.
func (r *textReader) part(text string, style textStyle) {
	if text == "" {
		return
	}
	if last := len(r.words) - 1; last >= 0 && !r.words[last].open() {
		r.words[last].parts = append(r.words[last].parts, textPart{text, style})
		return
	}
	r.words = textAppend(r.words, textPart{text, style})
}

func (r *textReader) brk() { r.words = append(r.words, textWord{brk: true}) }

// task is the box before an item that is or is not done.
func (r *textReader) task(done bool, style textStyle) {
	box := "[ ]"
	if done {
		box = "[x]"
	}
	style.font.Mono = true
	r.part(box, style)
	r.words = append(r.words, textWord{lead: true})
}
