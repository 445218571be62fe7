package preview

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// rangePicker is the time range as the page offers it.
type rangePicker struct {
	// Text is the range in words, Zone the time zone that times are written in.
	Text, Zone string
	// From and To are what stands in the fields.
	From, To           string
	Quick              []link
	Back, Forward, Out string
}

// quick are the ranges to choose with one click.
var quick = []struct{ from, text string }{
	{"now-5m", "Last 5 minutes"}, {"now-15m", "Last 15 minutes"}, {"now-30m", "Last 30 minutes"},
	{"now-1h", "Last 1 hour"}, {"now-3h", "Last 3 hours"}, {"now-6h", "Last 6 hours"}, {"now-12h", "Last 12 hours"},
	{"now-24h", "Last 24 hours"}, {"now-2d", "Last 2 days"}, {"now-7d", "Last 7 days"}, {"now-30d", "Last 30 days"},
}

func rangeFor(s state, r model.Range, here func(state) string) rangePicker {
	out := rangePicker{Text: s.From + " to " + s.To, Zone: r.To.Format("MST"), From: s.From, To: s.To}
	move := func(word string) string { return here(s) + "&move=" + word }
	out.Back, out.Forward, out.Out = move("back"), move("forward"), move("out")
	for _, one := range quick {
		current := s.From == one.from && s.To == "now"
		out.Quick = append(out.Quick, link{one.text, here(s.at(one.from, "now")), current})
		if current {
			out.Text = one.text
		}
	}
	if !strings.HasPrefix(s.From, "now") {
		out.From = r.From.Format(time.DateTime)
	}
	if !strings.HasPrefix(s.To, "now") {
		out.To = r.To.Format(time.DateTime)
	}
	if !strings.HasPrefix(s.From, "now") && !strings.HasPrefix(s.To, "now") {
		out.Text = out.From + " to " + out.To
	}
	return out
}

// maxChoices is how many values of a variable a page lists.
const maxChoices = 1000

// picker is a variable as the page offers it.
type picker struct {
	Name, Label, Problem string
	// Kind is "one" of the choices, "many" of them or "text" to write.
	Kind string
	// Text is what is selected, in words.
	Text    string
	Choices []choice
	// All tells whether there is such a choice.
	All bool
	// More is how many choices are not listed.
	More int
}

type choice struct {
	Text, Value string
	Selected    bool
}

// pickers are the variables that can be chosen. The data source cannot: there is
// one.
func pickers(values variable.Values) []picker {
	var out []picker
	for _, v := range values.List() {
		if v.Hide == 2 || v.Type == "datasource" || v.Type == "constant" || v.Type == "adhoc" {
			continue
		}
		out = append(out, pickerOf(v))
	}
	return out
}

func pickerOf(v variable.Value) picker {
	p := picker{Name: v.Name, Label: cmp.Or(v.Label, v.Name), Problem: credentials.ReplaceAllString(v.Problem, "//"), Kind: "one", All: v.IncludeAll}
	switch {
	case v.Type == "textbox":
		p.Kind = "text"
	case v.Multi:
		p.Kind = "many"
	}
	if v.IncludeAll {
		p.Choices = append(p.Choices, choice{"All", variable.All, v.All})
	}
	var texts []string
	for i, c := range v.Choices {
		selected := !v.All && slices.Contains(v.Selected, c.Value)
		if selected {
			texts = append(texts, c.Text)
		}
		if i < maxChoices || selected {
			p.Choices = append(p.Choices, choice{c.Text, c.Value, selected})
		} else {
			p.More++
		}
	}
	for _, s := range v.Selected {
		if !slices.ContainsFunc(v.Choices, func(c model.Option) bool { return c.Value == s }) {
			texts = append(texts, s)
			p.Choices = append(p.Choices, choice{s, s, true})
		}
	}
	switch {
	case v.All:
		p.Text = "All"
	case len(texts) == 0:
		p.Text = "None"
	default:
		p.Text = strings.Join(texts, ", ")
	}
	return p
}
