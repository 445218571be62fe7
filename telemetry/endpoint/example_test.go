package endpoint_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/endpoint"
)

// The metrics on a port of their own, for those who know a token. In Prometheus
// the job has authorization: {credentials_file: ...}.
func Example() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	tel, err := telemetry.New(ctx, telemetry.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tel.Shutdown(context.Background())

	metrics, err := endpoint.New(tel, endpoint.Config{
		Addr:   "127.0.0.1:0",
		Guard:  &telemetry.Guard{BearerToken: "from METRICS_TOKEN"},
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ended := make(chan error)
	go func() { ended <- metrics.Run(ctx) }()

	fmt.Println("without the token:", status(metrics.Addr(), ""))
	fmt.Println("with it:", status(metrics.Addr(), "Bearer from METRICS_TOKEN"))
	stop()
	fmt.Println("ended:", <-ended)
	// Output:
	// without the token: 401 Unauthorized
	// with it: 200 OK
	// ended: <nil>
}

func status(addr, authorization string) string {
	req, err := http.NewRequest(http.MethodGet, "http://"+addr+"/metrics", nil)
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Authorization", authorization)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.Status
}
