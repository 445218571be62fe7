package draw_test

import (
	"fmt"
	"image/color"
	"os"

	"github.com/ginsight/ginsight/dashboards/view/draw"
)

func ExampleScene_SVG() {
	var line draw.Outline
	line.Move(0, 8)
	line.Line(10, 2)
	line.Line(20, 5)
	scene := draw.Scene{W: 20, H: 10, Title: "Requests", Nodes: []draw.Node{
		&draw.Path{Outline: line, Stroke: draw.Stroke{Paint: draw.Solid(color.NRGBA{115, 191, 105, 255}), Width: 1}},
	}}
	if err := scene.SVG(os.Stdout, draw.SVGOptions{Inline: true}); err != nil {
		fmt.Println(err)
	}
	// Output: <svg width="20" height="10" viewBox="0 0 20 10" role="img" aria-label="Requests" font-family="Inter,Helvetica Neue,Arial,sans-serif" letter-spacing=".15" text-rendering="geometricPrecision"><path d="M0 8l10-6 10 3" fill="none" stroke="#73bf69"/></svg>
}

func ExampleFont_Width() {
	fmt.Printf("%.1f px\n", draw.Font{Size: 12}.Width("250 ms"))
	// Output: 43.1 px
}
