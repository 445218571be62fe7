package app

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/ginsight/ginsight/service/shop"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Channel is the way by which an order came in, one of [shop.Channels].
const Channel catalog.Label = "shop.channel"

// OrdersPlaced counts the orders that were taken. It is the service's own metric
// and declared as the standard ones are, so that panels and checks can use it.
var OrdersPlaced = catalog.Counter{Desc: catalog.Desc{
	Name:   "shop.orders",
	Unit:   "{order}",
	Help:   "Orders placed.",
	Labels: []catalog.Label{Channel},
}}

// newOrdersCounter creates the instrument for [OrdersPlaced] with every series at
// 0: a series that appears with its first order hides that order from a rate.
func newOrdersCounter(ctx context.Context, provider metric.MeterProvider) (metric.Int64Counter, error) {
	meter := provider.Meter("github.com/ginsight/ginsight/service/app")
	counter, err := meter.Int64Counter(OrdersPlaced.Name,
		metric.WithUnit(OrdersPlaced.Unit), metric.WithDescription(OrdersPlaced.Help))
	if err != nil {
		return nil, fmt.Errorf("create the counter %s: %w", OrdersPlaced.Name, err)
	}
	for _, channel := range shop.Channels() {
		counter.Add(ctx, 0, byChannel(channel))
	}
	return counter, nil
}

func byChannel(channel string) metric.MeasurementOption {
	return metric.WithAttributes(attribute.String(string(Channel), channel))
}
