// Command bench runs the benchmarks of package telemetry and of its peers and
// writes the tables in telemetry/README.md:
//
//	go run . -rounds 10 ../../README.md
//
// A machine is never quite idle, and what else it does only ever adds time. So
// everything is measured in many short rounds, one thing after the other in each,
// and the fastest round counts.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, args []string, progress io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	rounds := flags.Int("rounds", 10, "how often everything is measured")
	_ = flags.Parse(args)
	if flags.NArg() != 1 || *rounds < 1 {
		return fmt.Errorf("bench: say which file has the tables: go run . -rounds 10 ../../README.md")
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // what is left is in the system's temporary directory
	var results results
	for _, s := range suites {
		binary := filepath.Join(dir, s.name+".test")
		if err := build(ctx, s.dir, binary); err != nil {
			return err
		}
		for round := range *rounds {
			fmt.Fprintf(progress, "%s: round %d of %d\n", s.name, round+1, *rounds)
			if err := s.measure(ctx, binary, &results); err != nil {
				return err
			}
		}
	}
	return replaceTables(flags.Arg(0), results.tables(*rounds))
}

// suite is a test binary and what of it is run in a round.
type suite struct {
	name, dir string
	arguments [][]string
}

var suites = []suite{
	{"requests", ".", [][]string{
		{"-test.bench=Request", "-test.benchtime=10ms", "-test.count=10", "-test.cpu=1"},
		{"-test.bench=Parallel", "-test.benchtime=10ms", "-test.count=10"},
	}},
	{"scrapes", "../..", [][]string{
		{"-test.bench=Scrape", "-test.benchtime=3x"},
	}},
}

func build(ctx context.Context, dir, binary string) error {
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-o", binary, ".")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("bench: build the benchmarks in %s: %w", dir, err)
	}
	return nil
}

func (s suite) measure(ctx context.Context, binary string, into *results) error {
	for _, arguments := range s.arguments {
		cmd := exec.CommandContext(ctx, binary, append(arguments, "-test.run=^$")...)
		cmd.Dir, cmd.Stderr = s.dir, os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("bench: run the benchmarks in %s: %w", s.dir, err)
		}
		if err := into.read(out); err != nil {
			return err
		}
	}
	return nil
}
