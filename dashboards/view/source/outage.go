package source

import (
	"errors"
	"net"
	"sync"
	"time"
)

// lasting is how long a server that did not answer is taken to be out: long
// enough that the queries of one page do not each wait until their time is over,
// short enough that a server that is back is soon seen.
const lasting = 2 * time.Second

// outage is what is known of a server that does not answer at all. A query that
// takes too long while others are answered is no outage.
type outage struct {
	mu      sync.Mutex
	answers int // how many there have been
	until   time.Time
	err     error
}

// begin tells how many answers there have been, or why there is no use in asking.
func (o *outage) begin() (answers int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if time.Now().Before(o.until) {
		return o.answers, o.err
	}
	return o.answers, nil
}

// end takes note of how a request went that began after so many answers.
func (o *outage) end(answers int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil {
		o.answers++
		o.until = time.Time{}
		return
	}
	waited, ok := errors.AsType[net.Error](err)
	if ok && waited.Timeout() && answers == o.answers {
		o.until, o.err = time.Now().Add(lasting), err
	}
}
