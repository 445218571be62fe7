package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/page"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

// render draws every board over the time since the start, as SVG files in a
// directory, and returns how many.
func render(ctx context.Context, src source.Source, f query.Form, since time.Time, dir string) (int, error) {
	raw, err := boards.JSONIn(f)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, fmt.Errorf("make the directory for pictures: %w", err)
	}
	span := model.Range{From: since, To: time.Now(), Zone: time.UTC}
	for _, one := range raw {
		b, err := model.Parse(one)
		if err != nil {
			return 0, err
		}
		p, err := page.Load(ctx, src, b, page.Options{Range: span, Open: true})
		if err != nil {
			return 0, err
		}
		if failed := p.Failed(); len(failed) > 0 {
			return 0, fmt.Errorf("draw panel %q of board %q: %w", failed[0].Panel.Title, b.Title, failed[0].Err)
		}
		var svg bytes.Buffer
		if err := p.Scene().SVG(&svg, draw.SVGOptions{Fonts: true}); err != nil {
			return 0, fmt.Errorf("draw board %q: %w", b.Title, err)
		}
		if err := os.WriteFile(filepath.Join(dir, b.UID+".svg"), svg.Bytes(), 0o644); err != nil {
			return 0, fmt.Errorf("write the picture of board %q: %w", b.Title, err)
		}
	}
	return len(raw), nil
}
