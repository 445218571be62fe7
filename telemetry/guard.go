package telemetry

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
)

// Guard says who may see the metrics: whoever sends the bearer token, or the name
// and the password of basic authentication. If both are set, either will do. It
// is as safe as the connection: over plain HTTP everybody in between reads the
// secret.
type Guard struct {
	// BearerToken is the token itself, such as from the environment.
	BearerToken Secret
	// BearerTokenFile is a file that has the token, with or without a newline.
	// It is read for every request, so that the token can be changed; while it
	// cannot be read, the last token is valid.
	BearerTokenFile string
	// Username and Password are the credentials of basic authentication.
	Username string
	Password Secret
	// PasswordFile is a file that has the password, as BearerTokenFile has the
	// token.
	PasswordFile string
}

// Secret is a text that is not to be seen. Formatted, marshalled or logged it is
// "<secret>", or empty if it is.
type Secret string

// String implements [fmt.Stringer].
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "<secret>"
}

// GoString implements [fmt.GoStringer].
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// MarshalText implements [encoding.TextMarshaler].
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue implements [slog.LogValuer].
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Handler puts the guard in front of a handler. Everybody else gets a 401. It is
// an error if there is no secret, or one that is empty or cannot be read: a
// variable that nobody set must not open the door.
func (g Guard) Handler(next http.Handler) (http.Handler, error) {
	token, err := newSecret("bearer token", g.BearerToken, g.BearerTokenFile)
	if err != nil {
		return nil, err
	}
	password, err := newSecret("password", g.Password, g.PasswordFile)
	if err != nil {
		return nil, err
	}
	switch {
	case token == nil && password == nil:
		return nil, errors.New("guard: no secret; set a bearer token, or a user name and a password")
	case (g.Username == "") != (password == nil):
		return nil, errors.New("guard: a user name needs a password, and a password a user name")
	}
	return &guarded{next: next, token: token, user: digest([]byte(g.Username)), password: password}, nil
}

// guarded is a handler behind a guard.
type guarded struct {
	next            http.Handler
	token, password *secret // nil if not accepted
	user            sum
}

// ServeHTTP implements [http.Handler].
func (g *guarded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.admits(r) {
		g.next.ServeHTTP(w, r)
		return
	}
	if g.token != nil {
		w.Header().Add("WWW-Authenticate", `Bearer realm="metrics"`)
	}
	if g.password != nil {
		w.Header().Add("WWW-Authenticate", `Basic realm="metrics"`)
	}
	http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
}

func (g *guarded) admits(r *http.Request) bool {
	if user, password, basic := r.BasicAuth(); basic {
		// Both are compared, so that the time does not tell a user from nobody.
		sameUser := g.user.equal(digest([]byte(user)))
		return g.password != nil && g.password.is(password) && sameUser
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return g.token != nil && strings.EqualFold(scheme, "Bearer") && g.token.is(strings.TrimSpace(token))
}

// sum stands for a secret when it is compared: sums have one length, which tells
// nothing of that of the secret.
type sum [sha256.Size]byte

func digest(text []byte) sum { return sha256.Sum256(text) }

func (s sum) equal(other sum) bool { return subtle.ConstantTimeCompare(s[:], other[:]) == 1 }

// secret is a secret that may be in a file.
type secret struct {
	file string
	last atomic.Pointer[sum]
}

// newSecret returns nil if neither is given.
func newSecret(what string, value Secret, file string) (*secret, error) {
	switch {
	case value != "" && file != "":
		return nil, fmt.Errorf("guard: the %s is given twice, directly and as a file", what)
	case value == "" && file == "":
		return nil, nil
	}
	s, text := &secret{file: file}, []byte(value)
	if file != "" {
		var err error
		if text, err = os.ReadFile(file); err != nil {
			return nil, fmt.Errorf("guard: read the %s: %w", what, err)
		}
		if text = trim(text); len(text) == 0 {
			return nil, fmt.Errorf("guard: the file %s is empty; it shall have the %s", file, what)
		}
	}
	first := digest(text)
	s.last.Store(&first)
	return s, nil
}

// trim drops the newline that editors leave.
func trim(text []byte) []byte { return bytes.TrimRight(text, "\r\n") }

func (s *secret) is(text string) bool {
	if s.file != "" {
		if now, err := os.ReadFile(s.file); err == nil && len(trim(now)) > 0 {
			changed := digest(trim(now))
			s.last.Store(&changed)
		}
	}
	return s.last.Load().equal(digest([]byte(text)))
}
