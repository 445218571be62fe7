package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strconv"
	"time"

	"github.com/ginsight/ginsight/service/app"
)

const help = `service is a coffee bar's JSON API on Gin, measured with OpenTelemetry.

Usage:
  service [flags]                     serve until interrupted
  service healthcheck [--url URL]     exit with 0 if the service is up, else 1

Flags, and the environment variables that take their place:
  --addr HOST:PORT    ADDR       where to listen (default 127.0.0.1:8080; port 0
                                 picks a free one); PORT=n means :n
  --seed N            SEED       chooses latencies and failures (default 0)
  --grace DURATION    GRACE      how long requests may take to end after an
                                 interrupt (default 10s)
  --log-level LEVEL   LOG_LEVEL  debug, info, warn or error (default info); debug
                                 logs every request
  --url URL                      what healthcheck asks (default /health of the
                                 address above)

After an interrupt the service takes no more requests, ends those under way, and
shows nothing but its metrics until Prometheus, if it ever came, has scraped them
once more, for 18s at most.

OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES name the service in its metrics;
OTEL_METRICS_EXPORTER=prometheus,otlp pushes them as well, to where the variables
OTEL_EXPORTER_OTLP_* say; OTEL_SDK_DISABLED=true and the other OTEL_* variables do
what packages telemetry and telemetry/export say. GIN_MODE=debug makes Gin print
its routes.

Exit status: 0 after an interrupt or if the service is up, 1 if it could not serve
or is not up, 2 if the command line or the environment is wrong.

Routes:
  GET  /health                {"status":"up"}
  GET  /metrics               for Prometheus
  GET  /api/orders?limit=N    the latest orders
  GET  /api/orders/:id        one order
  POST /api/orders            {"item":"espresso","quantity":1,"channel":"web"}
  GET  /api/reports/:name     items or channels; slow
  POST /api/payments          {"order_id":1,"method":"card"}; sometimes fails
  GET  /api/events?limit=N    a stream of server-sent events

A request with the header X-Request-Seq: N has the same latency and outcome
whenever the seed is the same.
`

// options are what flags and environment say.
type options struct {
	addr        string
	seed        uint64
	grace       time.Duration
	level       slog.Level
	healthcheck bool
	url         string
}

// variable is an environment variable that stands for a flag, with a prefix.
type variable struct{ flag, name, prefix string }

// variables are in the order of their precedence.
var variables = []variable{
	{"addr", "ADDR", ""},
	{"addr", "PORT", ":"}, // on all interfaces, as platforms that set it expect
	{"seed", "SEED", ""},
	{"grace", "GRACE", ""},
	{"log-level", "LOG_LEVEL", ""},
}

// parse reads the command line; flags win over the environment. It returns
// [flag.ErrHelp] if help was asked for.
func parse(args []string, getenv func(string) string) (options, error) {
	var o options
	if len(args) > 0 && args[0] == "healthcheck" {
		o.healthcheck, args = true, args[1:]
	}
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the caller prints the error, in one line
	flags.StringVar(&o.addr, "addr", app.DefaultAddr, "")
	flags.Uint64Var(&o.seed, "seed", 0, "")
	flags.DurationVar(&o.grace, "grace", app.DefaultGrace, "")
	flags.TextVar(&o.level, "log-level", slog.LevelInfo, "")
	if o.healthcheck {
		flags.StringVar(&o.url, "url", "", "")
	}
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	if err := fromEnv(flags, getenv); err != nil {
		return options{}, err
	}
	return o.complete(flags.Args())
}

// fromEnv sets the flags that the command line did not.
func fromEnv(flags *flag.FlagSet, getenv func(string) string) error {
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	for _, v := range variables {
		value := getenv(v.name)
		if value == "" || set[v.flag] {
			continue
		}
		if err := flags.Set(v.flag, v.prefix+value); err != nil {
			return fmt.Errorf("%s=%q: %w", v.name, value, err)
		}
		set[v.flag] = true
	}
	return nil
}

// complete checks what the flag package does not.
func (o options) complete(rest []string) (options, error) {
	host, port, err := net.SplitHostPort(o.addr)
	if _, notNumber := strconv.ParseUint(port, 10, 16); err != nil || notNumber != nil {
		return o, fmt.Errorf("the address %q is not like 127.0.0.1:8080", o.addr)
	}
	if o.grace <= 0 {
		return o, errors.New("the grace period must be longer than 0s")
	}
	if len(rest) > 0 {
		return o, fmt.Errorf("unknown argument %q", rest[0])
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	o.url = cmp.Or(o.url, "http://"+net.JoinHostPort(host, port)+"/health")
	return o, nil
}
