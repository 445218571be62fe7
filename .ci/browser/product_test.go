package browser

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// checkout is where the product's code is.
const checkout = "../.."

// build compiles a command of the product.
func build(t *testing.T, command string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), command)
	compile := exec.Command("go", "build", "-o", binary, "./"+command)
	compile.Dir = checkout
	if out, err := compile.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", command, err, out)
	}
	return binary
}

// product is a running `go run ./provisioning`: service, Prometheus, traffic and
// preview.
type product struct{ preview, prometheus string }

// startProduct starts it on free ports.
func startProduct(t *testing.T) product {
	t.Helper()
	lines := start(t, "", build(t, "provisioning"),
		"--service-addr", "127.0.0.1:0", "--prometheus-addr", "127.0.0.1:0", "--preview-addr", "127.0.0.1:0")
	found := addresses(t, lines, "prometheus", "dashboards")
	return product{prometheus: found["prometheus"], preview: found["dashboards"]}
}

// start starts a command in a folder, ends it with the test, and returns what it
// prints. Its times are in UTC, as those of the test.
func start(t *testing.T, folder, binary string, args ...string) io.Reader {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "TZ=UTC")
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait() // it was interrupted
	})
	return stdout
}

var printed = regexp.MustCompile(`^\s*(\w+)\s+(http://[^\s/]+)`)

// addresses finds the addresses of parts in what a command prints. What it
// prints later is of no interest.
func addresses(t *testing.T, stdout io.Reader, parts ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	lines := bufio.NewScanner(stdout)
	for len(found) < len(parts) && lines.Scan() {
		if m := printed.FindStringSubmatch(lines.Text()); m != nil {
			for _, part := range parts {
				if strings.EqualFold(part, m[1]) {
					found[part] = m[2]
				}
			}
		}
	}
	if len(found) < len(parts) {
		t.Fatalf("%v are not all of the addresses of %v", found, parts)
	}
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
	return found
}
