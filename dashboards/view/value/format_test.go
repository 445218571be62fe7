package value

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// Units that the tables of Grafana 12.4 beside this test do not have.
func TestUnits(t *testing.T) {
	for _, c := range []struct {
		unit string
		v    float64
		want string
	}{
		{"gbytes", 1536, "1.50 TiB"},
		{"decgbytes", 1500, "1.50 TB"},
		{"KiBs", 1536, "1.50 MiB/s"},
		{"MBs", 0.5, "500 kB/s"},
		{"Mbits", 2500, "2.50 Gb/s"},
		{"pps", 1500, "1.50 kp/s"},
		{"eps", 1500, "1.50K evt/s"},
		{"currencyGBP", -1500, "-£1.50K"},
		{"humidity", 40.25, "40.3 %H"},
		{"dthms", 90061, "25:01:01"},
		{"timeticks", 360000, "1 hour"},
		{"clockms", -1500, "-01s:500ms"},
		{"clocks", -0.5, "-500ms"},
		{"clocks", 1e15, "277777777777h:46m:40s:000ms"},
		{"currencySEK", 1500, "1.50K kr"},
		{"hex", 255, "FF"},
		{"bool:up/down", 0, "down"},
		{"bool:up", 1, "up"},
		{"si:μs", 1500, "1.50 ms"},
		{"si:", 1500, "1.50 k"},
		{"prefix:", 3, "3"},
		{"time:YYYY-MM-DD [at] H.mm", 1767225600000, "2026-01-01 at 0.00"},
		{"time:ddd D MMM YY hh:mm:ss.SSS A", 1767225600123, "Thu 1 Jan 26 12:00:00.123 AM"},
		{"time:X x [", 1767225600123, "1767225600 1767225600123 "},
		{"something:else", 3, "3 something:else"},
		{"dateTimeAsIso", 1767225600000, "2026-01-01 00:00:00"},
	} {
		if got := Format(c.unit, c.v, nil, nil).String(); got != c.want {
			t.Errorf("%v in %q is %q, want %q", c.v, c.unit, got, c.want)
		}
	}
}

func TestZone(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	if got := Format("dateTimeAsUS", 1767225600000, nil, zone).String(); got != "01/01/2026 2:00:00 am" {
		t.Error(got)
	}
}

// A billion is where the quotient of logarithms is not whole.
func TestExactPowers(t *testing.T) {
	for unit, want := range map[string]string{"decbytes": "1 GB", "short": "1 Bil", "ops": "1B ops/s"} {
		if got := Format(unit, 1e9, nil, nil).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Halves of what is exactly a half are rounded up, as JavaScript does.
func TestScientificHalves(t *testing.T) {
	for v, want := range map[float64]string{2.5: "3e+0", 0.5: "5e-1", 1.5: "2e+0", -2.5: "-3e+0", 2.4999999999999996: "2e+0"} {
		if got := scientific(v, 0); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

func TestTick(t *testing.T) {
	two := 2
	for _, c := range []struct {
		unit  string
		v     float64
		fixed *int
		step  int
		want  string
	}{
		{"", 0.5, nil, 2, "0.5"},
		{"", 0.5, nil, 0, "0.500"},
		{"", 0.25, nil, 2, "0.25"},
		{"s", 0.15, nil, 2, "150 ms"},
		{"short", 1500, nil, 0, "1.50 K"},
		{"short", 0.5, &two, 1, "0.50"},
		{"percentunit", 0.005, nil, 3, "0.5%"},
		{"currencyUSD", 0.5, nil, 2, "$0.50"},
		{"none", 100, nil, 1, "100"},
	} {
		if got := Tick(c.unit, c.v, c.fixed, c.step, nil); got != c.want {
			t.Errorf("%v in %q, step with %d decimals: %q, want %q", c.v, c.unit, c.step, got, c.want)
		}
	}
}

// Dashboards come from elsewhere: nothing in them may cost more than it shows.
func TestHostileFormat(t *testing.T) {
	many, negative := 1<<40, -5
	if got := Format("none", math.Pi, &many, nil).Text; len(got) > 2+maxDecimals {
		t.Errorf("%d characters", len(got))
	}
	if got := Format("none", math.Pi, &negative, nil).Text; got != "3" {
		t.Error(got)
	}
	if got := Format(strings.Repeat("\x80", 1000), 1, nil, nil).String(); len(got) > 2+maxUnit {
		t.Errorf("%d characters", len(got))
	}
	if got := Format(strings.Repeat("é", 1000), 1, nil, nil).String(); got != "1 "+strings.Repeat("é", maxUnit/2) {
		t.Errorf("%d characters", len(got))
	}
}

func FuzzFormat(f *testing.F) {
	for unit := range formats {
		f.Add(unit, 1234.5, 1)
	}
	for _, unit := range []string{"si:µ", "si:", "time:[", "time:YYYYY", "currency:", "count:x", "prefix:a", "bool:/", ":"} {
		f.Add(unit, -0.000123, -1)
	}
	f.Add("locale", math.MaxFloat64, 100)
	f.Add("hex", math.SmallestNonzeroFloat64, 100)
	f.Fuzz(func(t *testing.T, unit string, v float64, decimals int) {
		for _, d := range []*int{nil, &decimals} {
			got := Format(unit, v, d, nil)
			// The number of hours or the digits of the largest number, and decimals.
			if len(got.Text) > 600+20*maxUnit || len(got.Suffix)+len(got.Prefix) > maxUnit+20 {
				t.Errorf("%v in %q is %d characters", v, unit, len(got.String()))
			}
		}
		Tick(unit, v, nil, decimals, nil)
		if v == 0 && Format(unit, frame.Null, nil, nil).String() != "" {
			t.Error("null is not empty")
		}
	})
}
