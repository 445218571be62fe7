package main

import (
	"context"
	"errors"
	"io"
)

// prove evaluates every panel of every dashboard against the Prometheus at that
// URL, prints what it found to out, and returns an error if a panel has no data
// or a query fails.
func prove(_ context.Context, _ string, _ io.Writer) error {
	return errors.New("the dashboards are not built yet")
}
