package modern

import (
	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	tablepanel "github.com/grafana/grafana-foundation-sdk/go/table"
)

// table replaces the Angular table, which grabana writes, by today's. Column
// styles have become field overrides, which come with extra.
func table(_ *sdk.Panel, extra Extra, p *dashboard.Panel) {
	options := tablepanel.Options{ShowHeader: true, CellHeight: pointer(common.TableCellHeightSm)}
	if extra.SortBy != "" {
		options.SortBy = []common.TableSortByFieldState{{DisplayName: extra.SortBy, Desc: pointer(true)}}
	}
	p.Options = options
	p.FieldConfig = fields(sdk.FieldConfig{}, extra)
	p.FieldConfig.Defaults.Color.Mode = dashboard.FieldColorModeIdThresholds
	p.FieldConfig.Defaults.Custom = common.TableFieldOptions{Align: common.FieldTextAlignmentAuto}
}
