package grafana

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/modern"
)

// markField is the top-level field of a published board that says who published
// what; see the package's documentation.
const markField = "ginsight"

type mark struct {
	ContentHash string `json:"contentHash"`
	Refresh     string `json:"refresh,omitempty"`
	Version     int64  `json:"version"`
	// Restarted makes the second save of a board that turned out to be new
	// differ from the first: Grafana gives identical content no new version.
	Restarted bool `json:"restarted,omitempty"`
}

// content is a board without what a server or a publisher adds to it.
type content struct {
	fields    map[string]any // no id, no version, no mark
	canonical []byte
	hash      string // of everything but refresh
	mark      *mark  // nil when the board carries none that makes sense
	source    string // the file that it is written in, if it is to be published
}

// uid and title return the board's, or "".
func (c content) uid() string   { s, _ := c.fields["uid"].(string); return s }
func (c content) title() string { s, _ := c.fields["title"].(string); return s }

// refresh returns how often the board reloads; "" when it does not.
func (c content) refresh() string { s, _ := c.fields["refresh"].(string); return s }

// parseContent reads dashboard JSON. Numbers keep all their digits: Grafana's
// ids have 16, more than a float64 holds.
func parseContent(raw []byte) (content, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var fields map[string]any
	if err := dec.Decode(&fields); err != nil {
		return content{}, fmt.Errorf("parse dashboard: %w", err)
	}
	if fields == nil {
		return content{}, errors.New("parse dashboard: null is not a dashboard")
	}
	c := content{fields: fields, mark: parseMark(fields[markField])}
	for _, added := range []string{"id", "version", markField} {
		delete(fields, added)
	}
	return c, c.digest()
}

func parseMark(v any) *mark {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var m *mark
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// digest derives canonical and hash from the fields.
func (c *content) digest() error {
	var err error
	if c.canonical, err = canonical(c.fields); err != nil {
		return err
	}
	rest := maps.Clone(c.fields)
	delete(rest, "refresh")
	hashed, err := canonical(rest)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(hashed)
	c.hash = "sha256:" + hex.EncodeToString(sum[:])
	return nil
}

func canonical(fields map[string]any) ([]byte, error) {
	raw, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("encode dashboard: %w", err)
	}
	return modern.Canonical(raw)
}

// selectDataSource makes the board's data source variable start on ds. Without
// that a board opens on whatever Grafana lists first.
func (c *content) selectDataSource(ds DataSource) error {
	for _, variable := range loose.Objects(loose.At(c.fields, "templating", "list")) {
		if variable["type"] == "datasource" && variable["name"] == "datasource" {
			variable["current"] = map[string]any{"text": ds.Name, "value": ds.UID}
		}
	}
	return c.digest()
}

// marked returns the JSON that replaces version base (0 for a board that does
// not exist yet) and carries the mark of the version it becomes.
func (c content) marked(base int64, restarted bool) (json.RawMessage, error) {
	fields := maps.Clone(c.fields)
	fields[markField] = mark{ContentHash: c.hash, Refresh: c.refresh(), Version: base + 1, Restarted: restarted}
	if base > 0 {
		fields["version"] = base
	}
	return json.Marshal(fields)
}

// untouched reports whether a stored board of that version is as a publish left
// it.
func (c content) untouched(version int64) bool {
	return c.mark != nil && c.mark.Version == version && c.mark.ContentHash == c.hash
}

// publishedAs reports whether c is what a publish of want left behind, although
// Grafana may have raised refresh while saving it.
func (c content) publishedAs(want content, version int64) bool {
	return c.untouched(version) && c.hash == want.hash && c.mark.Refresh == want.refresh()
}
