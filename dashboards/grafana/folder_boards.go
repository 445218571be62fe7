package grafana

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// folderPage is how many boards a search returns at once.
const folderPage = 500

// BoardsIn reads every dashboard in a folder, but not in the folders below it,
// as Grafana stores it. It only reads.
func (c *Client) BoardsIn(ctx context.Context, folderUID string) ([]json.RawMessage, error) {
	if _, err := c.Folder(ctx, folderUID); err != nil {
		return nil, fmt.Errorf("read folder %s: %w", folderUID, err)
	}
	var out []json.RawMessage
	for page := 1; ; page++ {
		query := url.Values{"type": {"dash-db"}, "folderUIDs": {folderUID}, "limit": {strconv.Itoa(folderPage)}, "page": {strconv.Itoa(page)}}
		var hits []struct {
			UID string `json:"uid"`
		}
		if err := c.do(ctx, http.MethodGet, "api/search?"+query.Encode(), nil, &hits); err != nil {
			return nil, fmt.Errorf("list boards of folder %s: %w", folderUID, err)
		}
		for _, hit := range hits {
			stored, err := c.Dashboard(ctx, hit.UID)
			if err != nil {
				return nil, fmt.Errorf("read board %s: %w", hit.UID, err)
			}
			out = append(out, stored.Dashboard)
		}
		if len(hits) < folderPage {
			return out, nil
		}
	}
}
