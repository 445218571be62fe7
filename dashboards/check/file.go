package check

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// serveFile puts a file on a loopback port, so that it goes through the same
// scraper as a service does. It returns the URL and what ends it.
func serveFile(path string) (address string, stop func(), err error) {
	body, err := readMetrics(path)
	if err != nil {
		return "", nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serve %s: %w", path, err)
	}
	kind := contentType(body)
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Write(body) //nolint:errcheck // the scraper reports a short answer
	})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.Serve(listener) //nolint:errcheck // ends with ErrServerClosed
	}()
	return "http://" + listener.Addr().String() + "/metrics", func() {
		server.Close() //nolint:errcheck // it only ends the scrapes
		<-done
	}, nil
}

// readMetrics reads a file, unpacked if its name ends in .gz.
func readMetrics(path string) ([]byte, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	if !strings.HasSuffix(path, ".gz") {
		return body, nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(packed)
	}
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return body, nil
}

// contentType tells the exposition formats apart: OpenMetrics ends with an EOF
// line, and the first byte of a delimited protobuf message is no text.
func contentType(body []byte) string {
	switch {
	case bytes.HasSuffix(bytes.TrimSpace(body), []byte("# EOF")):
		return "application/openmetrics-text; version=1.0.0; charset=utf-8"
	case bytes.IndexByte(body, 0) >= 0 || bytes.ContainsRune(body, '\x1a'):
		return "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
	}
	return "text/plain; version=0.0.4; charset=utf-8"
}
