package panel

import (
	"fmt"
	"image/color"
	"net/url"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	mdtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

// textHeadings are the sizes of headings, px.
var textHeadings = [...]float64{28, 24, 22, 18, 16, 14}

// markdown writes Markdown with GitHub's tables, strikethrough and task lists.
// HTML in it is only read for its text.
func (f *textFlow) markdown(content string) {
	source := []byte(content)
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(mdtext.NewReader(source))
	f.blocks(doc, source, 0)
}

// blocks writes the blocks within a node, from x on.
func (f *textFlow) blocks(parent ast.Node, source []byte, x float64) {
	for n := parent.FirstChild(); n != nil && !f.full(); n = n.NextSibling() {
		f.block(n, source, x)
	}
}

func (f *textFlow) block(n ast.Node, source []byte, x float64) {
	switch n := n.(type) {
	case *ast.Heading:
		f.heading(n, source, x)
	case *ast.List:
		f.list(n, source, x)
	case *ast.Blockquote:
		f.quote(n, source, x)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		f.code(string(n.Lines().Value(source)), x)
	case *ast.ThematicBreak:
		f.rule(x)
	case *extast.Table:
		f.table(n, source, x)
	case *ast.HTMLBlock:
		f.plain(textOfHTML(string(n.Lines().Value(source))))
	default:
		if n.Type() != ast.TypeBlock {
			return
		}
		f.begin()
		f.paragraph(textInline(n, source, f.style(), f.in.Theme.Link()), x, textLine)
	}
}

// heading writes a heading; its margin below goes with its size.
func (f *textFlow) heading(n *ast.Heading, source []byte, x float64) {
	const lineHeight, margin = 1.143, 0.45
	size := textHeadings[min(max(n.Level, 1), len(textHeadings))-1]
	style := f.style()
	style.font.Size = size
	if n.Level > 2 {
		style.font.Weight = 500
	}
	f.begin()
	f.paragraph(textInline(n, source, style, f.in.Theme.Link()), x, size*lineHeight)
	f.gap = size * margin
}

// textQuoteBar is the colour of a quote's bar, in both themes.
var textQuoteBar = color.NRGBA{0xb3, 0xb3, 0xb3, 255}

// quote writes blocks behind a bar.
func (f *textFlow) quote(n ast.Node, source []byte, x float64) {
	const bar, pad = 5, 21
	f.begin()
	top, size := f.y, f.size
	f.gap, f.size = 0, textQuoteSize
	f.depth++
	f.blocks(n, source, x+f.step(pad))
	f.depth--
	f.gap, f.size = textGap, size
	f.add(&draw.Rect{X: x, Y: top, W: bar, H: f.y - top, Fill: draw.Solid(textQuoteBar)})
}

// step is how far a level is indented, 0 when it is too deep for more.
func (f *textFlow) step(px float64) float64 {
	if f.depth > textDeepest {
		return 0
	}
	return px
}

// list writes items behind bullets or numbers.
func (f *textFlow) list(n *ast.List, source []byte, x float64) {
	f.begin()
	f.depth++
	inner := x + f.step(textIndent)
	number := n.Start
	for item := n.FirstChild(); item != nil && !f.full(); item = item.NextSibling() {
		f.gap = 0
		f.mark(n, number, inner, textListDepth(n))
		number++
		top := f.y
		for child := item.FirstChild(); child != nil && !f.full(); child = child.NextSibling() {
			if _, nested := child.(*ast.List); nested {
				f.gap = 0
			}
			f.block(child, source, inner)
		}
		if f.y == top {
			f.y += textLine
		}
		if !n.IsTight {
			f.y += textGap
		}
	}
	f.depth--
	f.gap = textGap
	if !n.IsTight {
		f.gap = 0
	}
}

// textListDepth counts the lists around a list.
func textListDepth(n ast.Node) (depth int) {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindList {
			depth++
		}
	}
	return depth
}

// mark is what stands before an item.
func (f *textFlow) mark(n *ast.List, number int, x float64, depth int) {
	style, middle := f.style(), f.y+textLine/2
	switch {
	case n.IsOrdered():
		f.add(statLabel(fmt.Sprintf("%d%c", number, n.Marker), x-4, middle, textIndent*2, style.font, draw.End, style.ink)...)
	case depth == 0:
		f.add(&draw.Circle{X: x - 13.5, Y: middle, R: 2.5, Fill: draw.Solid(style.ink)})
	case depth == 1:
		f.add(&draw.Circle{X: x - 13.5, Y: middle, R: 2.2, Stroke: f.stroke(style.ink)})
	default:
		f.add(&draw.Rect{X: x - 16, Y: middle - 2.5, W: 5, H: 5, Fill: draw.Solid(style.ink)})
	}
}

// textHref is where a link leads, "" unless that is relative or http(s).
func textHref(destination string) string {
	u, err := url.Parse(destination)
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return destination
}

// textPlain is a piece of Markdown without its escapes.
func textPlain(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}

// textAlt is all text within a node.
func textAlt(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
			if t.SoftLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
