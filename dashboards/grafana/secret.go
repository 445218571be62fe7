package grafana

import (
	"fmt"
	"io"
)

// Secret is a token or a password. However it is printed, logged or encoded, it
// shows as "***"; only a conversion to string gives the value away.
type Secret string

const hidden = "***"

// Format implements fmt.Formatter, which covers every verb, %#v included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.mask()) }

// MarshalText implements encoding.TextMarshaler for JSON and for slog's
// handlers.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.mask()), nil }

func (s Secret) mask() string {
	if s == "" {
		return ""
	}
	return hidden
}
