package sourcetest

import (
	"testing"

	"github.com/ginsight/ginsight/dashboards/view/frame"
	"github.com/ginsight/ginsight/dashboards/view/source"
)

// All panels of the dashboard have the data they were measured with.
func TestReference(t *testing.T) {
	b, src, r := Reference()
	if len(b.Panels) != 56 {
		t.Errorf("%d panels", len(b.Panels))
	}
	empty := map[int64]bool{29: true, 51: true, 52: true, 53: true}
	for _, p := range b.Panels {
		frames, err := src.Query(t.Context(), source.Query{Panel: p, Range: r})
		if (err != nil) != (p.ID == 53) {
			t.Errorf("panel %d: %v", p.ID, err)
		}
		if _, err := frame.Apply(p, frames); err != nil {
			t.Errorf("panel %d: %v", p.ID, err)
		}
		if (len(frames) == 0) != (p.Type == "row" || empty[p.ID]) {
			t.Errorf("panel %d has %d frames", p.ID, len(frames))
		}
		for _, f := range frames {
			for _, field := range f.Fields {
				if field.Len() != f.Len() || f.Len() == 0 {
					t.Errorf("panel %d: field %s has %d of %d rows", p.ID, field.Name, field.Len(), f.Len())
				}
			}
		}
	}
	if p, ok := Panel(b, 56); !ok || p.Type == "row" {
		t.Error("the panel in the collapsed row was not found")
	}
}

func TestReadCSV(t *testing.T) {
	f, err := ReadCSV("time,a,\"n{x=1,y=\"\"2\"\"}\",up,s\n1,,3,true,\n2,5,4,false,x\n")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []frame.Kind{frame.Time, frame.Number, frame.Number, frame.Bool, frame.String}
	for i, field := range f.Fields {
		if field.Kind != kinds[i] {
			t.Errorf("%s is of kind %d", field.Name, field.Kind)
		}
	}
	if !frame.IsNull(f.Fields[1].Numbers[0]) || f.Fields[3].Numbers[0] != 1 || f.Fields[3].Numbers[1] != 0 {
		t.Errorf("the values are %v and %v", f.Fields[1].Numbers, f.Fields[3].Numbers)
	}
	if l := f.Fields[2].Labels; l["x"] != "1" || l["y"] != "2" || f.Fields[2].Name != "n" {
		t.Errorf("the labels are %v", l)
	}
}
