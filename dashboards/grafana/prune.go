package grafana

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Prune removes boards that are ours and not in the plan. Ours is only what
// lies in the plan's folder and carries both marks. A board that was edited in
// Grafana since it was published is kept, unless the plan says to overwrite.
type Prune struct {
	Tag, UIDPrefix string
	// Confirm is shown the boards that would go, and says whether they may. It
	// is not asked when there are none, nor in a dry run.
	Confirm func([]BoardResult) (bool, error)
}

func (p *publisher) prune(ctx context.Context, result *Result) error {
	plan := p.plan.Prune
	if plan == nil || len(result.FoldersCreated) > 0 && !p.folderExists(result) {
		return nil
	}
	all, err := p.leftOver(ctx)
	if err != nil {
		return err
	}
	var condemned []doomed
	for _, hit := range all {
		d := p.judge(ctx, hit)
		if d.result.Err != nil {
			return d.result.Err
		}
		switch d.result.State {
		case Removed:
			condemned = append(condemned, d)
		case Conflict:
			result.Pruned = append(result.Pruned, d.result)
		}
	}
	if len(condemned) == 0 {
		return nil
	}
	return p.execute(ctx, condemned, result)
}

// folderExists reports whether the plan's own folder was there before.
func (p *publisher) folderExists(result *Result) bool {
	return !slices.ContainsFunc(result.FoldersCreated, func(f Folder) bool { return f.UID == p.plan.Folder.UID })
}

// leftOver finds our boards that are not in the plan.
func (p *publisher) leftOver(ctx context.Context) ([]searchHit, error) {
	hits, err := p.client.search(ctx, p.plan.Prune.Tag, p.plan.Folder.UID)
	if err != nil {
		return nil, fmt.Errorf("look for boards to prune: %w", err)
	}
	planned := map[string]bool{}
	for _, b := range p.plan.Boards {
		if c, err := parseContent(b.JSON); err == nil {
			planned[c.uid()] = true
		}
	}
	// The server has been asked for tag and folder; deleting asks for certainty.
	return slices.DeleteFunc(hits, func(h searchHit) bool {
		ours := strings.HasPrefix(h.UID, p.plan.Prune.UIDPrefix) && slices.Contains(h.Tags, p.plan.Prune.Tag) && h.FolderUID == p.plan.Folder.UID
		return !ours || planned[h.UID]
	}), nil
}

// doomed is a board that may be removed, as it was when that was decided.
type doomed struct {
	result  BoardResult
	version int64
}

// judge says whether a board may go.
func (p *publisher) judge(ctx context.Context, hit searchHit) doomed {
	d := doomed{result: BoardResult{UID: hit.UID, Title: hit.Title, URL: p.client.DashboardURL(hit.UID), State: Removed}}
	have, err := p.read(ctx, hit.UID)
	switch {
	case err != nil:
		d.result.State, d.result.Err = Failed, err
	case have == nil: // gone meanwhile
		d.result.State = Unchanged
	case have.Meta.Provisioned:
		d.result.State, d.result.Reason = Conflict, provisionedReason
	case !have.untouched(have.version()) && !p.plan.Overwrite:
		var same bool
		if same, d.result.Err = p.onlySaved(ctx, have); d.result.Err == nil && !same {
			d.result.State, d.result.Reason = Conflict, "it is in the code no more, but it was changed in Grafana, or not published from here"
		}
	}
	if have != nil {
		d.version = have.version()
	}
	return d
}

// execute removes the boards, if it may.
func (p *publisher) execute(ctx context.Context, condemned []doomed, result *Result) error {
	var list []BoardResult
	for _, d := range condemned {
		list = append(list, d.result)
	}
	if p.plan.DryRun {
		result.Pruned = append(result.Pruned, list...)
		return nil
	}
	if p.plan.Prune.Confirm != nil {
		yes, err := p.plan.Prune.Confirm(list)
		if err != nil || !yes {
			result.PruneDeclined = err == nil
			return err
		}
	}
	return p.removeAll(ctx, condemned, result)
}

func (p *publisher) removeAll(ctx context.Context, condemned []doomed, result *Result) error {
	namespace, err := p.client.namespace(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, d := range condemned {
		err := p.remove(ctx, namespace, d)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case IsConflict(err), errors.Is(err, errChanged):
			d.result.State, d.result.Reason = Conflict, "somebody saved it at the same moment"
		case err != nil:
			d.result.State, d.result.Err = Failed, err
			failed = append(failed, err)
		}
		result.Pruned = append(result.Pruned, d.result)
	}
	if len(failed) > 0 {
		return fmt.Errorf("%d of %d boards could not be removed, run it again: %w", len(failed), len(condemned), failed[0])
	}
	return nil
}

var errChanged = errors.New("another version")

// remove deletes a board of that version. The classic API deletes whatever is
// there; only the resource API can be told which.
func (p *publisher) remove(ctx context.Context, namespace string, d doomed) error {
	r, err := p.client.resource(ctx, namespace, d.result.UID)
	switch {
	case noResourceAPI(err):
		err = p.client.deleteDashboard(ctx, d.result.UID)
	case err == nil && r.Metadata.Generation != d.version:
		return errChanged
	case err == nil:
		err = p.client.deleteResource(ctx, namespace, d.result.UID, r.Metadata.ResourceVersion)
	}
	if IsNotFound(err) { // gone meanwhile, or our own answer was lost
		return nil
	}
	return err
}
