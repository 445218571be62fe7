package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/service/fate"
	"github.com/ginsight/ginsight/service/shop"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

const goodOrder = `{"item":"flat white","quantity":2,"channel":"app"}`

func TestHealthSaysUp(t *testing.T) {
	r := run(t, Config{}, nil)
	res, body := r.do("GET", "/health", "")
	if res.StatusCode != http.StatusOK || body != `{"status":"up"}` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if got := res.Header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("the content type is %q", got)
	}
}

// Every answer but a success is JSON with one sentence.
func TestProblems(t *testing.T) {
	t.Parallel()
	r := run(t, Config{}, nil)
	for _, test := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/nowhere", "", 404, "there is nothing here"},
		{"GET", "/api/orders/", "", 404, "there is nothing here"},
		{"DELETE", "/api/orders", "", 405, "this method is not allowed here"},
		{"BREW", "/api/orders", "", 405, "this method is not allowed here"},
		{"GET", "/api/orders?limit=0", "", 400, "limit must be a number from 1 to 100"},
		{"GET", "/api/orders?limit=101", "", 400, "limit must be a number from 1 to 100"},
		{"GET", "/api/orders?limit=all", "", 400, "limit must be a number from 1 to 100"},
		{"GET", "/api/events?limit=51", "", 400, "limit must be a number from 1 to 50"},
		{"GET", "/api/orders/51", "", 404, "there is no such order"},
		{"GET", "/api/orders/0", "", 404, "there is no such order"},
		{"GET", "/api/orders/espresso", "", 404, "there is no such order"},
		{"GET", "/api/reports/staff", "", 404, "there is no such report"},
		{"POST", "/api/orders", "", 400, "the body is not the JSON expected here: EOF"},
		{"POST", "/api/orders", "{}{}", 400, "the body is not the JSON expected here: there is more than one value"},
		{"POST", "/api/orders", `{"tip":1}`, 400, `the body is not the JSON expected here: json: unknown field "tip"`},
		{"POST", "/api/orders", `{"item":"tea"}`, 422, "item must be one of espresso, cappuccino, flat white, filter, croissant"},
		{"POST", "/api/orders", strings.Repeat(" ", maxBody+1), 413, "the body is limited to 16384 bytes"},
		{"POST", "/api/payments", "[]", 400, "the body is not the JSON expected here: json: cannot unmarshal array into Go value of type shop.NewPayment"},
		{"POST", "/api/payments", `{"order_id":99,"method":"card"}`, 422, "there is no order 99"},
	} {
		res, body := r.do(test.method, test.path, test.body)
		var got struct{ Error string }
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Errorf("%s %s: %q: %v", test.method, test.path, body, err)
		}
		if res.StatusCode != test.status || got.Error != test.want {
			t.Errorf("%s %s %.20s: %d %q, want %d %q", test.method, test.path, test.body, res.StatusCode, got.Error, test.status, test.want)
		}
	}
}

func TestMethodNotAllowedSaysWhatIs(t *testing.T) {
	r := run(t, Config{}, nil)
	res, _ := r.do("DELETE", "/api/payments", "")
	if got := res.Header.Get("Allow"); got != "POST" {
		t.Errorf("Allow: %q, want POST", got)
	}
}

func TestAnOrderIsPlacedReadAndListed(t *testing.T) {
	r := run(t, Config{}, nil)
	res, body := r.do("POST", "/api/orders", goodOrder)
	location := res.Header.Get("Location")
	if res.StatusCode != http.StatusCreated || location != fmt.Sprintf("/api/orders/%d", shop.Samples+1) {
		t.Fatalf("create: %d, Location %q: %s", res.StatusCode, location, body)
	}
	var created shop.Order
	if err := json.Unmarshal([]byte(body), &created); err != nil {
		t.Fatal(err)
	}
	want := shop.Order{ID: shop.Samples + 1, NewOrder: shop.NewOrder{Item: "flat white", Quantity: 2, Channel: "app"}, TotalCents: 840, PlacedAt: created.PlacedAt}
	if diff := cmp.Diff(want, created); diff != "" {
		t.Errorf("the order (-want +got):\n%s", diff)
	}
	if res, read := r.do("GET", location, ""); res.StatusCode != http.StatusOK || read != body {
		t.Errorf("read: %d %s, want %s", res.StatusCode, read, body)
	}
	if res, list := r.do("GET", "/api/orders?limit=1", ""); res.StatusCode != http.StatusOK || list != `{"orders":[`+body+`]}` {
		t.Errorf("list: %d %s", res.StatusCode, list)
	}
	if _, list := r.do("GET", "/api/orders", ""); strings.Count(list, `"id"`) != 20 {
		t.Errorf("the list without a limit is not of 20 orders: %s", list)
	}
}

func TestReports(t *testing.T) {
	t.Parallel()
	r := run(t, Config{Seed: 1}, nil)
	for _, name := range []string{"items", "channels"} {
		res, body := r.do("GET", "/api/reports/"+name, "")
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(body, `{"rows":[{"name":`) {
			t.Errorf("%s: %d %s", name, res.StatusCode, body)
		}
	}
}

// A payment's outcome is known before it is sent.
func TestPaymentsFailAsFateHasIt(t *testing.T) {
	t.Parallel()
	const seed = 7
	r := run(t, Config{Seed: seed}, nil)
	outcomes := map[int]int{}
	for seq := range uint64(200) {
		f := fate.Of(seed, fate.CreatePayment, seq)
		// Of those that are served, a few are enough.
		if outcomes[f.Status]++; f.Status == 0 && seq > 5 {
			continue
		}
		want := f.Status
		if want == 0 {
			want = http.StatusCreated
		}
		res, body := r.do("POST", "/api/payments", `{"order_id":1,"method":"card"}`, fate.Header, strconv.FormatUint(seq, 10))
		if res.StatusCode != want {
			t.Errorf("payment %d: %d, want %d", seq, res.StatusCode, want)
		}
		if want == http.StatusCreated && body != `{"order_id":1,"method":"card","amount_cents":250}` {
			t.Errorf("payment %d: %s", seq, body)
		}
		if got := res.Header.Get("Retry-After") != ""; got != (want == http.StatusServiceUnavailable) {
			t.Errorf("payment %d with status %d says Retry-After: %t", seq, want, got)
		}
	}
	if outcomes[http.StatusBadGateway] == 0 || outcomes[http.StatusServiceUnavailable] == 0 {
		t.Errorf("the payments do not cover every failure: %v", outcomes)
	}
}

func TestUnnumberedRequestsGetFatesInTurn(t *testing.T) {
	const seed = 7 // its payment 1 fails
	r := run(t, Config{Seed: seed}, nil)
	for seq := range uint64(3) {
		res, _ := r.do("POST", "/api/payments", `{"order_id":1,"method":"card"}`, fate.Header, "no number")
		if got, want := res.StatusCode >= 500, fate.Of(seed, fate.CreatePayment, seq).Status != 0; got != want {
			t.Errorf("payment %d failed: %t, want %t", seq, got, want)
		}
	}
}

const oneEvent = "event:orders\ndata:{\"placed\":0}\n\n"

func TestEventsAreAsManyAsAskedFor(t *testing.T) {
	r := run(t, Config{}, nil)
	res, body := r.do("GET", "/api/events?limit=3", "")
	if got := res.Header.Get("Content-Type"); got != "text/event-stream;charset=utf-8" {
		t.Errorf("the content type is %q", got)
	}
	if want := strings.Repeat(oneEvent, 3); body != want {
		t.Errorf("the stream is %q, want %q", body, want)
	}
}

// When the client has gone, nothing goes on in its name. The requests would take
// their time otherwise, and end with another status.
func TestAClientThatGoesAwayEndsItsRequest(t *testing.T) {
	for route, body := range map[fate.Route]string{
		fate.ReadReport:    "",
		fate.CreatePayment: `{"order_id":1,"method":"card"}`,
	} {
		ctx, leave := context.WithCancel(t.Context())
		r := run(t, Config{Seed: 7}, func(a *App, _ *gin.Engine) {
			a.server.ConnState = func(_ net.Conn, state http.ConnState) {
				if state == http.StateActive {
					leave() // the request has arrived
				}
			}
		})
		url := "http://" + r.Addr() + strings.Replace(route.Template(), ":name", "items", 1)
		req, err := http.NewRequestWithContext(ctx, route.Method(), url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(fate.Header, fmt.Sprint(slowest(7, route)))
		if _, err := r.client.Do(req); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: the client got an answer or %v", route, err)
		}
		if got := r.finished(route); got != strconv.Itoa(statusClientGone) {
			t.Errorf("%s ended with status %s, want %d", route, got, statusClientGone)
		}
	}
}

// finished waits until one request of a route is measured and returns its status.
func (r *running) finished(route fate.Route) string {
	count := regexp.MustCompile(fmt.Sprintf(`(?m)^%s\{%s=%q,%s="(\d+)",%s=%q.*\} 1$`,
		catalog.RequestDuration.Count().Cumulative().Name, catalog.Method.Name(), route.Method(),
		catalog.StatusCode.Name(), catalog.Route.Name(), route.Template()))
	for {
		if match := count.FindStringSubmatch(r.metrics()); match != nil {
			return match[1]
		}
	}
}

func TestAClientThatGoesAwayEndsItsStream(t *testing.T) {
	r := run(t, Config{}, nil)
	res := r.open("GET", fmt.Sprintf("/api/events?limit=%d", maxEvents), "")
	if _, err := res.Body.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	r.finished(fate.Events)
	sum := regexp.MustCompile(catalog.ResponseBodySize.Sum().Cumulative().Name + `\{.*/api/events.*\} (\d+)`)
	match := sum.FindStringSubmatch(r.metrics())
	if match == nil {
		t.Fatal("the stream's size is not measured")
	}
	if n, _ := strconv.Atoi(match[1]); n >= maxEvents*len(oneEvent) {
		t.Errorf("the stream went on to its end: %d bytes", n)
	}
}

func TestAPanicIsAnswered(t *testing.T) {
	var log strings.Builder
	r := run(t, Config{Logger: slog.New(slog.NewTextHandler(&log, nil))}, func(_ *App, e *gin.Engine) {
		e.GET("/panic", func(*gin.Context) { panic("no beans") })
	})
	res, body := r.do("GET", "/panic", "")
	if res.StatusCode != http.StatusInternalServerError || body != `{"error":"something went wrong here"}` {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	metrics := r.metrics()
	for _, want := range []string{
		"\n" + catalog.Panics.PrometheusName() + `{error_type="string",http_route="/panic"} 1` + "\n",
		catalog.RequestDuration.Count().Cumulative().Name + `{error_type="string",http_request_method="GET",http_response_status_code="500",http_route="/panic",network_protocol_version="1.1",url_scheme="http"} 1` + "\n",
		catalog.ResponseBodySize.Sum().Cumulative().Name + `{error_type="string",http_request_method="GET",http_response_status_code="500",http_route="/panic",network_protocol_version="1.1",url_scheme="http"} ` + strconv.Itoa(len(body)) + "\n",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("/metrics lacks %q", want)
		}
	}
	r.freed()
	if !strings.Contains(log.String(), `cause="no beans"`) || !strings.Contains(log.String(), "routes_test.go") {
		t.Errorf("the log does not say what happened where:\n%s", log.String())
	}
}

func TestOrdersAreCountedByChannel(t *testing.T) {
	r := run(t, Config{}, nil)
	r.do("POST", "/api/orders", goodOrder)
	r.do("POST", "/api/orders", `{"item":"tea"}`)
	metrics := r.metrics()
	for channel, n := range map[string]int{"app": 1, "web": 0, "till": 0} {
		want := fmt.Sprintf("\n%s{%s=%q} %d\n", OrdersPlaced.PrometheusName(), Channel.Name(), channel, n)
		if !strings.Contains(metrics, want) {
			t.Errorf("/metrics lacks %q", want)
		}
	}
}

func TestOwnMetricIsValidBesideTheStandardOnes(t *testing.T) {
	if err := catalog.Validate(append(catalog.All(), OrdersPlaced)); err != nil {
		t.Error(err)
	}
}
