package page

import (
	"errors"
	"fmt"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/panel"
)

// errDraw is what stands on a panel that could not be drawn.
var errDraw = errors.New("this panel cannot be drawn")

// Draw draws a panel as [panel.Draw] does. What a dashboard or a server says must
// not end the program, and with it all other panels: where drawing panics, the
// picture says that it could not be drawn, and the error why.
func Draw(in panel.Input) (panel.Picture, error) { return guarded(in, panel.Draw) }

func guarded(in panel.Input, draw func(panel.Input) panel.Picture) (pic panel.Picture, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errDraw, r)
			pic = panel.Draw(panel.Input{
				Panel: model.Panel{Type: "timeseries", Title: in.Panel.Title}, Theme: in.Theme, W: in.W, H: in.H, Err: errDraw,
			})
		}
	}()
	return draw(in), nil
}
