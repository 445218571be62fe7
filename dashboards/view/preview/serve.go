package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// How long a request may take to arrive, an answer to leave, and a stop to wait.
const (
	headerTimeout = 10 * time.Second
	writeTimeout  = time.Minute
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 5 * time.Second
)

// Serve answers on a listener until ctx ends, which is no error. Then streams
// end at once, and answers under way have five seconds. The listener is closed.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	// Requests end with base, so that streams do not hold the stop up.
	base, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       headerTimeout,
		IdleTimeout:       idleTimeout,
		WriteTimeout:      writeTimeout, // a stream moves its own deadline
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve the preview: %w", err)
	case <-ctx.Done():
	}
	end()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(last)
	if err != nil {
		_ = server.Close() // what is still open was given its time
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		return fmt.Errorf("stop the preview: %w", err)
	}
	return nil
}
