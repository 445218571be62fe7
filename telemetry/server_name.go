package telemetry

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// serverID is the place of a name in the list of servers, from 1. 0 is none.
type serverID uint8

// servers maps Host headers to configured names.
type servers struct {
	ids   map[string]serverID
	names []serverName
}

type serverName struct {
	host string
	port int // 0 if the name has none
}

func newServers(names []string) (*servers, error) {
	if len(names) > math.MaxUint8 {
		return nil, fmt.Errorf("HTTP.Servers: %d names, at most %d can be told apart", len(names), math.MaxUint8)
	}
	s := &servers{ids: map[string]serverID{}}
	for _, name := range names {
		name = strings.ToLower(name)
		host, port, err := splitServer(name)
		if err != nil {
			return nil, fmt.Errorf("HTTP.Servers: %q is neither a name nor a name and a port: %w", name, err)
		}
		s.names = append(s.names, serverName{host, port})
		s.ids[name] = serverID(len(s.names))
	}
	return s, nil
}

// splitServer takes host, host:port, [::1] and [::1]:port.
func splitServer(name string) (host string, port int, err error) {
	host, digits := splitPort(name)
	host = strings.Trim(host, "[]")
	if host == "" || strings.ContainsAny(host, " /?#@") {
		return "", 0, errors.New("it has no host")
	}
	if digits == "" {
		return host, 0, nil
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	return host, int(n), err
}

// splitPort cuts a port off. The host keeps the brackets of an IPv6 address.
func splitPort(name string) (host, port string) {
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, ']') {
		return name[:i], name[i+1:]
	}
	return name, ""
}

// match finds the name that a Host header means. Most services have none, and it
// is small enough to be inlined for them.
func (s *servers) match(host string) serverID {
	if len(s.ids) == 0 {
		return 0
	}
	return s.find(host)
}

// find prefers the name with its port, if that is listed. Most clients spell it as
// it is listed, so that is tried first: it costs one look-up and no allocation.
func (s *servers) find(host string) serverID {
	if id, ok := s.ids[host]; ok {
		return id
	}
	host = strings.ToLower(host)
	if id, ok := s.ids[host]; ok {
		return id
	}
	name, _ := splitPort(host)
	return s.ids[name]
}

func (s *servers) attributes(id serverID) []attribute.KeyValue {
	if id == 0 {
		return nil
	}
	return addressAttributes(s.names[id-1])
}

func addressAttributes(name serverName) []attribute.KeyValue {
	attrs := []attribute.KeyValue{semconv.ServerAddress(name.host)}
	if name.port != 0 {
		attrs = append(attrs, semconv.ServerPort(name.port))
	}
	return attrs
}
