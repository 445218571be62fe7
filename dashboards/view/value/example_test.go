package value_test

import (
	"fmt"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/theme"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

func ExampleFormat() {
	one := 1
	fmt.Println(value.Format("s", 0.001234, nil, nil))
	fmt.Println(value.Format("bytes", 1536, &one, nil))
	fmt.Println(value.Format("reqps", 12345, nil, nil))
	fmt.Println(value.Format("currencyUSD", -1500, nil, nil))
	fmt.Println(value.Format("dateTimeAsIso", 1767225600000, nil, time.UTC))
	fmt.Println(value.Format("a unit of my own", 3, nil, nil))
	// Output:
	// 1.23 ms
	// 1.5 KiB
	// 12.3K req/s
	// -$1.50K
	// 2026-01-01 00:00:00
	// 3 a unit of my own
}

func ExampleProcessor() {
	fifty := 50.0
	f := &frame.Field{Kind: frame.Number, Low: 0, High: 200, Config: frame.Config{
		Unit:     "percent",
		Color:    frame.Color{Mode: "thresholds"},
		NoValue:  "unknown",
		Mappings: []frame.Mapping{{Type: "value", Options: []byte(`{"0": {"text": "idle"}}`)}},
		Thresholds: frame.Thresholds{Steps: []frame.Step{
			{Color: "green"}, {Color: "red", Value: &fifty},
		}},
	}}
	p := value.For(f, theme.Theme{}, time.UTC)
	for _, v := range []float64{0, 12.3456, 100, frame.Null} {
		shown := p.Number(v)
		fmt.Println(shown, shown.Percent, shown.Color == theme.Theme{}.Color("red"))
	}
	// Output:
	// idle 0 false
	// 12.3% 0.061728 false
	// 100% 0.5 true
	// unknown 0 false
}
