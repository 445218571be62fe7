package grafana

import (
	"context"
	"errors"
	"fmt"
)

// Publish brings Grafana into the state of the plan. What is in that state
// already is not written again. A conflict or a failure of one board does not
// keep the others back; conflicts are told in the Result only. The error is of
// one line and says what to do; whatever it is, running the same plan again
// finishes the work.
func Publish(ctx context.Context, c *Client, plan Plan) (Result, error) {
	boards, err := plan.check()
	if err != nil {
		return Result{}, err
	}
	p := &publisher{client: c, plan: plan}
	result, err := p.run(ctx, boards)
	if err != nil && ctx.Err() != nil {
		return result, fmt.Errorf("interrupted after %d of %d boards, run it again to finish: %w", len(result.Boards), len(boards), ctx.Err())
	}
	return result, err
}

// publisher carries what the steps of one Publish share.
type publisher struct {
	client *Client
	plan   Plan
	locker locker
}

func (p *publisher) run(ctx context.Context, boards []content) (result Result, err error) {
	if err := p.prepare(ctx, boards, &result); err != nil {
		return result, err
	}
	result.Boards, err = p.publishBoards(ctx, boards)
	result.NoLock = p.locker.unavailable
	if err != nil {
		return result, err
	}
	if err := p.prune(ctx, &result); err != nil {
		return result, err
	}
	return result, p.annotate(ctx, &result)
}

// prepare finds or makes what the boards need.
func (p *publisher) prepare(ctx context.Context, boards []content, result *Result) (err error) {
	result.DataSource, result.DataSourceCreated, err = p.ensureDataSource(ctx)
	if err != nil {
		return err
	}
	for i := range boards {
		if err := boards[i].selectDataSource(result.DataSource); err != nil {
			return err
		}
	}
	result.Folder, result.FoldersCreated, err = p.ensureFolders(ctx)
	if err != nil {
		return err
	}
	p.locker, err = p.newLocker(ctx)
	return err
}

// hopeless reports whether the next board would fail in the same way.
func hopeless(err error) bool {
	return errors.Is(err, errUnreachable) || IsUnauthorized(err)
}
