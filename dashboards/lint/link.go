package lint

import (
	"regexp"
	"strings"
)

// internal reports whether a URL leads to a dashboard of the same Grafana.
func internal(url string) bool {
	return strings.HasPrefix(url, "/d/") || strings.HasPrefix(url, "d/") || strings.HasPrefix(url, "/dashboard/")
}

var (
	keepsTime      = regexp.MustCompile(`\$\{?__url_time_range|[?&]from=`)
	keepsVariables = regexp.MustCompile(`\$\{?__all_variables|:queryparam\}|[?&]var-`)
)

// carried reports whether the URL itself keeps what the key of a link would.
func carried(url, key string) bool {
	if key == "keepTime" {
		return keepsTime.MatchString(url)
	}
	return keepsVariables.MatchString(url)
}
