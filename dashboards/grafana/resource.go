package grafana

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// The resource API is used in its version v0alpha1 only: that one hands boards
// out as they were stored. A write through v1beta1 rewrites the whole board,
// also one that only names an annotation.
const resourceAPI = "apis/dashboard.grafana.app/v0alpha1/namespaces/"

// resource is what is read of a board through the resource API.
type resource struct {
	Metadata struct {
		ResourceVersion string            `json:"resourceVersion"`
		Generation      int64             `json:"generation"` // the version
		Annotations     map[string]string `json:"annotations"`
	} `json:"metadata"`
}

// namespace returns the name of the credentials' organisation in the resource
// API.
func (c *Client) namespace(ctx context.Context) (string, error) {
	var org struct {
		ID int64 `json:"id"`
	}
	if err := c.do(ctx, http.MethodGet, "api/org", nil, &org); err != nil {
		return "", err
	}
	if org.ID == 1 {
		return "default", nil
	}
	return fmt.Sprintf("org-%d", org.ID), nil
}

func resourcePath(namespace, uid string) string {
	return resourceAPI + namespace + "/dashboards/" + url.PathEscape(uid)
}

func (c *Client) resource(ctx context.Context, namespace, uid string) (resource, error) {
	var r resource
	err := c.do(ctx, http.MethodGet, resourcePath(namespace, uid), nil, &r)
	return r, err
}

// annotateResource sets annotations of a board, and removes those that are nil.
// Its content and its version stay as they are.
func (c *Client) annotateResource(ctx context.Context, namespace, uid string, annotations map[string]any) error {
	patch := map[string]any{"metadata": map[string]any{"annotations": annotations}}
	return c.do(ctx, http.MethodPatch, resourcePath(namespace, uid), patch, nil)
}

// deleteResource deletes a board if it still is the one that was read, and
// fails with a conflict if not.
func (c *Client) deleteResource(ctx context.Context, namespace, uid, resourceVersion string) error {
	options := map[string]any{
		"kind": "DeleteOptions", "apiVersion": "v1",
		"preconditions": map[string]string{"resourceVersion": resourceVersion},
	}
	return c.do(ctx, http.MethodDelete, resourcePath(namespace, uid), options, nil)
}

// noResourceAPI reports whether an error says that the server has no resource
// API, and not that it has no such board.
func noResourceAPI(err error) bool {
	if !hasStatus(err, http.StatusNotFound) {
		return false
	}
	return !strings.Contains(err.Error(), "dashboards.dashboard.grafana.app")
}
