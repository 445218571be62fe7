package modern

import (
	"github.com/grafana/grafana-foundation-sdk/go/common"
)

// prometheusType is the plugin id of Grafana's Prometheus data source.
const prometheusType = "prometheus"

// variableSource refers to the data source that the user has picked. grabana
// writes a bare name, which Grafana has not stored since 8.4.
func variableSource() *common.DataSourceRef {
	return source(prometheusType, "${"+DataSourceVariable+"}")
}

func source(kind, uid string) *common.DataSourceRef {
	return &common.DataSourceRef{Type: &kind, Uid: &uid}
}
