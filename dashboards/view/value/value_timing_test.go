package value

import (
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
)

// A table asks for each of its cells.
func BenchmarkNumber(b *testing.B) {
	for name, config := range map[string]string{
		"short":    `{"unit": "short", "color": {"mode": "palette-classic"}}`,
		"seconds":  `{"unit": "s", "color": {"mode": "thresholds"}, ` + steps + `}`,
		"mappings": mappings,
		"scheme":   `{"unit": "bytes", "color": {"mode": "continuous-GrYlRd"}}`,
	} {
		p := For(field(b, frame.Number, config), theme.Theme{}, nil)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Number(12345.678)
			}
		})
	}
}

func BenchmarkFor(b *testing.B) {
	f := field(b, frame.Number, `{"unit": "reqps", "color": {"mode": "thresholds"}, `+steps+`}`)
	b.ReportAllocs()
	for b.Loop() {
		For(f, theme.Theme{}, nil)
	}
}
