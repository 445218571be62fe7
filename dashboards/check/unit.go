package check

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Format writes a value with its unit for a person. It knows the units that
// are common in service dashboards; others are shown behind the number as they
// are called.
func Format(v float64, unit string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	switch unit {
	case "", "none":
		return digits(v)
	case "short":
		return scaled(v, 1000, []string{"", " K", " Mil", " Bil", " Tri"})
	case "percent":
		return digits(v) + "%"
	case "percentunit":
		return digits(v*100) + "%"
	case "s":
		return seconds(v)
	case "bytes":
		return scaled(v, 1024, binary)
	case "binBps":
		return scaled(v, 1024, binary) + "/s"
	case "reqps":
		return digits(v) + " req/s"
	case "ops":
		return scaled(v, 1000, []string{" ops/s", "K ops/s", "M ops/s"})
	}
	return digits(v) + " " + unit
}

var binary = []string{" B", " KiB", " MiB", " GiB", " TiB"}

// seconds picks a unit as Grafana does: from nanoseconds to days.
func seconds(v float64) string {
	switch a := math.Abs(v); {
	case a == 0:
		return "0 s"
	case a < 1e-6:
		return digits(v*1e9) + " ns"
	case a < 1e-3:
		return digits(v*1e6) + " µs"
	case a < 1:
		return digits(v*1e3) + " ms"
	case a < 60:
		return digits(v) + " s"
	}
	return time.Duration(v * float64(time.Second)).Round(time.Second).String()
}

func scaled(v, base float64, names []string) string {
	i := 0
	for math.Abs(v) >= base && i < len(names)-1 {
		v /= base
		i++
	}
	return digits(v) + names[i]
}

// digits keeps three significant digits, and all of a larger whole part.
func digits(v float64) string {
	if math.Abs(v) >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}
