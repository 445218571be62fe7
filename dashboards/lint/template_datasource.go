package lint

import (
	"fmt"
	"strings"
)

func templateDatasource() Rule {
	return Rule{
		ID:   "template-datasource",
		What: "There is precisely one variable for the data source: named datasource, labelled \"Data source\", for Prometheus or Loki.",
		Why:  "With it the dashboard works on every Grafana, whatever the data source is called there, and people find the picker where they know it from other dashboards.",
		How:  "Add a variable of type datasource. A dashboard over several sources needs an exception.",
		check: func(b *Board, report report) {
			var found []*variable
			for _, v := range b.variables {
				if v.kind == "datasource" {
					found = append(found, v)
				}
			}
			if len(found) != 1 {
				report(b.place(), fmt.Sprintf("it has %d variables for the data source, not one", len(found)))
				return
			}
			v := found[0]
			if v.name != "datasource" {
				report(v.place(), "it is named "+v.name+", not datasource")
			}
			if !strings.EqualFold(v.label, "data source") {
				report(v.place(), fmt.Sprintf("its label is %q, not \"Data source\"", v.label))
			}
			if v.query != "prometheus" && v.query != "loki" {
				report(v.place(), fmt.Sprintf("it picks data sources of type %q, not prometheus or loki", v.query))
			}
		},
	}
}
