package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// healthTimeout is shorter than the timeouts that container engines give a probe.
const healthTimeout = 3 * time.Second

// checkHealth returns nil if the service at url says that it is up. It is the
// health check of an image that has nothing but the service in it.
func checkHealth(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	// A transport of its own: no proxy from the environment, nothing kept open.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		return err // names the URL and the reason
	}
	defer res.Body.Close()
	var health struct{ Status string }
	err = json.NewDecoder(io.LimitReader(res.Body, 1<<10)).Decode(&health)
	if res.StatusCode != http.StatusOK || err != nil || health.Status != "up" {
		return fmt.Errorf("%s does not say that it is up: HTTP status %s", url, res.Status)
	}
	return nil
}
