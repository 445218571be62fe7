package axis_test

import (
	"fmt"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/axis"
	"github.com/ginsight/ginsight/dashboards/view/draw"
	"github.com/ginsight/ginsight/dashboards/view/value"
)

func ExampleValues() {
	lo, hi := axis.Range(0.13, 0.48, axis.Limits{})
	fmt.Println(lo, "to", hi)
	ticks, decimals := axis.Values(lo, hi, 181, "s")
	for _, v := range ticks {
		fmt.Println(value.Tick("s", v, nil, decimals, nil))
	}
	// Output:
	// 0.09 to 0.52
	// 100 ms
	// 200 ms
	// 300 ms
	// 400 ms
	// 500 ms
}

func ExampleTimes() {
	from := time.Date(2026, 1, 1, 0, 7, 37, 0, time.UTC)
	for _, tick := range axis.Times(from, from.Add(time.Hour), time.UTC, 321, draw.Font{Size: 12}.Width) {
		fmt.Print(tick.Label, " ")
	}
	// Output: 00:10 00:20 00:30 00:40 00:50 01:00
}

func ExampleLog() {
	lo, hi := axis.LogRange(3, 700, 10, axis.Limits{})
	fmt.Println(axis.Log(lo, hi, 200, 10))
	// Output: [1 10 100 1000]
}
