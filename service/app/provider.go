package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/ginsight/ginsight/service/fate"
	"github.com/ginsight/ginsight/service/shop"
	"github.com/ginsight/ginsight/telemetry"
)

// providerURL is where payments are charged. Nothing is sent there: [provider]
// plays its part in this process.
const providerURL = "https://payments.example/charges"

// provider is the payment provider, in the place of the network. It takes as
// long as the request's fate says, and fails if that says so; the round tripper
// around it measures that as it would measure a real one.
type provider struct{}

type providerFate struct{}

// RoundTrip implements [http.RoundTripper].
func (provider) RoundTrip(req *http.Request) (*http.Response, error) {
	f, _ := req.Context().Value(providerFate{}).(fate.Fate)
	if req.Body != nil {
		defer req.Body.Close()
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return nil, fmt.Errorf("read the charge: %w", err)
		}
	}
	work := time.NewTimer(f.Delay)
	defer work.Stop()
	select {
	case <-work.C:
	case <-req.Context().Done():
		return nil, context.Cause(req.Context())
	}
	status, answer := http.StatusCreated, `{"charged":true}`
	if f.Status != 0 {
		status, answer = f.Status, `{"charged":false}`
	}
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Request: req,
		Proto: "HTTP/2.0", ProtoMajor: 2, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(answer)), ContentLength: int64(len(answer)),
	}, nil
}

// charge asks the provider and returns the status of its answer.
func (a *App) charge(ctx context.Context, f fate.Fate, payment shop.Payment) (int, error) {
	body, err := json.Marshal(payment)
	if err != nil {
		return 0, fmt.Errorf("write the charge: %w", err)
	}
	ctx = telemetry.WithURLTemplate(context.WithValue(ctx, providerFate{}, f), "/charges")
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, providerURL, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("ask the payment provider: %w", err)
	}
	resp, err := a.provider.Do(req)
	if err != nil {
		return 0, fmt.Errorf("ask the payment provider: %w", err)
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}
