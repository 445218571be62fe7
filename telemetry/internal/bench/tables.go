package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// Benchmarks that others are compared with.
const (
	bare         = "gin"
	ours         = "ginsight"
	theYardstick = "client_golang by hand"
	client       = "client golang" // as the testing package writes it
)

// Where the tables are in the file.
const (
	begin = "<!-- bench:begin -->\n"
	end   = "<!-- bench:end -->\n"
)

func replaceTables(file, tables string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	before, rest, found := bytes.Cut(text, []byte(begin))
	_, after, foundEnd := bytes.Cut(rest, []byte(end))
	if !found || !foundEnd {
		return fmt.Errorf("bench: %s has no place for the tables: add the lines %s and %s", file,
			strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return os.WriteFile(file, []byte(string(before)+begin+tables+end+string(after)), 0o644)
}

func (r *results) tables(rounds int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Measured on %s, %s/%s, %s, %d processors (%s): the fastest of %d rounds. Trust the ratios.\n\n",
		time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.Version(), runtime.NumCPU(), r.cpu, rounds)
	out.WriteString(r.requests())
	out.WriteString("\n")
	out.WriteString(r.scrapes())
	return out.String()
}

// requests is the overhead of each middleware over bare Gin.
func (r *results) requests() string {
	var out strings.Builder
	out.WriteString("| per request, over bare Gin | overhead, ns | ratio | all processors, ratio | allocations |\n|---|--:|--:|--:|--:|\n")
	overhead := func(suite, name string) float64 { return r.best[suite+name].ns - r.best[suite+bare].ns }
	for _, name := range r.under("Request/") {
		if name == bare {
			continue
		}
		one, all := overhead("Request/", name), overhead("Parallel/", name)
		fmt.Fprintf(&out, "| %s | %.0f | %.2g | %.2g | %.0f |\n", display(name), one,
			one/overhead("Request/", spaced(theYardstick)), all/overhead("Parallel/", spaced(theYardstick)), r.best["Request/"+name].allocs)
	}
	return out.String()
}

// scrapes compares with the text of client_golang.
func (r *results) scrapes() string {
	var out strings.Builder
	out.WriteString("| scrape of 10,000 histograms | ms | ratio to client_golang's text | allocations |\n|---|--:|--:|--:|\n")
	yardstick := r.best["Scrape/text/"+client].ns
	for _, name := range r.under("Scrape/") {
		one := r.best["Scrape/"+name]
		form, by, _ := strings.Cut(name, "/")
		fmt.Fprintf(&out, "| %s, %s | %.0f | %.2g | %.0f |\n", form, display(by), one.ns/1e6, one.ns/yardstick, one.allocs)
	}
	return out.String()
}

// spaced is a name as results have it.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }

// display is a name for readers.
func display(name string) string {
	switch name {
	case ours:
		return "**ginsight**"
	case "exporter":
		return "OpenTelemetry's exporter"
	}
	return strings.ReplaceAll(name, "client golang", "client_golang")
}
