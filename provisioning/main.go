// Command provisioning runs the whole product in one process: the reference
// service, a real Prometheus that scrapes it, and traffic. It needs Go and
// nothing else. `provisioning config` writes the files that compose reads.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/gin-gonic/gin"
)

// memoryLimit keeps the stack polite on a small machine, in bytes. It is a soft
// limit, and the runtime reports it as a metric only when there is one.
const memoryLimit = 2 << 30

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Once stopping has begun, a second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	if os.Getenv(gin.EnvGinMode) == "" {
		gin.SetMode(gin.ReleaseMode)
	}
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// Exit statuses of the command.
const (
	exitOK     = 0
	exitFailed = 1 // it ran, and a part died or a panel has no data
	exitUnable = 2 // it was called wrongly or could not start
)

// failed marks an error of something that ran, as opposed to one that kept it
// from running.
type failed struct{ error }

// Unwrap lets errors.Is and errors.As see the error inside.
func (f failed) Unwrap() error { return f.error }

// run is the whole command without a process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cmd := rootCommand()
	cmd.SetArgs(args)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	err := cmd.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	// Joined errors come in lines of their own; a user gets one.
	fmt.Fprintln(stderr, "provisioning:", strings.ReplaceAll(err.Error(), "\n", "; "))
	if errors.As(err, new(failed)) {
		return exitFailed
	}
	return exitUnable
}
