package check

import (
	"errors"
	"fmt"
)

// UnreachableError says that a source could not be asked at all, which is not
// the fault of any panel.
type UnreachableError struct {
	Address string
	Err     error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("%s does not answer (%v): is it running?", e.Address, e.Err)
}

// Unwrap returns the cause.
func (e *UnreachableError) Unwrap() error { return e.Err }

// unreachable tells whether an error is the source's and not a query's.
func unreachable(err error) bool {
	_, ok := errors.AsType[*UnreachableError](err)
	return ok
}
