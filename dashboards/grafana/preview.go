package grafana

import (
	"context"
	"maps"
)

// Preview is what a Publish would do, with the boards to compare.
type Preview struct {
	Result
	Boards []BoardPreview // in the plan's order
	Pruned []BoardPreview
}

// BoardPreview is a board before and after. The boards are decoded dashboard
// JSON without ids, versions and marks.
type BoardPreview struct {
	BoardResult
	// Have is the board as Grafana has it, nil when it has none.
	Have map[string]any
	// Want is the board as it would be; nil for one that would be removed.
	Want map[string]any
	// Published is the board as it was published last, if it was changed since
	// and Grafana's history still knows.
	Published map[string]any
	// Folder is where Grafana has the board, as a uid; empty at the root.
	Folder string
}

// Look says what Publish would do with a plan, and writes nothing.
func Look(ctx context.Context, c *Client, plan Plan) (Preview, error) {
	plan.DryRun = true
	boards, err := plan.check()
	if err != nil {
		return Preview{}, err
	}
	p := &publisher{client: c, plan: plan}
	var out Preview
	if err := p.prepare(ctx, boards, &out.Result); err != nil {
		return out, err
	}
	if out.Result.Boards, err = p.publishBoards(ctx, boards); err != nil {
		return out, err
	}
	if err := p.prune(ctx, &out.Result); err != nil {
		return out, err
	}
	out.NoLock = p.locker.unavailable
	return out, p.fetch(ctx, &out, boards)
}

// fetch gets the boards that the results are about.
func (p *publisher) fetch(ctx context.Context, out *Preview, boards []content) error {
	for i, r := range out.Result.Boards {
		b, err := p.look(ctx, r, &boards[i])
		if err != nil {
			return err
		}
		out.Boards = append(out.Boards, b)
	}
	for _, r := range out.Result.Pruned {
		b, err := p.look(ctx, r, nil)
		if err != nil {
			return err
		}
		out.Pruned = append(out.Pruned, b)
	}
	return nil
}

// look fetches what a result is about.
func (p *publisher) look(ctx context.Context, r BoardResult, want *content) (BoardPreview, error) {
	out := BoardPreview{BoardResult: r}
	if want != nil {
		out.Want = want.fields
	}
	if r.State == Unchanged || r.State == Created {
		return out, nil
	}
	have, err := p.read(ctx, r.UID)
	if err != nil || have == nil {
		return out, err
	}
	out.Have, out.Folder = have.asAsked(have.version()), have.Meta.FolderUID
	if r.State != Conflict {
		return out, nil
	}
	base, err := p.published(ctx, r.UID)
	if base != nil {
		out.Published = base.asAsked(base.mark.Version)
	}
	return out, err
}

// asAsked returns the fields of a board with the refresh that was asked for,
// which Grafana may have raised while saving, if it is as a publish left it.
func (c content) asAsked(version int64) map[string]any {
	if !c.untouched(version) || c.mark.Refresh == "" {
		return c.fields
	}
	fields := maps.Clone(c.fields)
	fields["refresh"] = c.mark.Refresh
	return fields
}
