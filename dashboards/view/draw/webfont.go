package draw

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"strings"
)

var (
	//go:embed fonts/Inter-Regular.woff2
	regularWOFF2 []byte
	//go:embed fonts/Inter-Medium.woff2
	mediumWOFF2 []byte
)

// WebFont is the face of a weight as WOFF2, for a web page: what [Font.Width]
// measures.
func WebFont(weight int) []byte {
	if (Font{Weight: weight}).medium() {
		return mediumWOFF2
	}
	return regularWOFF2
}

// DataURI is [WebFont] as an address that holds the font itself.
func DataURI(weight int) string {
	return "data:font/woff2;base64," + base64.StdEncoding.EncodeToString(WebFont(weight))
}

// FontFaces is a style sheet that makes the weights known as Inter; address
// tells where each is, such as [DataURI].
func FontFaces(weights []int, address func(weight int) string) string {
	var b strings.Builder
	for _, w := range weights {
		fmt.Fprintf(&b, `@font-face{font-family:Inter;font-weight:%d;src:url("%s")format("woff2")}`, w, address(w))
	}
	return b.String()
}

// faceWeights are the weights of the texts in a tree, in order.
func faceWeights(nodes []Node) []int {
	regular, medium := usedFaces(nodes)
	var out []int
	if regular {
		out = append(out, 400)
	}
	if medium {
		out = append(out, 500)
	}
	return out
}

func usedFaces(nodes []Node) (regular, medium bool) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *Text:
			regular = regular || !n.Font.Mono && !n.Font.medium()
			medium = medium || !n.Font.Mono && n.Font.medium()
		case *Group:
			r, m := usedFaces(n.Nodes)
			regular, medium = regular || r, medium || m
		}
	}
	return regular, medium
}
