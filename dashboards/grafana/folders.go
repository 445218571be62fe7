package grafana

import (
	"cmp"
	"context"
	"fmt"
)

// ensureFolders returns the folder to publish in and those that were created on
// the way to it. Parents come first: Grafana would take a folder whose parent
// does not exist, and show it nowhere.
func (p *publisher) ensureFolders(ctx context.Context) (folder Folder, created []Folder, err error) {
	parent := ""
	for i, want := range p.plan.folders() {
		want.Title, want.ParentUID = cmp.Or(want.Title, want.UID), parent
		var made bool
		folder, made, err = p.ensureFolder(ctx, want)
		if err != nil {
			return folder, created, err
		}
		if made {
			created = append(created, folder)
		}
		if i > 0 && folder.ParentUID != parent { // the first may be anywhere
			return folder, created, fmt.Errorf("folder %s is in %s, not in %s: publish with the path that it has, or move it in Grafana",
				folder.UID, placeName(folder.ParentUID), placeName(parent))
		}
		parent = folder.UID
	}
	return folder, created, nil
}

func placeName(uid string) string { return cmp.Or(uid, "the root") }

// ensureFolder returns the folder as it is and whether it was created.
func (p *publisher) ensureFolder(ctx context.Context, want Folder) (Folder, bool, error) {
	found, readErr := p.client.Folder(ctx, want.UID)
	switch {
	case readErr == nil:
		return found, false, nil
	case IsNotFound(readErr):
	case IsForbidden(readErr) && !p.plan.DryRun:
		// A token that sees single folders only may be refused one that does
		// not exist. Creating it shows which: an existing one is a conflict.
	default:
		return Folder{}, false, readErr
	}
	if p.plan.DryRun {
		return want, true, nil
	}
	err := p.client.createFolder(ctx, want)
	switch {
	case err == nil:
		return want, true, nil
	case !IsConflict(err):
		return Folder{}, false, fmt.Errorf("create folder %q: %w", want.Title, err)
	case IsForbidden(readErr):
		return Folder{}, false, readErr
	}
	found, err = p.client.Folder(ctx, want.UID) // created meanwhile, or our own answer was lost
	return found, err == nil && found == want, err
}
