package manifest

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Board is a dashboard as canonical JSON.
type Board struct {
	UID  string
	JSON []byte
}

// Folder is where a board goes in Grafana. File provisioning has folders of its
// own, in the provider's file.
type Folder struct{ UID, Title string }

// File is a file to be written.
type File struct {
	Name string // without a directory
	Body []byte
	// Note is what the user should know before applying it; mostly empty.
	Note string
}

// Format is a way into Grafana.
type Format struct {
	Name string
	// Suffix ends the names of the format's files.
	Suffix string
	write  func(Board, Folder) ([]byte, error)
	limit  int // bytes of the whole file; 0 is none
}

// Formats lists the formats, the default first.
func Formats() []Format {
	return []Format{
		{Name: "provisioning", Suffix: ".json", write: plain},
		{Name: "configmap", Suffix: ".configmap.yaml", write: configMap, limit: maxConfigMap},
		{Name: "operator", Suffix: ".grafanadashboard.yaml", write: operator, limit: maxObject},
		{Name: "resource", Suffix: ".dashboard.json", write: resource},
	}
}

// ByName finds a format.
func ByName(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("format %q: it is one of %v", name, names)
}

// Sizes in bytes that Kubernetes sets.
const (
	// maxConfigMap bounds the data of a ConfigMap.
	// https://kubernetes.io/docs/concepts/configuration/configmap/
	maxConfigMap = 1 << 20
	// maxObject is what etcd takes by default (--max-request-bytes).
	maxObject = 3 << 19
	// maxAnnotations bounds all annotations together, and kubectl apply keeps
	// the whole object in one of them unless it applies on the server's side.
	maxAnnotations = 256 << 10
)

// File writes a board in the format. It returns an error if the result is
// larger than its reader takes.
func (f Format) File(b Board, folder Folder) (File, error) {
	body, err := f.write(b, folder)
	if err != nil {
		return File{}, fmt.Errorf("board %s as %s: %w", b.UID, f.Name, err)
	}
	if f.limit > 0 && len(body) > f.limit {
		return File{}, fmt.Errorf("board %s as %s: %d bytes, and Kubernetes takes %d: split the board, or use --format provisioning or resource", b.UID, f.Name, len(body), f.limit)
	}
	out := File{Name: b.UID + f.Suffix, Body: body}
	if f.limit > 0 && len(body) > maxAnnotations {
		out.Note = "over 256 KiB: apply it with kubectl apply --server-side"
	}
	return out, nil
}

func plain(b Board, _ Folder) ([]byte, error) { return b.JSON, nil }

// header is on top of every YAML file.
const header = "# Written by `dashboards generate`. The board's Go file is where it changes.\n"

func toYAML(v any) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(header)
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return out.Bytes(), enc.Close()
}

// literal keeps the lines of a text, so that a change of a board is a change of
// a line in review.
func literal(text []byte) yaml.Node {
	return yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.LiteralStyle, Value: string(text)}
}
