package grafana

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// DataSource is a data source as Grafana knows it.
type DataSource struct {
	UID  string `json:"uid"`
	Name string `json:"name"`
	Type string `json:"type"`
	URL  string `json:"url"`
}

// newDataSource is what creating one sends.
type newDataSource struct {
	DataSource
	Access   string            `json:"access"`
	JSONData map[string]string `json:"jsonData"`
}

// Folder is a folder of dashboards.
type Folder struct {
	UID   string `json:"uid"`
	Title string `json:"title"`
	// ParentUID is the folder that it lies in; empty at the root.
	ParentUID string `json:"parentUid,omitempty"`
}

// Stored is a dashboard as the server has it.
type Stored struct {
	Dashboard json.RawMessage `json:"dashboard"`
	Meta      struct {
		Version     int64     `json:"version"`
		FolderUID   string    `json:"folderUid"`
		Updated     time.Time `json:"updated"`
		Provisioned bool      `json:"provisioned"` // from a file; Grafana refuses to save it
	} `json:"meta"`
}

type saveRequest struct {
	Dashboard json.RawMessage `json:"dashboard"`
	FolderUID string          `json:"folderUid"`
	Message   string          `json:"message"`
}

type saveAnswer struct {
	Version int64 `json:"version"`
}

// DataSource returns the data source of that uid. IsNotFound tells of its
// absence.
func (c *Client) DataSource(ctx context.Context, uid string) (DataSource, error) {
	return c.dataSource(ctx, "api/datasources/uid/"+url.PathEscape(uid))
}

// DataSourceByName returns the data source of that name, which is unique within
// an organisation.
func (c *Client) DataSourceByName(ctx context.Context, name string) (DataSource, error) {
	return c.dataSource(ctx, "api/datasources/name/"+url.PathEscape(name))
}

func (c *Client) dataSource(ctx context.Context, path string) (DataSource, error) {
	var ds DataSource
	err := c.do(ctx, http.MethodGet, path, nil, &ds)
	return ds, err
}

// createDataSource fails with a conflict if the uid or the name is taken.
func (c *Client) createDataSource(ctx context.Context, ds newDataSource) error {
	return c.do(ctx, http.MethodPost, "api/datasources", ds, nil)
}

// Folder returns the folder of that uid. IsNotFound tells of its absence.
func (c *Client) Folder(ctx context.Context, uid string) (Folder, error) {
	var f Folder
	err := c.do(ctx, http.MethodGet, "api/folders/"+url.PathEscape(uid), nil, &f)
	return f, err
}

// createFolder fails with a conflict if the uid is taken; titles are free.
func (c *Client) createFolder(ctx context.Context, f Folder) error {
	return c.do(ctx, http.MethodPost, "api/folders", f, nil)
}

// Dashboard returns the stored dashboard of that uid. IsNotFound tells of its
// absence.
func (c *Client) Dashboard(ctx context.Context, uid string) (Stored, error) {
	var s Stored
	err := c.do(ctx, http.MethodGet, "api/dashboards/uid/"+url.PathEscape(uid), nil, &s)
	return s, err
}

// saveDashboard stores a board over the version that it names, and fails with a
// conflict if the stored version is another one, or if the board names none and
// its uid is taken.
func (c *Client) saveDashboard(ctx context.Context, save saveRequest) (saveAnswer, error) {
	var answer saveAnswer
	err := c.do(ctx, http.MethodPost, "api/dashboards/db", save, &answer)
	return answer, err
}

// deleteDashboard deletes a board whatever its version.
func (c *Client) deleteDashboard(ctx context.Context, uid string) error {
	return c.do(ctx, http.MethodDelete, "api/dashboards/uid/"+url.PathEscape(uid), nil, nil)
}

// searchHit is a board that a search found.
type searchHit struct {
	UID       string   `json:"uid"`
	Title     string   `json:"title"`
	Tags      []string `json:"tags"`
	FolderUID string   `json:"folderUid"`
}

// searchPage is how many boards are asked for at once; Grafana refuses more than
// 5000.
const searchPage = 200

// search finds the boards in a folder that have a tag, on all pages. A page can
// be short before the last one, where rights hide some: only an empty one ends.
func (c *Client) search(ctx context.Context, tag, folderUID string) ([]searchHit, error) {
	var all []searchHit
	seen := map[string]bool{}
	for page := 1; ; page++ {
		query := url.Values{
			"type": {"dash-db"}, "tag": {tag}, "folderUIDs": {folderUID},
			"limit": {strconv.Itoa(searchPage)}, "page": {strconv.Itoa(page)},
		}
		var hits []searchHit
		if err := c.do(ctx, http.MethodGet, "api/search?"+query.Encode(), nil, &hits); err != nil {
			return nil, err
		}
		before := len(all)
		for _, h := range hits {
			if !seen[h.UID] {
				seen[h.UID] = true
				all = append(all, h)
			}
		}
		if len(all) == before { // a server that knows no pages gives the first one again
			return all, nil
		}
	}
}

// annotation is one as the server has it.
type annotation struct {
	Text         string   `json:"text"`
	Tags         []string `json:"tags"`
	DashboardUID string   `json:"dashboardUID"`
}

// annotations lists those with all of the tags in a range of time.
func (c *Client) annotations(ctx context.Context, tags []string, from, to time.Time) ([]annotation, error) {
	query := url.Values{
		"tags": tags, "limit": {"1000"},
		"from": {strconv.FormatInt(from.UnixMilli(), 10)}, "to": {strconv.FormatInt(to.UnixMilli(), 10)},
	}
	var list []annotation
	err := c.do(ctx, http.MethodGet, "api/annotations?"+query.Encode(), nil, &list)
	return list, err
}

// addAnnotation adds one each time that it is called, and tries only once.
func (c *Client) addAnnotation(ctx context.Context, a Annotation) error {
	body, err := json.Marshal(map[string]any{"time": a.Time.UnixMilli(), "tags": a.Tags, "text": a.Text})
	if err != nil {
		return fmt.Errorf("encode the annotation: %w", err)
	}
	_, err = c.once(ctx, http.MethodPost, "api/annotations", body)
	return err
}
