package main

import (
	"bufio"
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// result is the best that was seen of a benchmark.
type result struct {
	ns, allocs float64
}

// results are those of all benchmarks by their names, such as Request/gin.
type results struct {
	best  map[string]result
	order []string
	cpu   string
}

// line is what the testing package writes of a benchmark. It replaces spaces in
// names by underscores and adds the number of processors unless it is 1.
var line = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$`)

// read takes the output of a test binary.
func (r *results) read(out []byte) error {
	if r.best == nil {
		r.best = map[string]result{}
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if cpu, ok := strings.CutPrefix(lines.Text(), "cpu: "); ok {
			r.cpu = cpu
		}
		m := line.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		one, err := parse(m[2])
		if err != nil {
			return fmt.Errorf("bench: %q: %w", lines.Text(), err)
		}
		r.add(strings.ReplaceAll(m[1], "_", " "), one)
	}
	return nil
}

// parse takes pairs of a figure and its unit.
func parse(figures string) (one result, err error) {
	words := strings.Fields(figures)
	for i := 0; i+1 < len(words); i += 2 {
		n, err := strconv.ParseFloat(words[i], 64)
		if err != nil {
			return one, err
		}
		switch words[i+1] {
		case "ns/op":
			one.ns = n
		case "allocs/op":
			one.allocs = n
		}
	}
	return one, nil
}

func (r *results) add(name string, one result) {
	best, seen := r.best[name]
	if !seen {
		r.order = append(r.order, name)
		best = one
	}
	r.best[name] = result{min(best.ns, one.ns), min(best.allocs, one.allocs)}
}

// under returns the names below a prefix, in the order of the benchmark.
func (r *results) under(prefix string) (names []string) {
	for _, name := range r.order {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			names = append(names, rest)
		}
	}
	return names
}
