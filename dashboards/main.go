// Command dashboards builds Grafana dashboards from Go, checks that every panel
// has data, and publishes them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// Exit statuses of the command.
const (
	exitOK      = 0
	exitFinding = 1 // it ran, and what it looked at is not in order
	exitFailed  = 2 // it could not do its work
)

// errFinding ends the command with exitFinding; what was found has been printed.
var errFinding = errors.New("")

// run is the whole command without a process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cmd := rootCommand()
	cmd.SetArgs(args)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	return exitCode(cmd.ExecuteContext(ctx), cmd.Name(), stderr)
}

// exitCode prints what is left to say of an error, and turns it into a status.
func exitCode(err error, name string, stderr io.Writer) int {
	code := exitFailed
	var own *exitStatus
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFinding):
		return exitFinding
	case errors.As(err, &own):
		code = own.status
	case errors.Is(err, context.Canceled):
		err = errors.New("interrupted")
	}
	if err.Error() != "" {
		fmt.Fprintf(stderr, "%s: %v\n", name, err)
	}
	return code
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "dashboards",
		Short:         "Grafana dashboards in Go, proved against the service they watch",
		Long:          "Grafana dashboards in Go, proved against the service they watch.\n\nWithout a verb it publishes.",
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	publish := publishCommand(publishedBoards, os.Getenv)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		publish.SetContext(cmd.Context())
		return publish.RunE(publish, nil)
	}
	root.AddCommand(generateCommand(boards.In), importCommand(os.Getenv), checkCommand(), lintCommand(), diffCommand(publishedBoards, os.Getenv), publish,
		renderCommand(), showCommand(os.Getenv), previewCommand(os.Getenv))
	return root
}
