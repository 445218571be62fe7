package panel

import (
	"cmp"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// barFrame is the frame that is drawn: the only one with numbers, or one of all
// of them with a row for each name that any has.
func barFrame(in Input, xField string) (frame.Frame, bool) {
	var frames []frame.Frame
	for _, f := range in.Frames {
		if hasNumbers(f) && !f.Exemplars {
			frames = append(frames, f)
		}
	}
	switch len(frames) {
	case 0:
		return frame.Frame{}, false
	case 1:
		return frames[0], true
	}
	return joinBars(frames, xField), true
}

// barKey is a name of a row: a text or a time.
type barKey struct {
	text string
	time int64
}

// joinBars puts frames beside each other. Times are sorted, texts are in the order
// in which they come; frames with names of the other kind are left out.
func joinBars(frames []frame.Frame, xField string) frame.Frame {
	first := barNames(frames[0], xField)
	if first == nil || first.Kind == frame.Number {
		return frames[0]
	}
	var keys []barKey
	places := map[barKey]int{}
	for _, f := range frames {
		x := barNames(f, xField)
		for i := 0; x != nil && x.Kind == first.Kind && i < x.Len() && len(keys) <= barMost/len(frames); i++ {
			k := keyAt(x, i)
			if _, ok := places[k]; !ok {
				places[k] = len(keys)
				keys = append(keys, k)
			}
		}
	}
	if first.Kind == frame.Time {
		slices.SortFunc(keys, func(a, b barKey) int { return cmp.Compare(a.time, b.time) })
		for i, k := range keys {
			places[k] = i
		}
	}
	names := *first
	names.Times, names.Strings = nil, nil
	for _, k := range keys {
		names.Times = append(names.Times, k.time)
		names.Strings = append(names.Strings, k.text)
	}
	joined := frame.Frame{Fields: []*frame.Field{&names}}
	for _, f := range frames {
		joined.Fields = append(joined.Fields, placedBars(f, barNames(f, xField), first.Kind, places)...)
	}
	return joined
}

func keyAt(x *frame.Field, i int) barKey {
	if x.Kind == frame.Time {
		return barKey{time: x.Times[i]}
	}
	return barKey{text: textAt(x, i)}
}

// placedBars are the numbers of a frame in the rows of all names.
func placedBars(f frame.Frame, x *frame.Field, kind frame.Kind, places map[barKey]int) []*frame.Field {
	if x == nil || x.Kind != kind {
		return nil
	}
	var fields []*frame.Field
	for _, field := range f.Fields {
		if field == nil || field.Kind != frame.Number || len(places) == 0 {
			continue
		}
		placed := *field
		placed.Numbers = slices.Repeat([]float64{frame.Null}, len(places))
		for i := range min(x.Len(), field.Len()) {
			if at, ok := places[keyAt(x, i)]; ok {
				placed.Numbers[at] = field.Numbers[i]
			}
		}
		fields = append(fields, &placed)
	}
	return fields
}
