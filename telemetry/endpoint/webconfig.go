package endpoint

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/prometheus/exporter-toolkit/web"
	"go.yaml.in/yaml/v2"
)

// checkWebConfig reports whether a web configuration file has users. The toolkit
// checks what is in it, the certificates included.
func checkWebConfig(path string) (users bool, err error) {
	if path == "" {
		return false, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return false, fmt.Errorf("read the web configuration: %w", err)
	}
	config, err := parseWebConfig(text)
	if err == nil {
		err = web.Validate(path)
	}
	if err != nil {
		return false, fmt.Errorf("web configuration %s: %w", path, unquoted(err))
	}
	return len(config.Users) > 0, nil
}

// parseWebConfig reads a file's content without looking at other files.
func parseWebConfig(text []byte) (web.Config, error) {
	var config web.Config
	err := yaml.UnmarshalStrict(text, &config)
	return config, err
}

// quotation is how YAML and bcrypt show what they do not understand, which in
// this file may be a secret.
var quotation = regexp.MustCompile("`[^`]*`|'[^']*'")

// unquoted is an error in one line and without quotations.
func unquoted(err error) error {
	line := strings.Join(strings.Fields(err.Error()), " ")
	return errors.New(quotation.ReplaceAllString(line, "..."))
}
