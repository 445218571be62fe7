package query

import (
	"fmt"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// Form is how histograms are stored, and so how they have to be asked for. One
// expression can be printed for either.
type Form uint8

const (
	// Classic histograms have one series for every bucket, one for the count and
	// one for the sum.
	Classic Form = iota
	// Native histograms are one series, with the buckets inside. Those whose
	// buckets are somebody else's choice, such as the Go runtime's, stay classic.
	// https://prometheus.io/docs/specs/native_histograms/
	Native
)

// name is the series to select.
func (f Form) name(s catalog.Series) string {
	if f == Native && s.Native.Family != "" {
		return s.Native.Family
	}
	return s.Name
}

// part takes out of a native histogram what the classic series holds.
func (f Form) part(s catalog.Series, text string) string {
	if f == Native && s.Native.Function != "" {
		return s.Native.Function + "(" + text + ")"
	}
	return text
}

// either is one expression or the other, by the form.
func either(classic, native Expr) Expr {
	if classic.err != nil || native.err != nil || classic.draw == nil || native.draw == nil {
		return classic
	}
	draw := func(f Form) piece {
		if f == Native {
			return native.draw(f)
		}
		return classic.draw(f)
	}
	return Expr{draw: draw, labels: classic.labels}
}

// formNames are how a flag names them.
var formNames = map[Form]string{Classic: "classic", Native: "native"}

// String, Set and Type let a flag hold a form.
func (f Form) String() string { return formNames[f] }

// Set reads a form's name.
func (f *Form) Set(name string) error {
	for form, known := range formNames {
		if name == known {
			*f = form
			return nil
		}
	}
	return fmt.Errorf("it is %s or %s", Classic, Native)
}

// Type is what the help of a flag calls the value.
func (Form) Type() string { return "form" }
