package frame

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// valueName is what a field is called that holds the values of a series: it says
// nothing, so that titles leave it out.
const valueName = "Value"

// namer returns what gives fields their titles, the way Grafana puts them
// together: a display name, the legend of the query, or else the parts that tell
// the fields apart.
func namer(frames []Frame) func(*Frame, *Field) string {
	differ := namesDiffer(frames)
	label := onlyLabel(frames)
	return func(fr *Frame, f *Field) string {
		given := fromSource(fr, f, differ, label)
		if f.Config.DisplayName != "" {
			return fill(f.Config.DisplayName, fr, f, given)
		}
		return given
	}
}

// fromSource is the title without the panel's configuration.
func fromSource(fr *Frame, f *Field, differ bool, label string) string {
	if f.Config.DisplayNameFromDS != "" {
		return f.Config.DisplayNameFromDS
	}
	if f.Kind == Time && len(f.Labels) == 0 {
		if f.Name == "" {
			return "Time"
		}
		return f.Name
	}
	var parts []string
	if differ && fr.Name != "" {
		parts = append(parts, fr.Name)
	}
	if f.Name != "" && f.Name != valueName {
		parts = append(parts, f.Name)
	}
	switch {
	case len(f.Labels) == 0:
	case label != "":
		parts = append(parts, f.Labels[label])
	default:
		parts = append(parts, labelText(f.Labels))
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, " ")
	case fr.Name != "":
		return fr.Name
	case f.Name != "":
		return f.Name
	}
	return valueName
}

func namesDiffer(frames []Frame) bool {
	for _, f := range frames {
		if f.Name != frames[0].Name {
			return true
		}
	}
	return false
}

// onlyLabel is the name of the one label that fields have, if all that have any
// have just this one; its value is then enough.
func onlyLabel(frames []Frame) string {
	only := ""
	for _, fr := range frames {
		for _, f := range fr.Fields {
			for name := range f.Labels {
				if only != "" && only != name {
					return ""
				}
				only = name
			}
		}
	}
	return only
}

// labelText writes labels as Grafana does in titles.
func labelText(labels map[string]string) string {
	parts := make([]string, 0, len(labels))
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		parts = append(parts, fmt.Sprintf(`%s="%s"`, name, labels[name]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// fieldReference matches the variables that a display name may hold.
var fieldReference = regexp.MustCompile(`\$\{__(field|series|frame)\.(name|displayName|refId|labels(?:\.([^}\s]+)|\["([^"\]]+)"\])?)\}|\$__(field|series|frame)_name|\$__cell(?:_\d+)?`)

// fill puts the parts of a field into a display name; a label that is not there
// is empty.
func fill(text string, fr *Frame, f *Field, given string) string {
	if !strings.Contains(text, "$") {
		return text
	}
	return fieldReference.ReplaceAllStringFunc(text, func(ref string) string {
		m := fieldReference.FindStringSubmatch(ref)
		switch {
		case m[1] == "field" && m[2] == "labels":
			return strings.Trim(labelText(f.Labels), "{}")
		case m[1] == "field" && strings.HasPrefix(m[2], "labels"):
			return f.Labels[m[3]+m[4]]
		case m[1] == "field" && m[2] == "name" || m[5] == "field":
			return f.Name
		case m[1] == "field" && m[2] == "displayName":
			return given
		case m[2] == "refId":
			return fr.RefID
		case m[1] == "series" || m[5] == "series":
			if fr.Name != "" {
				return fr.Name
			}
			return given
		case m[1] == "frame" || m[5] == "frame":
			return fr.Name
		}
		return ref
	})
}
