package manifest

import (
	"bytes"
	"encoding/json"
)

// resource is a dashboard of Grafana's own API, which Git Sync and grafanactl
// read. Its name is the uid; the server takes a uid inside of the spec out
// again, so there is none.
func resource(b Board, folder Folder) ([]byte, error) {
	var spec map[string]json.RawMessage
	if err := json.Unmarshal(b.JSON, &spec); err != nil {
		return nil, err
	}
	delete(spec, "uid")
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(struct {
		APIVersion string                     `json:"apiVersion"`
		Kind       string                     `json:"kind"`
		Metadata   metadata                   `json:"metadata"`
		Spec       map[string]json.RawMessage `json:"spec"`
	}{
		APIVersion: "dashboard.grafana.app/v1beta1",
		Kind:       "Dashboard",
		Metadata: metadata{
			Name:        b.UID,
			Annotations: withoutEmpty(map[string]string{"grafana.app/folder": folder.UID}),
		},
		Spec: spec,
	})
	return out.Bytes(), err
}
