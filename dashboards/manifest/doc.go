// Package manifest writes dashboards as the files that the ways into a Grafana
// ask for: plain JSON for file provisioning, a Kubernetes ConfigMap for the
// dashboard sidecar, a GrafanaDashboard for grafana-operator, and Grafana's own
// dashboard resource. The same board gives the same bytes, every time.
package manifest
