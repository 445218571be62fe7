package page

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	board "github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/panel"
	"github.com/ginsight/ginsight/dashboards/view/source"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// defaultStep is how often an annotation's query is evaluated unless it says so
// itself.
const defaultStep = time.Minute

// Marks asks for the annotations of a dashboard. One whose query fails marks
// nothing: the graphs below are worth more than what is drawn over them. The
// errors say which.
func Marks(ctx context.Context, src source.Source, b board.Board, values variable.Values, o Options) (out []panel.Mark, failed []error) {
	for _, a := range b.Annotations {
		if !a.Enable || a.Expr == "" {
			continue
		}
		asked := board.Panel{
			Type: "timeseries", Datasource: a.Datasource, Interval: cmp.Or(a.Step, "1m"),
			Targets: []board.Target{{RefID: "A", Expr: a.Expr, Range: true, Datasource: a.Datasource}},
		}
		frames, err := src.Query(ctx, source.Query{Panel: asked, Range: o.Range, Width: int(o.Width), Vars: values})
		if err != nil {
			failed = append(failed, fmt.Errorf("annotation %q: %w", a.Name, err))
		}
		for _, f := range frames {
			out = append(out, marksOf(f, a, o)...)
		}
	}
	return out, failed
}

// marksOf makes a mark of each point of at least one; points that follow each
// other at once are one span.
func marksOf(f frame.Frame, a board.Annotation, o Options) []panel.Mark {
	var times []int64
	var out []panel.Mark
	for _, field := range f.Fields {
		if field.Kind == frame.Time {
			times = field.Times
			continue
		}
		step := gapOf(times, a)
		var last *panel.Mark
		for i, v := range field.Numbers {
			if i >= len(times) || !(v >= 1) {
				continue
			}
			if last != nil && times[i]-last.To <= step {
				last.To = times[i]
				continue
			}
			out = append(out, panel.Mark{From: times[i], To: times[i], Title: label(a, field.Labels), Color: o.Theme.Color(a.Color)})
			last = &out[len(out)-1]
		}
	}
	return out
}

// gapOf is how far apart, in milliseconds, points of one span are: the step of
// the answer, which is seen in its points.
func gapOf(times []int64, a board.Annotation) int64 {
	step := defaultStep
	if d, err := model.ParseDuration(a.Step); err == nil {
		step = time.Duration(d)
	}
	least := step.Milliseconds()
	for i := 1; i < len(times); i++ {
		if d := times[i] - times[i-1]; d > 0 && d < least {
			least = d
		}
	}
	return least
}

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]+?)\s*\}\}`)

// label is the title of an annotation, or else its text or its name, with the
// labels of the series put in.
func label(a board.Annotation, labels map[string]string) string {
	for _, format := range []string{a.TitleFormat, a.TextFormat} {
		text := placeholder.ReplaceAllStringFunc(format, func(m string) string {
			return labels[placeholder.FindStringSubmatch(m)[1]]
		})
		if text != "" {
			return text
		}
	}
	return a.Name
}
