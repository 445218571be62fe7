package grafana

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// header returns what every request carries.
func (c Config) header() http.Header {
	h := http.Header{"Accept": {"application/json"}, "User-Agent": {"ginsight"}}
	if c.Token != "" {
		h.Set("Authorization", "Bearer "+string(c.Token))
	} else {
		r := http.Request{Header: h}
		r.SetBasicAuth(c.User, string(c.Password))
	}
	if c.OrgID != 0 {
		h.Set("X-Grafana-Org-Id", strconv.FormatInt(c.OrgID, 10))
	}
	return h
}

// redactor hides the secrets in text that came from outside: a server or a
// proxy may echo a request in its error message.
func (c Config) redactor() *strings.Replacer {
	var pairs []string
	for _, s := range []string{string(c.Token), string(c.Password)} {
		if s != "" {
			pairs = append(pairs, s, hidden, url.QueryEscape(s), hidden, url.PathEscape(s), hidden)
		}
	}
	_, basic, _ := strings.Cut(c.header().Get("Authorization"), " ")
	return strings.NewReplacer(append(pairs, basic, hidden)...)
}

func newTransport(caCert string) (*http.Transport, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = MaxParallel // the default of 2 would close and open them all the time
	t.MaxConnsPerHost = MaxParallel
	t.Proxy = func(r *http.Request) (*url.URL, error) {
		proxy, err := http.ProxyFromEnvironment(r)
		if err != nil { // the error quotes the address, which may hold a password
			return nil, errors.New("HTTP_PROXY or HTTPS_PROXY is not an address")
		}
		return proxy, nil
	}
	if caCert == "" {
		return t, nil
	}
	pem := []byte(caCert)
	if !strings.Contains(caCert, "-----BEGIN") {
		var err error
		if pem, err = os.ReadFile(caCert); err != nil {
			return nil, fmt.Errorf("read GRAFANA_CA_CERT: %w", err)
		}
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("GRAFANA_CA_CERT holds no certificate: set it to a PEM file's path")
	}
	t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return t, nil
}
