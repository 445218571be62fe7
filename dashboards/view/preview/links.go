package preview

import (
	"cmp"
	"net/url"
	"path"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// inGrafana is the same board, range and variables in Grafana.
func (p *Preview) inGrafana(b *loaded, s state) string {
	u := *p.grafana
	u.Path = path.Join("/", u.Path, "d", b.uid)
	q := s.query()
	q.Del("toggle")
	if s.View != "" {
		q.Set("viewPanel", "panel-"+s.View)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// links are the board's own links: to boards that share a tag, and to addresses.
func (p *Preview) links(c *content, b *loaded, s state, values variable.Values) []link {
	var out []link
	for _, l := range b.Links {
		keep := url.Values{}
		if l.KeepTime {
			keep.Set("from", s.From)
			keep.Set("to", s.To)
		}
		if l.IncludeVars {
			for name, selected := range values.Selected() {
				keep["var-"+name] = selected
			}
		}
		if l.Type != "dashboards" {
			if href, ok := linked(values.Interpolate(l.URL, variable.Text), keep); ok {
				out = append(out, link{Text: cmp.Or(l.Title, l.URL), Href: href})
			}
			continue
		}
		for _, other := range c.boards {
			if other != b && sharesAll(other.Tags, l.Tags) {
				out = append(out, link{Text: other.Title, Href: boardPath(other.uid) + "?" + keep.Encode()})
			}
		}
	}
	return out
}

func sharesAll(have, want []string) bool {
	return !slices.ContainsFunc(want, func(tag string) bool { return !slices.Contains(have, tag) })
}

// linked adds parameters to an address that a dashboard gave; it must be one of
// the web or of this site.
func linked(address string, keep url.Values) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	q := u.Query()
	for name, values := range keep {
		q[name] = values
	}
	u.RawQuery = q.Encode()
	return u.String(), true
}
