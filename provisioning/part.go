package main

import (
	"context"
	"errors"
	"fmt"
)

// part is something that runs until it is told to stop.
type part struct {
	cancel context.CancelFunc
	done   chan error
}

// begin runs a part. If it ends before it is told to, that aborts the whole: a
// part that dies must not leave the others behind.
func begin(abort context.CancelCauseFunc, name string, run func(context.Context) error) *part {
	ctx, cancel := context.WithCancel(context.Background())
	p := &part{cancel: cancel, done: make(chan error, 1)}
	go func() {
		err := run(ctx)
		if ctx.Err() == nil {
			if err == nil {
				err = errors.New("nobody asked it to")
			}
			abort(fmt.Errorf("%s ended: %w", name, err))
			err = nil // said already
		}
		if err != nil {
			err = failed{fmt.Errorf("stop %s: %w", name, err)}
		}
		p.done <- err
	}()
	return p
}

// end tells the part to stop and waits until it has. The error is of the
// stopping: why a part ended by itself is the cause of the abort.
func (p *part) end() error {
	p.cancel()
	return <-p.done
}
