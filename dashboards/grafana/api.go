package grafana

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
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
