package grafana

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Config says which Grafana to talk to and as whom. URL and one kind of
// credentials are required; every other field may be left zero.
type Config struct {
	// URL is Grafana's address, with its sub-path if it has one
	// (http://host/grafana). User info in it is taken as User and Password.
	URL string
	// Token is a service account token, sent as a bearer token.
	Token Secret
	// User and Password are sent as basic authentication when Token is empty.
	User     string
	Password Secret
	// OrgID selects an organisation other than the credentials' own one.
	OrgID int64
	// CACert is a PEM file's path, or PEM itself, of the authority that signed
	// the server's certificate. It replaces the system's authorities.
	CACert string
	// Timeout bounds a single try of a request; 30 s when zero.
	Timeout time.Duration
	// Tries bounds how often a request is sent in all; 5 when zero.
	Tries int
	// Log is told of every repeated request; silent when nil.
	Log *slog.Logger
	// Sleep replaces the wait between two tries, for tests. It returns early
	// with ctx.Err() when ctx ends.
	Sleep func(ctx context.Context, d time.Duration) error
}

// maxURL is longer than any address a person types and keeps a value that was
// pasted by mistake out of the parser.
const maxURL = 2048

// ConfigFromEnv reads Config from the environment, in the vocabulary of either
// Grafana's own tools or the Terraform provider: GRAFANA_URL or GRAFANA_SERVER;
// GRAFANA_TOKEN or GRAFANA_AUTH (a token, or user:password), or GRAFANA_USER
// with GRAFANA_PASSWORD; GRAFANA_ORG_ID; GRAFANA_CA_CERT. Something that is
// missing or said twice in different ways is an error of one line that names
// the variables to set or unset, never their values.
func ConfigFromEnv(getenv func(string) string) (Config, error) {
	env := func(key string) string { return strings.TrimSpace(getenv(key)) }
	address, err := oneOf(env, "GRAFANA_URL", "GRAFANA_SERVER")
	if err != nil {
		return Config{}, err
	}
	auth, err := oneOf(env, "GRAFANA_TOKEN", "GRAFANA_AUTH")
	if err != nil {
		return Config{}, err
	}
	cfg := Config{
		URL:      address,
		User:     env("GRAFANA_USER"),
		Password: Secret(getenv("GRAFANA_PASSWORD")), // a space may be part of it
		CACert:   env("GRAFANA_CA_CERT"),
	}
	if auth != "" && (cfg.User != "" || cfg.Password != "") {
		return Config{}, errors.New("both a token (GRAFANA_TOKEN or GRAFANA_AUTH) and GRAFANA_USER or GRAFANA_PASSWORD are set: keep one kind")
	}
	if user, password, basic := strings.Cut(auth, ":"); basic {
		cfg.User, cfg.Password = user, Secret(password)
	} else {
		cfg.Token = Secret(auth)
	}
	if id := env("GRAFANA_ORG_ID"); id != "" {
		if cfg.OrgID, err = strconv.ParseInt(id, 10, 64); err != nil || cfg.OrgID < 1 {
			return Config{}, errors.New("GRAFANA_ORG_ID is not an organisation's number: set it to one such as 1, or unset it")
		}
	}
	_, _, err = cfg.resolve()
	return cfg, err
}

// oneOf returns the value of two variables that mean the same.
func oneOf(env func(string) string, a, b string) (string, error) {
	va, vb := env(a), env(b)
	switch {
	case va == "":
		return vb, nil
	case vb == "" || va == vb:
		return va, nil
	}
	return "", fmt.Errorf("%s and %s are both set and differ: unset one of them", a, b)
}

// resolve checks the configuration and returns it with the user info moved out
// of the address. Its errors never quote a value that may hold a secret.
func (c Config) resolve() (Config, *url.URL, error) {
	if c.URL == "" {
		return c, nil, errors.New("no Grafana address: set GRAFANA_URL, such as GRAFANA_URL=http://localhost:3000")
	}
	base, err := parseBase(c.URL)
	if err != nil {
		return c, nil, err
	}
	if base.User != nil {
		if c.Token != "" || c.User != "" || c.Password != "" {
			return c, nil, errors.New("GRAFANA_URL holds a user although other credentials are set: keep one of them")
		}
		password, _ := base.User.Password()
		c.User, c.Password = base.User.Username(), Secret(password)
		base.User = nil
	}
	switch {
	case c.Token != "":
	case c.User == "" && c.Password == "":
		return c, nil, errors.New("no Grafana credentials: set GRAFANA_TOKEN to a service account token, or GRAFANA_USER and GRAFANA_PASSWORD")
	case c.User == "":
		return c, nil, errors.New("a Grafana password without a user: set GRAFANA_USER as well")
	case c.Password == "":
		return c, nil, errors.New("a Grafana user without a password: set GRAFANA_PASSWORD as well")
	}
	if strings.ContainsFunc(string(c.Token), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return c, nil, errors.New("GRAFANA_TOKEN holds a character that no token has (a space or a line break?): set it again")
	}
	return c, base, nil
}

// parseBase parses Grafana's address. url.Parse quotes its input in errors, and
// the input may hold a password, so its error is not passed on.
func parseBase(address string) (*url.URL, error) {
	if len(address) > maxURL {
		return nil, errors.New("GRAFANA_URL is too long to be an address: set it to one such as http://localhost:3000")
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return nil, errors.New("GRAFANA_URL is not an http or https address: set it to one such as http://localhost:3000")
	}
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	return u.JoinPath("/"), nil
}
