package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/diff"
	"github.com/ginsight/ginsight/dashboards/grafana"
)

// offline compares a plan's boards with files.
func (o diffOptions) offline(plan grafana.Plan) (changeSet, error) {
	stored, err := readBoards(o.against)
	if err != nil {
		return changeSet{}, err
	}
	out := changeSet{Reverse: o.reverse}
	for _, b := range plan.Boards {
		want, err := diff.Parse(b.JSON)
		if err != nil {
			return changeSet{}, err
		}
		preview := grafana.BoardPreview{Want: want}
		preview.UID, _ = want["uid"].(string)
		preview.Title, _ = want["title"].(string)
		preview.Have = stored[preview.UID]
		delete(stored, preview.UID)
		switch {
		case preview.Have == nil:
			preview.State = grafana.Created
		case diff.Equal(preview.Have, want):
			preview.State = grafana.Unchanged
		default:
			preview.State = grafana.Updated
		}
		preview.Folder = plan.Folder.UID // files do not say
		out.Boards = append(out.Boards, o.board(preview, plan.Folder.UID))
	}
	if o.prune {
		out.Boards = append(out.Boards, leftOver(stored)...)
	}
	return out, nil
}

// leftOver are the boards that carry our marks and are in the code no more.
func leftOver(stored map[string]map[string]any) []boardChanges {
	var out []boardChanges
	for uid, b := range stored {
		tags, _ := b["tags"].([]any)
		if !strings.HasPrefix(uid, ownPrefix) || !slices.Contains(tags, any(ownTag)) {
			continue
		}
		title, _ := b["title"].(string)
		out = append(out, boardChanges{UID: uid, Title: title, Action: removeBoard, before: b})
	}
	slices.SortFunc(out, func(a, b boardChanges) int { return strings.Compare(a.UID, b.UID) })
	return out
}

// readBoards reads a dashboard file, or all *.json of a directory, by uid.
func readBoards(path string) (map[string]map[string]any, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("--against: %w", err)
	}
	files := []string{path}
	if info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(path, "*.json")); err != nil {
			return nil, fmt.Errorf("--against: %w", err)
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("--against: no *.json in %s", path)
		}
	}
	out := map[string]map[string]any{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("--against: %w", err)
		}
		board, err := unwrap(raw)
		if err != nil {
			return nil, fmt.Errorf("--against: %s: %w", file, err)
		}
		uid, _ := board["uid"].(string)
		if _, twice := out[uid]; twice {
			return nil, fmt.Errorf("--against: %s: a second dashboard with the uid %q", file, uid)
		}
		out[uid] = board
	}
	return out, nil
}

// unwrap reads a dashboard that stands alone, in an answer of the classic API
// ({"dashboard": …}), or in a resource ({"metadata": …, "spec": …}).
func unwrap(raw []byte) (map[string]any, error) {
	outer, err := diff.Parse(raw)
	if err != nil {
		return nil, err
	}
	board := outer
	if inner, is := outer["dashboard"].(map[string]any); is {
		board = inner
	}
	metadata, _ := outer["metadata"].(map[string]any)
	if spec, is := outer["spec"].(map[string]any); is && metadata["name"] != nil {
		board = spec
		if board["uid"] == nil {
			board["uid"] = metadata["name"]
		}
	}
	if uid, _ := board["uid"].(string); uid == "" {
		return nil, fmt.Errorf("it is no dashboard with a uid")
	}
	if board["elements"] != nil && board["layout"] != nil {
		return nil, fmt.Errorf("it is a dashboard of schema v2: export it as classic")
	}
	return board, nil
}
