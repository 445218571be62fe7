// Command service runs the reference service: a coffee bar's JSON API that is
// measured by package telemetry. Its help text says how it is configured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/gin-gonic/gin"

	"github.com/ginsight/ginsight/service/app"
	"github.com/ginsight/ginsight/telemetry"
	"github.com/ginsight/ginsight/telemetry/export"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Once stopping has begun, a second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	if os.Getenv(gin.EnvGinMode) == "" {
		gin.SetMode(gin.ReleaseMode)
	}
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// Exit statuses of the command.
const (
	exitOK     = 0
	exitFailed = 1 // it could not serve, or the service is not up
	exitUsage  = 2 // it was called wrongly
)

// run is the whole command without a process around it.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	opts, err := parse(args, getenv)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, help)
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "service: %v (see service --help)\n", err)
		return exitUsage
	case opts.healthcheck:
		err = checkHealth(ctx, opts.url)
	default:
		err = serve(ctx, opts, stderr)
	}
	var wrong wrongEnvironment
	switch {
	case errors.As(err, &wrong):
		fmt.Fprintln(stderr, "service:", err)
		return exitUsage
	case err != nil:
		fmt.Fprintln(stderr, "service:", err)
		return exitFailed
	}
	return exitOK
}

// wrongEnvironment is what no later start can mend.
type wrongEnvironment struct{ error }

func serve(ctx context.Context, opts options, stderr io.Writer) error {
	exporters, err := export.FromEnv(ctx)
	if err != nil {
		return wrongEnvironment{err}
	}
	a, err := app.New(ctx, app.Config{
		Addr:      opts.addr,
		Seed:      opts.seed,
		Grace:     opts.grace,
		Logger:    slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: opts.level})),
		Telemetry: telemetry.Config{Exporters: exporters},
	})
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w: choose another address with --addr or ADDR", err)
	}
	if err != nil {
		return err
	}
	return a.Run(ctx)
}
