package check

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// generatedBoard is a dashboard of twenty panels with the queries of the rules'
// table, good and bad.
func generatedBoard(n int) string {
	var panels []string
	for i := range 20 {
		c := ruleCases[(n+i)%len(ruleCases)]
		panels = append(panels, fmt.Sprintf(`{"id":%d,"title":"P%d","type":"timeseries","fieldConfig":{"defaults":{"unit":%q}},"targets":[{"refId":"A","expr":%q},{"refId":"B","expr":%q,"legendFormat":%q}]}`,
			i, i, c.unit, c.bad, c.good, c.legend))
	}
	return fmt.Sprintf(`{"title":"Board %d","panels":[%s],"templating":{"list":[{"name":"shelf","type":"query","query":"label_values(stock, shelf)"}]}}`, n, strings.Join(panels, ",\n"))
}

func checkGenerated(t testing.TB, s *Schema, n int) int {
	t.Helper()
	var list []Board
	for i := range n {
		b, err := Parse([]byte(generatedBoard(i)))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, b)
	}
	r := Report{Findings: Static(s, list, 0)}
	if err := r.WriteAs(io.Discard, "sarif"); err != nil {
		t.Fatal(err)
	}
	return len(r.Findings)
}

// The findings grow with the boards: none is lost among many, none is doubled.
func TestManyBoards(t *testing.T) {
	s, n := ruleSchema(t), len(ruleCases)
	one := checkGenerated(t, s, n)
	if four := checkGenerated(t, s, 4*n); one == 0 || four != 4*one {
		t.Errorf("%d findings on %d boards and %d on four times as many", one, n, four)
	}
}

// BenchmarkBoards shows that the time for a board does not depend on how many
// there are: compare ns/board.
func BenchmarkBoards(b *testing.B) {
	s := ruleSchema(b)
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				checkGenerated(b, s, n)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/board")
		})
	}
}
