package preview

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// state is what a page shows: all of it is in its URL, with the names that
// Grafana gives them.
type state struct {
	From, To string
	// Vars are the chosen values of variables, without those left to the board.
	Vars map[string][]string
	// Refresh is one of [refreshes].
	Refresh string
	// Theme is "dark", "light" or "" for what the browser prefers.
	Theme string
	// View is the key of the one panel that is shown large, "" for all.
	View string
	// Toggled are the keys of rows that are not as the board has them.
	Toggled []string
}

// refreshes are the intervals between two drawings; "" is no further one.
var refreshes = []string{"", "1s", "5s", "10s", "30s", "1m"}

// Bounds of what a URL may say.
const (
	maxValues = 500
	maxToggle = 200
)

// readState reads the state from a URL's query. What a board has of its own
// stands in for what is missing.
func readState(q url.Values, b *loaded) (state, error) {
	s := state{
		From: cmp.Or(q.Get("from"), b.From, model.DefaultFrom), To: cmp.Or(q.Get("to"), b.To, model.DefaultTo),
		Vars:  map[string][]string{},
		Theme: q.Get("theme"), View: strings.TrimPrefix(q.Get("viewPanel"), "panel-"),
		Toggled: q["toggle"],
	}
	if s.Theme != "dark" && s.Theme != "light" {
		s.Theme = ""
	}
	for _, v := range b.Variables {
		if values, chosen := q["var-"+v.Name]; chosen {
			s.Vars[v.Name] = values
		}
		if len(s.Vars[v.Name]) > maxValues {
			return state{}, fmt.Errorf("the variable %s has more than %d values", v.Name, maxValues)
		}
	}
	if len(s.Toggled) > maxToggle {
		return state{}, fmt.Errorf("more than %d rows are toggled", maxToggle)
	}
	if s.Refresh = b.Refresh; q.Has("refresh") {
		s.Refresh = q.Get("refresh")
	}
	if !slices.Contains(refreshes, s.Refresh) {
		s.Refresh = nearestRefresh(s.Refresh)
	}
	return s, nil
}

// nearestRefresh is the slowest interval that is offered and not slower than the
// one that a board asks for.
func nearestRefresh(text string) string {
	asked, err := time.ParseDuration(text)
	if err != nil || asked <= 0 {
		return ""
	}
	best := refreshes[1]
	for _, r := range refreshes[1:] {
		if d, _ := time.ParseDuration(r); d <= asked {
			best = r
		}
	}
	return best
}

// interval is the time between two drawings, 0 for none.
func (s state) interval() time.Duration {
	d, _ := time.ParseDuration(s.Refresh) // "" is no duration, and none is meant
	return d
}

// query is the state as it stands in a URL.
func (s state) query() url.Values {
	q := url.Values{"from": {s.From}, "to": {s.To}, "refresh": {s.Refresh}}
	for name, values := range s.Vars {
		q["var-"+name] = values
	}
	if s.Theme != "" {
		q.Set("theme", s.Theme)
	}
	if s.View != "" {
		q.Set("viewPanel", s.View)
	}
	if len(s.Toggled) > 0 {
		q["toggle"] = s.Toggled
	}
	return q
}

// at is the state with another range.
func (s state) at(from, to string) state {
	s.From, s.To = from, to
	return s
}

// viewing is the state with one panel large, or none.
func (s state) viewing(key string) state {
	s.View = key
	return s
}

// toggling is the state with a row opened or closed.
func (s state) toggling(key string) state {
	if i := slices.Index(s.Toggled, key); i >= 0 {
		s.Toggled = slices.Delete(slices.Clone(s.Toggled), i, i+1)
	} else {
		s.Toggled = append(slices.Clone(s.Toggled), key)
	}
	return s
}

// move is where the range goes with a word of a link: back and forward by half
// of it, out to twice of it. It makes the range absolute unless it ends now and
// still may.
func (s state) move(word string, now time.Time, zone *time.Location) (state, error) {
	r, err := span(s.From, s.To, now, zone)
	if err != nil {
		return state{}, err
	}
	half := r.To.Sub(r.From) / 2
	from, to := r.From, r.To
	switch word {
	case "back":
		from, to = from.Add(-half), to.Add(-half)
	case "forward":
		from, to = from.Add(half), to.Add(half)
	case "out":
		from, to = from.Add(-half), to.Add(half)
	default:
		return state{}, fmt.Errorf("the range cannot move %q: say back, forward or out", word)
	}
	if to.Sub(from) > longest {
		return s, nil
	}
	return s.at(milliseconds(from), milliseconds(to)), nil
}

func milliseconds(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }
