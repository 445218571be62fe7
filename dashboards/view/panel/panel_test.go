package panel

import (
	"context"
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/source/sourcetest"
)

// reference is the input of a panel of the reference board, 800 by 400 px as it
// was measured.
func reference(t testing.TB, id int64) Input {
	t.Helper()
	board, data, span := sourcetest.Reference()
	p, ok := sourcetest.Panel(board, id)
	if !ok {
		t.Fatalf("the reference board has no panel %d", id)
	}
	return referenceInput(t, p, data, span)
}

func referenceInput(t testing.TB, p model.Panel, data source.Source, span model.Range) Input {
	t.Helper()
	in := Input{Panel: p, Range: span, W: 800, H: 400}
	frames, err := data.Query(context.Background(), source.Query{Panel: p, Range: span, Width: 800})
	if err == nil {
		frames, err = frame.Apply(p, frames)
	}
	in.Frames, in.Err = frames, err
	return in
}

// placedText is a text with the place it has on the panel.
type placedText struct {
	*draw.Text
	x, y float64
}

// texts lists the texts of a picture.
func texts(n draw.Node, x, y float64) []placedText {
	switch n := n.(type) {
	case *draw.Text:
		return []placedText{{n, x + n.X, y + n.Y}}
	case *draw.Group:
		var all []placedText
		for _, child := range n.Nodes {
			all = append(all, texts(child, x+n.X, y+n.Y)...)
		}
		return all
	}
	return nil
}
