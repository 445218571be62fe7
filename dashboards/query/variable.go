package query

import (
	"fmt"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Variable is a dashboard variable whose values are those of a label.
type Variable struct {
	// Name is how queries write it, without the dollar sign.
	Name string
	// Title is what the user reads beside the picker.
	Title string
	// Label is whose values are offered.
	Label catalog.Label
	// All is the regular expression behind the choice "All": .+ or, for a label
	// that series may lack, .* so that "All" leaves nothing out.
	All string
}

// Selected matches what the user has picked; one, several and all work alike.
func (v Variable) Selected() Matcher { return Matches(v.Label, "$"+v.Name) }

// ValuesIn is the query that fills the picker, for a form of histograms: the
// values that the label has on series that match.
func (v Variable) ValuesIn(f Form, s catalog.Series, where ...Matcher) (string, error) {
	e := selector(s, where, "")
	if err := e.require([]catalog.Label{v.Label}, "variable "+v.Name+":"); err != nil {
		return "", err
	}
	return fmt.Sprintf("label_values(%s, %s)", e.draw(f).text, v.Label.Name()), nil
}

// Legend writes a legend format: every %s becomes the next label's value.
func Legend(format string, labels ...catalog.Label) string {
	args := make([]any, len(labels))
	for i, l := range labels {
		args[i] = "{{" + l.Name() + "}}"
	}
	return fmt.Sprintf(format, args...)
}
