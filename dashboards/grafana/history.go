package grafana

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/ginsight/ginsight/dashboards/diff"
)

// maxHistory is how many versions back a publication is looked for.
const maxHistory = 20

// published returns the board as it was published last, nil if its history does
// not have that any more. Grafana before version 12 lists no contents: there,
// nothing is found.
func (p *publisher) published(ctx context.Context, uid string) (*content, error) {
	var answer json.RawMessage
	path := fmt.Sprintf("api/dashboards/uid/%s/versions?limit=%d", url.PathEscape(uid), maxHistory)
	if err := p.client.do(ctx, http.MethodGet, path, nil, &answer); err != nil {
		return nil, err
	}
	var history struct {
		Versions []struct {
			Version int64           `json:"version"`
			Data    json.RawMessage `json:"data"`
		} `json:"versions"`
	}
	if json.Unmarshal(answer, &history) != nil {
		return nil, nil // the bare list of old versions
	}
	for _, v := range history.Versions { // the newest first
		if c, err := parseContent(v.Data); err == nil && c.untouched(v.Version) {
			return &c, nil
		}
	}
	return nil, nil
}

// onlySaved reports whether a board that looks edited was only saved in Grafana,
// without a change that shows: the browser drops the mark and writes down what
// the board left open.
func (p *publisher) onlySaved(ctx context.Context, have *storedBoard) (bool, error) {
	if have.Meta.FolderUID != p.plan.Folder.UID || have.Meta.Provisioned {
		return false, nil
	}
	base, err := p.published(ctx, have.uid())
	if err != nil || base == nil {
		return false, err
	}
	return diff.Equal(base.fields, have.fields), nil
}
