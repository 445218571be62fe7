package preview

import (
	"context"
	"errors"
	"net"

	"github.com/ginsight/ginsight/dashboards/view/source"
)

// lost tells whether an error says that the source did not answer, rather than
// that it did not like the question: then the pictures of before are still the
// best there are.
func lost(err error) bool {
	if _, ok := errors.AsType[*source.UnreachableError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, context.DeadlineExceeded)
}
