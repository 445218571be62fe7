package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ginsight/ginsight/dashboards/diff"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// marks are the colours of the frames around panels that are not as they were.
var marks = map[diff.Kind]string{
	diff.Added:   "green",
	diff.Removed: "red",
	diff.Changed: "orange",
	diff.Moved:   "blue",
}

// diffPictures draws the boards of a plan that change, before and after.
type diffPictures struct {
	viewFlags
	dir, theme string
}

// write makes a PNG for each board that changes, and a page with all of them. It
// returns the names of the files.
func (o diffPictures) write(ctx context.Context, set changeSet) ([]string, error) {
	src, closeSource, err := o.source()
	if err != nil {
		return nil, fmt.Errorf("--pictures: %w", err)
	}
	defer closeSource()
	if o.now.IsZero() {
		o.now = time.Now() // both sides show the same
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return nil, fmt.Errorf("--pictures: %w", err)
	}
	var names []string
	var scenes []draw.Scene
	keep := func(name string, body []byte) error {
		_, err := file{name, body}.write(o.dir)
		names = append(names, filepath.Join(o.dir, name))
		return err
	}
	taken := fileNames{}
	for _, b := range set.Boards {
		if b.Action == leaveBoard {
			continue
		}
		scene, png, err := o.picture(ctx, src, b)
		if err != nil {
			return nil, fmt.Errorf("--pictures: board %q: %w", b.Title, err)
		}
		scenes = append(scenes, scene)
		if err := keep(taken.of(viewBoard{Board: model.Board{UID: b.UID}, Name: "board"})+".png", png); err != nil {
			return nil, err
		}
	}
	var html bytes.Buffer
	if err := page.Document(&html, "What changes", scenes, theme.Theme{Light: o.light}); err != nil {
		return nil, err
	}
	err = keep("index.html", html.Bytes())
	return names, err
}

// picture draws one board on both sides of its change, also as a PNG.
func (o diffPictures) picture(ctx context.Context, src source.Source, b boardChanges) (draw.Scene, []byte, error) {
	scene, err := o.compare(ctx, src, b)
	if err != nil {
		return draw.Scene{}, nil, err
	}
	var png bytes.Buffer
	err = scene.PNG(&png, 1)
	return scene, png.Bytes(), err
}

// compare draws one board on both sides of its change.
func (o diffPictures) compare(ctx context.Context, src source.Source, b boardChanges) (draw.Scene, error) {
	before, errBefore := o.page(ctx, src, b.before)
	after, errAfter := o.page(ctx, src, b.after)
	if err := errors.Join(errBefore, errAfter); err != nil {
		return draw.Scene{}, err
	}
	old, new := page.Highlight{}, page.Highlight{}
	if b.before != nil && b.after != nil {
		for _, change := range diff.Panels(b.before, b.after) {
			old[change.Old], new[change.New] = marks[change.Kind], marks[change.Kind]
		}
	}
	delete(old, 0)
	delete(new, 0)
	return page.Compare(before, after, old, new, theme.Theme{Light: o.light}), nil
}

// page loads a board with all rows open, so that no change hides in one; no
// board is no page.
func (o diffPictures) page(ctx context.Context, src source.Source, raw map[string]any) (*page.Page, error) {
	if raw == nil {
		return nil, nil // there is no board on this side
	}
	text, err := json.Marshal(raw)
	if err != nil {
		return nil, err
	}
	b, err := model.Parse(text)
	if err != nil {
		return nil, err
	}
	options, err := o.options(b)
	if err != nil {
		return nil, err
	}
	options.Open, options.Width = true, pictureWidth
	p, err := page.Load(ctx, src, b, options)
	if err != nil {
		return nil, err
	}
	if failed := p.Failed(); len(failed) > 0 && !p.Answered() {
		return nil, failed[0].Err
	}
	return p, nil
}

// pictureWidth is the width of one side in px: two of them fit beside each other
// in a pull request.
const pictureWidth = 1000

// sides are a board before and after what the plan does. Of one that is kept, the
// after is what the code would make of it.
func (b *boardChanges) sides(have, want map[string]any, reverse bool) {
	b.before, b.after = have, want
	if reverse {
		b.before, b.after = want, have
	}
}
