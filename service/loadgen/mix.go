package loadgen

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/ginsight/ginsight/service/fate"
	"github.com/ginsight/ginsight/service/shop"
)

// UnknownMethod is a method that no standard knows. The traffic has a few
// requests with it, as the internet has.
const UnknownMethod = "BREW"

// request is one request of the traffic, before it is sent.
type request struct {
	method string
	path   string
	body   []byte
	// route is the service's route that it reaches; empty if there is none.
	route fate.Route
}

// kind is a kind of request with its share of the traffic.
type kind struct {
	// weight is the share, in thousandths.
	weight  int
	request func(*rand.Rand) request
}

// mix is the traffic: mostly what customers do, and some of what a service on the
// internet has to put up with. The weights add up to 1000.
var mix = []kind{
	{300, func(r *rand.Rand) request { return get(fate.ListOrders, "/api/orders?limit=%d", 1+r.IntN(50)) }},
	{240, func(r *rand.Rand) request { return get(fate.ReadOrder, "/api/orders/%d", sample(r)) }},
	{150, func(r *rand.Rand) request { return post(fate.CreateOrder, order(r)) }},
	{100, func(r *rand.Rand) request { return post(fate.CreatePayment, payment(r)) }},
	{70, func(r *rand.Rand) request {
		return get(fate.ReadReport, "/api/reports/%s", pick(r, "items", "channels"))
	}},
	{50, func(*rand.Rand) request { return get(fate.Health, "/health") }},
	{20, func(r *rand.Rand) request { return get(fate.Events, "/api/events?limit=%d", 1+r.IntN(10)) }},

	{20, func(*rand.Rand) request { return get(fate.ReadOrder, "/api/orders/0") }},                        // 404 on a route
	{10, func(*rand.Rand) request { return post(fate.CreateOrder, shop.NewOrder{Item: "tea"}) }},          // 422
	{10, func(*rand.Rand) request { return post(fate.CreateOrder, "an espresso, please") }},               // 400
	{20, func(r *rand.Rand) request { return get("", "/wp-content/%d.php", r.IntN(1e6)) }},                // 404 without a route
	{5, func(*rand.Rand) request { return request{method: http.MethodDelete, path: "/api/orders"} }},      // 405
	{5, func(*rand.Rand) request { return request{method: UnknownMethod, path: "/api/orders/espresso"} }}, // 405
}

// nth returns request number seq of the traffic that a seed stands for.
func nth(seed, seq uint64) request {
	rng := fate.Stream(seed, "traffic", seq)
	i, n := 0, rng.IntN(1000)
	for ; n >= mix[i].weight; i++ {
		n -= mix[i].weight
	}
	return mix[i].request(rng)
}

func get(route fate.Route, path string, args ...any) request {
	return request{method: http.MethodGet, path: fmt.Sprintf(path, args...), route: route}
}

func post(route fate.Route, body any) request {
	text, _ := json.Marshal(body) // a string or a plain struct, which cannot fail
	return request{method: http.MethodPost, path: route.Template(), body: text, route: route}
}

func order(r *rand.Rand) shop.NewOrder {
	return shop.NewOrder{
		Item:     pick(r, shop.Items()...),
		Quantity: 1 + r.IntN(4),
		Channel:  pick(r, shop.Channels()...),
	}
}

func payment(r *rand.Rand) shop.NewPayment {
	return shop.NewPayment{OrderID: sample(r), Method: pick(r, "card", "cash")}
}

// sample is the id of an order that is always there.
func sample(r *rand.Rand) int64 { return 1 + r.Int64N(shop.Samples) }

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// targets hands the traffic to vegeta, whose workers call it concurrently.
//
// Vegeta's own sequence numbers are given out apart from the targets, so that a
// result's number need not be its target's. Ours travels in the URL's fragment:
// it comes back with the result, and a fragment is never sent.
func targets(cfg Config) vegeta.Targeter {
	var count atomic.Uint64
	return func(target *vegeta.Target) error {
		seq := count.Add(1) - 1
		number := strconv.FormatUint(seq, 10)
		req := nth(cfg.Seed, seq)
		target.Method = req.method
		target.URL = cfg.BaseURL + req.path + "#" + number
		target.Body = req.body
		target.Header = http.Header{fate.Header: {number}}
		if req.body != nil {
			target.Header.Set("Content-Type", "application/json")
		}
		return nil
	}
}

// sequence is the number that targets put into a result's URL.
func sequence(result *vegeta.Result) uint64 {
	_, number, _ := strings.Cut(result.URL, "#")
	seq, _ := strconv.ParseUint(number, 10, 64) // formatted by targets
	return seq
}
