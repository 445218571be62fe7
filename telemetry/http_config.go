package telemetry

import (
	"errors"
	"fmt"
	"mime"
	"net/netip"
	"os"
	"slices"
	"strings"

	"go.opentelemetry.io/otel/metric"
)

// HTTPConfig refines what is measured of HTTP. The zero value is useful: it adds
// nothing to what the semantic conventions ask for by default.
type HTTPConfig struct {
	// Streams are the media types of responses that last as long as their
	// client likes. The duration of such a response ends with its first flush,
	// and that of a connection that a handler hijacks (a WebSocket) when it
	// does; in http.server.active_requests both stay to their end. Nil means
	// text/event-stream. An empty slice measures everything to the end.
	Streams []string
	// Servers are the names under which clients reach the service, such as
	// "shop.example.com", or "shop.example.com:8443" to tell ports apart. A
	// request for one of them gets server.address, and server.port if the name
	// has one. Any other Host header is ignored: a client can write what it
	// likes there. Nil reports neither attribute.
	Servers []string
	// TrustedProxies are the addresses, or ranges such as 10.0.0.0/8, of proxies
	// that end TLS in front of the service; give them to Gin's
	// SetTrustedProxies as well. For what they pass on, url.scheme is what
	// X-Forwarded-Proto says. As in Gin, whoever connects to a Unix socket is
	// trusted too. Nil takes the scheme from the connection, always.
	TrustedProxies []string
	// Attributes are added to the duration and the body sizes of requests that
	// reach the middleware. There can be 4 of them.
	Attributes []Attribute
	// ClientLimit is the number of targets, and of URL templates, that client
	// metrics tell apart. Others are reported as _OTHER. 0 means 100.
	ClientLimit int
}

const defaultClientLimit = 100

// rules say how a request is described. They do not change.
type rules struct {
	methods methods
	streams mediaTypes
	servers *servers
	proxies []netip.Prefix
	custom  attributes
}

// newRules checks the configuration.
func newRules(config HTTPConfig, known methods) (rules, error) {
	r := rules{methods: known}
	var errs [4]error
	r.streams, errs[0] = newMediaTypes(config.Streams)
	r.servers, errs[1] = newServers(config.Servers)
	r.proxies, errs[2] = newProxies(config.TrustedProxies)
	r.custom, errs[3] = newAttributes(config.Attributes)
	return r, errors.Join(errs[:]...)
}

// mediaTypes is a set of media types without parameters, in lower case.
type mediaTypes []string

func newMediaTypes(types []string) (mediaTypes, error) {
	if types == nil {
		return mediaTypes{"text/event-stream"}, nil
	}
	var known mediaTypes
	for _, t := range types {
		media, _, err := mime.ParseMediaType(t)
		if err != nil {
			return nil, fmt.Errorf("HTTP.Streams: %q is no media type: %w", t, err)
		}
		known = append(known, media)
	}
	return known, nil
}

// match reports whether a Content-Type is of one of the types.
func (m mediaTypes) match(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.TrimSpace(media)
	return slices.ContainsFunc(m, func(t string) bool { return strings.EqualFold(t, media) })
}

// measureHTTP creates the instruments for requests, both those that the service
// answers and those that it makes.
func (t *Telemetry) measureHTTP(meter metric.Meter) error {
	known := knownMethods(os.Getenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS"))
	rules, err := newRules(t.config.HTTP, known)
	if err != nil {
		return err
	}
	recorder, err := newRecorder(meter, rules)
	if err != nil {
		return err
	}
	t.server = newExchanges(recorder)
	t.client, err = newClient(meter, t.config.HTTP.ClientLimit, known)
	return err
}
