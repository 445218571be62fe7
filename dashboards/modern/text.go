package modern

import (
	"cmp"

	"github.com/K-Phoen/sdk"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	textpanel "github.com/grafana/grafana-foundation-sdk/go/text"
)

// text moves the content from the panel itself, where grabana puts it, into its
// options. It asks no data source anything.
func text(old *sdk.Panel, _ Extra, p *dashboard.Panel) {
	t := old.TextPanel
	p.Datasource = nil
	p.Options = textpanel.Options{
		Mode:    textpanel.TextMode(cmp.Or(t.Options.Mode, t.Mode)),
		Content: cmp.Or(t.Options.Content, t.Content),
	}
}
