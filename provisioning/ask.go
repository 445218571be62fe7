package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/api"
	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
)

// asker asks Prometheus as everybody else does, over HTTP: what is reported is
// what a dashboard would see.
type asker struct {
	api       v1.API
	transport *http.Transport
}

func newAsker(url string) (*asker, error) {
	transport := &http.Transport{}
	client, err := api.NewClient(api.Config{Address: url, RoundTripper: transport})
	if err != nil {
		return nil, fmt.Errorf("ask Prometheus: %w", err)
	}
	return &asker{api: v1.NewAPI(client), transport: transport}, nil
}

func (a *asker) close() { a.transport.CloseIdleConnections() }

// errNothing is the answer to a query that has no result.
var errNothing = errors.New("no result")

// number evaluates a query that has one result or none, which is errNothing.
func (a *asker) number(ctx context.Context, query string) (float64, error) {
	value, _, _, err := a.api.Query(ctx, query, time.Time{})
	if err != nil {
		return 0, fmt.Errorf("ask Prometheus for %s: %w", query, err)
	}
	vector, ok := value.(model.Vector)
	if !ok || len(vector) != 1 {
		return 0, fmt.Errorf("ask Prometheus for %s: %w", query, errNothing)
	}
	return float64(vector[0].Value), nil
}

// until asks again and again until the query has a result.
func (a *asker) until(ctx context.Context, patience time.Duration, query string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("not within %s", patience))
	defer cancel()
	again := time.NewTicker(scrapeInterval / 20)
	defer again.Stop()
	for {
		_, err := a.number(ctx, query)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("ask Prometheus for %s: %w", query, context.Cause(ctx))
		case !errors.Is(err, errNothing):
			return err
		}
		select {
		case <-ctx.Done():
		case <-again.C:
		}
	}
}
