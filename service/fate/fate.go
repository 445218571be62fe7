// Package fate decides what becomes of a request to the reference service: how
// long the service works on it and whether it fails.
//
// A fate depends on nothing but the seed, the route and the request's sequence
// number, so whoever knows the three knows the truth about a request before
// sending it. That is what measurements can be compared with: a load generator
// numbers its requests with [Header] and adds up what a dashboard must show.
package fate

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"
)

// Header is the request header that carries the sequence number in decimal. The
// service numbers the requests itself that come without it.
const Header = "X-Request-Seq"

// Resolution is what every delay is a multiple of. It keeps an exact tally of
// delays small, and it is far below what a scheduler can keep to.
const Resolution = 100 * time.Microsecond

// Fate is what the service does with one request.
type Fate struct {
	// Delay is how long the service works before it answers.
	Delay time.Duration
	// Status is the HTTP status of a failure, or 0 if the request is served.
	Status int
}

// Of returns the fate of request seq on a route. A route that the service does
// not have neither delays nor fails.
func Of(seed uint64, route Route, seq uint64) Fate {
	profile, known := profiles[route]
	if !known {
		return Fate{}
	}
	rng := Stream(seed, string(route), seq)
	return Fate{
		Delay:  profile.latency.Quantile(rng.Float64()),
		Status: profile.status(rng.Float64()),
	}
}

// Stream returns the random numbers that belong to item seq of a named purpose.
// Streams of different names or items are independent of each other.
func Stream(seed uint64, name string, seq uint64) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(seed^h.Sum64(), seq))
}

// Latency is a log-normal distribution with an upper limit. The zero value is no
// delay at all.
type Latency struct {
	// Median is the delay that half of the requests stay below.
	Median time.Duration
	// Sigma is the standard deviation of the delay's natural logarithm: 0.5
	// makes the 99th percentile 3.2 times the median.
	Sigma float64
	// Max cuts off the tail, so that no request outlives a graceful shutdown.
	Max time.Duration
}

// Quantile returns the delay that the fraction q of requests (0 to 1) does not
// exceed, rounded to [Resolution].
func (l Latency) Quantile(q float64) time.Duration {
	z := math.Sqrt2 * math.Erfinv(2*q-1)
	d := float64(l.Median) * math.Exp(l.Sigma*z)
	return time.Duration(min(d, float64(l.Max))).Round(Resolution)
}
