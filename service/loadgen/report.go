package loadgen

import "time"

// Report is what a run sent and what came back.
type Report struct {
	// Counts has the requests that were answered in full.
	Counts map[Key]Count
	// Unreached is the number of requests for which there was no connection: the
	// service knows nothing of them.
	Unreached int64
	// Cut is the number of requests that were sent and not answered in full. The
	// service may have counted them or not, so that counts can be compared
	// exactly only if Cut is 0.
	Cut int64
	// LastError is the latest reason why a request was not answered.
	LastError string
	// Elapsed is the time from the start to the end of the last request.
	Elapsed time.Duration
}

// Key is what requests are counted by.
type Key struct {
	// Method is the method that was sent, [UnknownMethod] among them.
	Method string
	// Route is the template of the route that was reached; empty if none was.
	Route string
	// Status is the HTTP status that was received.
	Status int
}

// Count adds up the requests of one [Key].
type Count struct {
	Requests int64
	// BytesSent and BytesReceived are the sizes of the bodies.
	BytesSent, BytesReceived int64
	// Delays tells how long the service worked on the requests, by their fates.
	// It took that long at least.
	Delays Delays
}

// Answered is the number of requests that were answered in full.
func (r Report) Answered() int64 {
	var n int64
	for _, count := range r.Counts {
		n += count.Requests
	}
	return n
}

// Snapshot is a run's progress.
type Snapshot struct {
	// Elapsed is the time since the start.
	Elapsed time.Duration
	// Sent is the number of requests begun, InFlight those not ended yet.
	Sent, InFlight int64
	// Answered is the number of answers, Failed those of them with a 5xx status.
	Answered, Failed int64
	// Unanswered is the number of requests that ended without an answer, and
	// LastError the latest reason.
	Unanswered int64
	LastError  string
}
