package panels_test

import (
	"encoding/json"
	"fmt"
	"log"

	"github.com/grafana/grafana-foundation-sdk/go/units"

	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Channel is where an order came from: web, app or phone.
const Channel = catalog.Label("shop.channel")

// Orders counts orders; in Prometheus it is shop_orders_total.
var Orders = catalog.Counter{Desc: catalog.Desc{
	Name: "shop.orders", Unit: "{order}", Help: "Orders placed.",
	Labels: []catalog.Label{Channel},
}}

// Basket is what orders are worth, in euro.
var Basket = catalog.Histogram{
	Desc:    catalog.Desc{Name: "shop.basket.value", Unit: "EUR", Help: "Value of orders placed.", Labels: []catalog.Label{Channel}},
	Buckets: []float64{10, 25, 50, 100, 250, 500},
}

var job = query.Variable{Name: "job", Title: "Job", Label: catalog.Job}

// Shop is the page of the people who sell.
func Shop() panels.Board {
	return panels.Board{
		UID:   "shop-sales",
		Title: "Sales",
		Help:  "What is ordered, where, and for how much.",
		Tags:  []string{"shop"},
		Variables: []panels.Variable{
			{Variable: job, From: Orders.Cumulative()},
		},
		Rows: []panels.Row{
			{Title: "Now", Panels: []panels.Panel{ordersPerMinute(), largeShare(), queue()}},
			{Title: "By channel", Panels: []panels.Panel{ordersByChannel(), basket()}},
		},
	}
}

func ordersPerMinute() panels.Panel {
	return panels.Number(panels.Spec{
		Title: "Orders per minute",
		Help:  "Orders of all channels. At night it is 0; during the day, 0 means that nobody can pay.",
		Unit:  "short",
		Width: 8,
		Queries: []panels.Query{{
			Expr: query.Rate(Orders, job.Selected()).Sum().Times(60), Legend: "orders",
		}},
	})
}

func largeShare() panels.Panel {
	small := query.AtMost(250, Basket, nil, job.Selected())
	all := query.Rate(Basket.Count(), job.Selected()).Sum()
	return panels.Number(panels.Spec{
		Title:      "Large orders",
		Help:       "Share of orders above 250 euro, which somebody has to look at.",
		Unit:       units.PercentUnit,
		Width:      8,
		Thresholds: []panels.Threshold{{From: .2, Color: "orange"}},
		Queries:    []panels.Query{{Expr: query.Ratio(all.Minus(small), all), Legend: "large"}},
	})
}

// queue asks another team's exporter, whose metrics are in no catalogue, and
// differs from the house style: a patch says how.
func queue() panels.Panel {
	return panels.Number(panels.Spec{
		Title: "Parcels waiting",
		Help:  "Parcels that are packed and not yet fetched; the van takes 200.",
		Unit:  "short",
		Width: 8,
		Queries: []panels.Query{{
			Expr: query.Raw(`sum by (depot) (warehouse_parcels{state="packed"})`), Legend: "{{depot}}",
		}},
	}).Patched(`{"options": {"colorMode": "background", "graphMode": "none"}}`)
}

func ordersByChannel() panels.Panel {
	return panels.Stacked(panels.Spec{
		Title: "Orders by channel",
		Help:  "Orders per second, stacked. One colour that vanishes is a channel that is down.",
		Unit:  "ops",
		Queries: []panels.Query{{
			Expr:   query.Rate(Orders, job.Selected()).Sum(Channel),
			Legend: query.Legend("%s", Channel),
		}},
	})
}

func basket() panels.Panel {
	return panels.Lines(panels.Spec{
		Title: "Value of an order",
		Help:  "Half of the orders of a channel are worth less than its line.",
		Unit:  "currencyEUR",
		Queries: []panels.Query{{
			Expr:   query.Quantile(.5, Basket, []catalog.Label{Channel}, job.Selected()),
			Legend: query.Legend("%s", Channel),
		}},
	})
}

// A service's own metrics, and a board of its own that asks for them. A label
// that the metric lacks, a bound that is no bucket or a rate of a gauge would
// not compile, or be an error of JSON.
func Example() {
	raw, err := Shop().JSON()
	if err != nil {
		log.Fatal(err)
	}
	var board struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	if err := json.Unmarshal(raw, &board); err != nil {
		log.Fatal(err)
	}
	for _, p := range board.Panels {
		for _, t := range p.Targets {
			fmt.Println(t.Expr)
		}
	}
	// Output:
	// sum(rate(shop_orders_total{job=~"$job"}[$__rate_interval])) * 60
	// ((sum(rate(shop_basket_value_EUR_count{job=~"$job"}[$__rate_interval])) - sum(rate(shop_basket_value_EUR_bucket{job=~"$job",le=~"250(\\.0)?"}[$__rate_interval]))) or (sum(rate(shop_basket_value_EUR_count{job=~"$job"}[$__rate_interval])) * 0)) / clamp_min(sum(rate(shop_basket_value_EUR_count{job=~"$job"}[$__rate_interval])), 0.000001)
	// sum by (depot) (warehouse_parcels{state="packed"})
	// sum by (shop_channel) (rate(shop_orders_total{job=~"$job"}[$__rate_interval]))
	// histogram_quantile(0.5, sum by (le, shop_channel) (rate(shop_basket_value_EUR_bucket{job=~"$job"}[$__rate_interval])))
}
