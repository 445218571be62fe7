package importer

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/modern"
)

// source is a dashboard as it is read: in canonical form, its panels grouped by
// row and its data sources resolved.
type source struct {
	board     object
	sections  []section
	variables []object
	notes     notes
}

// section is a row with its panels in reading order.
type section struct {
	title, repeat string
	collapsed     bool
	panels        []object
	top           int // where the first panel is, in the grid
}

// notes are what an import has to tell, in the order in which it came up.
type notes []string

func (n *notes) add(format string, args ...any) {
	if line := fmt.Sprintf(format, args...); !slices.Contains(*n, line) {
		*n = append(*n, line)
	}
}

// read takes a dashboard apart. It returns an error that says what to do if it
// is no dashboard of the classic schema.
func read(raw []byte) (*source, error) {
	board, err := unpack(raw)
	if err != nil {
		return nil, err
	}
	if len(loose.Objects(board["rows"])) > 0 {
		upgradeRows(board)
	}
	if _, ok := board["panels"].([]any); !ok {
		return nil, errors.New("there is no list of panels in it: is it a dashboard?")
	}
	s := &source{board: board}
	s.variables = loose.Objects(loose.At(board, "templating", "list"))
	s.resolveSources()
	s.group()
	return s, nil
}

// unpack finds the classic dashboard in what a file or an API holds.
func unpack(raw []byte) (object, error) {
	canonical, err := modern.Canonical(raw)
	if err != nil {
		return nil, err
	}
	board, err := decode(canonical)
	if err != nil {
		return nil, fmt.Errorf("parse dashboard: %w", err)
	}
	if inner, ok := board["dashboard"].(object); ok && board["panels"] == nil && board["rows"] == nil {
		board = without(inner, "id", "version") // an answer of Grafana's API
	}
	spec, ok := board["spec"].(object)
	if !ok || board["panels"] != nil || board["rows"] != nil {
		return withoutNulls(board), nil
	}
	if spec["elements"] != nil || strings.Contains(text(board, "apiVersion"), "/v2") {
		return nil, errors.New("it is a dashboard of schema v2: export it in the classic format")
	}
	spec = without(spec, "id", "version")
	spec["uid"] = cmp.Or(text(board, "metadata", "name"), text(spec, "uid"))
	return withoutNulls(spec), nil
}

// group sorts the panels into sections. Grafana draws by position, whatever the
// order of the list.
func (s *source) group() {
	panels := loose.Objects(s.board["panels"])
	slices.SortStableFunc(panels, inReadingOrder)
	current := section{}
	flush := func() {
		if current.title != "" || len(current.panels) > 0 {
			s.sections = append(s.sections, current)
		}
	}
	for _, p := range panels {
		if text(p, "type") != "row" {
			if len(current.panels) == 0 {
				current.top = whole(loose.At(p, "gridPos", "y"))
			}
			current.panels = append(current.panels, p)
			continue
		}
		flush()
		current = s.row(p)
		if current.collapsed {
			flush()
			current = section{}
		}
	}
	flush()
}

func (s *source) row(p object) section {
	collapsed, _ := p["collapsed"].(bool)
	out := section{
		title: cmp.Or(strings.TrimSpace(text(p, "title")), "Row"), repeat: text(p, "repeat"),
		collapsed: collapsed,
	}
	if out.title != text(p, "title") {
		s.notes.add("a row's title %q becomes %q", text(p, "title"), out.title)
	}
	if rest := without(p, "collapsed", "gridPos", "id", "panels", "title", "type", "repeat", "datasource", "targets", "repeatDirection"); len(rest) > 0 {
		s.notes.add("row %q: %s is lost", out.title, strings.Join(keys(rest), ", "))
	}
	if inner := loose.Objects(p["panels"]); collapsed {
		slices.SortStableFunc(inner, inReadingOrder)
		out.panels = inner
		if len(inner) > 0 {
			out.top = whole(loose.At(inner[0], "gridPos", "y"))
		}
	}
	return out
}

func inReadingOrder(a, b object) int {
	return cmp.Or(
		cmp.Compare(whole(loose.At(a, "gridPos", "y")), whole(loose.At(b, "gridPos", "y"))),
		cmp.Compare(whole(loose.At(a, "gridPos", "x")), whole(loose.At(b, "gridPos", "x"))))
}

func keys(o object) []string {
	var out []string
	for k := range o {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// rename replaces references to a variable in every string below v.
func rename(v any, from, to string) any {
	patterns := []struct {
		find *regexp.Regexp
		put  string
	}{
		{regexp.MustCompile(`\$\{` + regexp.QuoteMeta(from) + `([:.}])`), "$${" + to + "$1"},
		{regexp.MustCompile(`\$` + regexp.QuoteMeta(from) + `\b`), "$$" + to},
		{regexp.MustCompile(`\[\[` + regexp.QuoteMeta(from) + `([:\]])`), "[[" + to + "$1"},
		{regexp.MustCompile(`\bvar-` + regexp.QuoteMeta(from) + `\b`), "var-" + to},
	}
	var walk func(any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case string:
			for _, p := range patterns {
				v = p.find.ReplaceAllString(v, p.put)
			}
			return v
		case []any:
			for i, e := range v {
				v[i] = walk(e)
			}
		case object:
			for k, e := range v {
				v[k] = walk(e)
			}
		}
		return v
	}
	return walk(v)
}
