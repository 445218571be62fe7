package model

import (
	"fmt"
	"regexp"
	"strings"
)

// Pattern reads a regular expression as Grafana writes them: /pattern/flags or
// just the pattern. JavaScript's lookaround is not known to Go.
func Pattern(text string) (*regexp.Regexp, error) {
	pattern := text
	if end := strings.LastIndexByte(pattern, '/'); end > 0 && pattern[0] == '/' {
		flags := pattern[end+1:]
		pattern = pattern[1:end]
		if strings.Contains(flags, "i") {
			pattern = "(?i)" + pattern
		}
	}
	re, err := regexp.Compile(strings.ReplaceAll(pattern, `\/`, `/`))
	if err != nil {
		return nil, fmt.Errorf("the regular expression %q is not understood", text)
	}
	return re, nil
}
