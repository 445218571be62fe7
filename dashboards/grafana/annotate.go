package grafana

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Annotation marks a moment on the time axis of every board of the organisation
// that asks for one of its tags.
type Annotation struct {
	Text string
	Tags []string
	// Time is the moment; now when zero.
	Time time.Time
}

// sameAnnotation is how far apart two annotations of the same words are one:
// publishing again after a failure must not mark a deployment twice.
const sameAnnotation = time.Hour

// annotate adds the plan's annotation unless it is there. Adding cannot be
// repeated blindly when the answer is lost, so it is looked for each time.
func (p *publisher) annotate(ctx context.Context, result *Result) error {
	if p.plan.Annotation == nil {
		return nil
	}
	a := *p.plan.Annotation
	if a.Time.IsZero() {
		a.Time = time.Now()
	}
	for try := 1; ; try++ {
		found, err := p.annotated(ctx, a)
		if err != nil {
			return fmt.Errorf("annotate: %w", err)
		}
		if found || p.plan.DryRun {
			result.AnnotationExists, result.Annotated = found && !result.Annotated, result.Annotated || !found
			return nil
		}
		err = p.client.addAnnotation(ctx, a)
		if err == nil {
			result.Annotated = true
			return nil
		}
		wait, again := p.client.again(err, try)
		if !again {
			return fmt.Errorf("annotate: %w", err)
		}
		result.Annotated = errors.Is(err, errUnreachable) // if it turns up after all, it was us
		p.client.logAgain(ctx, err, try, wait)
		if err := p.client.sleep(ctx, wait); err != nil {
			return fmt.Errorf("annotate: %w", err)
		}
	}
}

func (p *publisher) annotated(ctx context.Context, a Annotation) (bool, error) {
	list, err := p.client.annotations(ctx, a.Tags, a.Time.Add(-sameAnnotation), a.Time.Add(sameAnnotation))
	return slices.ContainsFunc(list, func(have annotation) bool {
		return have.Text == a.Text && have.DashboardUID == "" && slices.Equal(slices.Sorted(slices.Values(have.Tags)), slices.Sorted(slices.Values(a.Tags)))
	}), err
}
