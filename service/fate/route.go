package fate

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Route is a method and a route template, separated by a space.
type Route string

// The routes of the service that are measured. The metrics endpoint is not among
// them, as the instrumentation leaves it out.
const (
	Health        Route = "GET /health"
	ListOrders    Route = "GET /api/orders"
	ReadOrder     Route = "GET /api/orders/:id"
	CreateOrder   Route = "POST /api/orders"
	ReadReport    Route = "GET /api/reports/:name"
	CreatePayment Route = "POST /api/payments"
	Events        Route = "GET /api/events"
)

// Routes lists every route, in alphabetical order.
func Routes() []Route {
	routes := make([]Route, 0, len(profiles))
	for r := range profiles {
		routes = append(routes, r)
	}
	slices.Sort(routes)
	return routes
}

// Method is the route's HTTP method.
func (r Route) Method() string {
	method, _, _ := strings.Cut(string(r), " ")
	return method
}

// Template is the route's path with placeholders, as Gin spells it; empty for
// the zero Route.
func (r Route) Template() string {
	_, template, _ := strings.Cut(string(r), " ")
	return template
}

// Latency is the distribution that the route's delays are drawn from.
func (r Route) Latency() Latency { return profiles[r].latency }

// FailureRatio is the expected share of the route's requests that fail, 0 to 1.
func (r Route) FailureRatio() float64 {
	var sum float64
	for _, f := range profiles[r].failures {
		sum += f.ratio
	}
	return sum
}

type profile struct {
	latency  Latency
	failures []failure
}

type failure struct {
	status int
	ratio  float64
}

// status turns a number drawn evenly from 0 to 1 into a failure's status or 0.
func (p profile) status(u float64) int {
	for _, f := range p.failures {
		if u < f.ratio {
			return f.status
		}
		u -= f.ratio
	}
	return 0
}

// profiles spread over the buckets of the request duration histogram, so that a
// quantile that is wrong by one bucket shows.
var profiles = map[Route]profile{
	Health:      {},
	ListOrders:  {latency: Latency{8 * time.Millisecond, .5, 150 * time.Millisecond}},
	ReadOrder:   {latency: Latency{4 * time.Millisecond, .5, 100 * time.Millisecond}},
	CreateOrder: {latency: Latency{15 * time.Millisecond, .5, 250 * time.Millisecond}},
	ReadReport:  {latency: Latency{300 * time.Millisecond, .6, 1500 * time.Millisecond}},
	Events:      {latency: Latency{5 * time.Millisecond, .5, 100 * time.Millisecond}},
	CreatePayment: {
		latency: Latency{40 * time.Millisecond, .7, 800 * time.Millisecond},
		failures: []failure{
			{http.StatusBadGateway, .04},
			{http.StatusServiceUnavailable, .02},
		},
	},
}
