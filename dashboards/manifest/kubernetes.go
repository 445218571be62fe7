package manifest

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

type metadata struct {
	Name        string            `yaml:"name" json:"name"`
	Labels      map[string]string `yaml:"labels,omitempty" json:"labels,omitempty"`
	Annotations map[string]string `yaml:"annotations,omitempty" json:"annotations,omitempty"`
}

// The sidecar of the Grafana and kube-prometheus-stack charts finds ConfigMaps
// by the label. The annotation that names the folder is configurable there: the
// first is what the charts' documentation uses, the second the sidecar's own
// default.
// https://github.com/kiwigrid/k8s-sidecar
const (
	sidecarLabel         = "grafana_dashboard"
	sidecarFolder        = "grafana_folder"
	sidecarFolderDefault = "k8s-sidecar-target-directory"
)

func configMap(b Board, folder Folder) ([]byte, error) {
	return toYAML(struct {
		APIVersion string               `yaml:"apiVersion"`
		Kind       string               `yaml:"kind"`
		Metadata   metadata             `yaml:"metadata"`
		Data       map[string]yaml.Node `yaml:"data"`
	}{
		APIVersion: "v1",
		Kind:       "ConfigMap",
		Metadata: metadata{
			Name:        dnsName(b.UID),
			Labels:      map[string]string{sidecarLabel: "1"},
			Annotations: withoutEmpty(map[string]string{sidecarFolder: folder.Title, sidecarFolderDefault: folder.Title}),
		},
		Data: map[string]yaml.Node{b.UID + ".json": literal(b.JSON)},
	})
}

// operator is for grafana-operator 5. The selector is the one of its own
// examples and of its Helm chart.
// https://grafana.github.io/grafana-operator/docs/dashboards/
func operator(b Board, folder Folder) ([]byte, error) {
	type selector struct {
		MatchLabels map[string]string `yaml:"matchLabels"`
	}
	type spec struct {
		InstanceSelector selector  `yaml:"instanceSelector"`
		Folder           string    `yaml:"folder,omitempty"`
		JSON             yaml.Node `yaml:"json"`
	}
	return toYAML(struct {
		APIVersion string   `yaml:"apiVersion"`
		Kind       string   `yaml:"kind"`
		Metadata   metadata `yaml:"metadata"`
		Spec       spec     `yaml:"spec"`
	}{
		APIVersion: "grafana.integreatly.org/v1beta1",
		Kind:       "GrafanaDashboard",
		Metadata:   metadata{Name: dnsName(b.UID)},
		Spec: spec{
			InstanceSelector: selector{map[string]string{"dashboards": "grafana"}},
			Folder:           folder.Title,
			JSON:             literal(b.JSON),
		},
	})
}

func withoutEmpty(m map[string]string) map[string]string {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}

// notDNS is what a DNS-1123 subdomain may not hold.
var notDNS = regexp.MustCompile(`[^a-z0-9.-]+`)

// dnsName makes a Kubernetes name (DNS-1123) of a uid, which may hold upper case
// and underscores. A name that had to change carries a hash, so that two uids
// never share one.
func dnsName(uid string) string {
	name := strings.Trim(notDNS.ReplaceAllString(strings.ToLower(uid), "-"), "-.")
	if name == uid {
		return name
	}
	h := fnv.New32a()
	h.Write([]byte(uid))
	return strings.TrimPrefix(fmt.Sprintf("%s-%08x", name, h.Sum32()), "-")
}
