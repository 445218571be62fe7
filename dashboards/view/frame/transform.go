package frame

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// transformation is one of Grafana's. It may change fields and frames, which are
// copies, but not the values in them. Titles of fields are set.
type transformation func([]Frame, json.RawMessage) ([]Frame, error)

// transformations finds one by its id.
func transformations(id string) transformation {
	switch id {
	case "merge":
		return merge
	case "organize":
		return organize
	case "reduce":
		return reduceFrames
	case "joinByField", "seriesToColumns":
		return joinByField
	case "sortBy":
		return sortBy
	case "filterFieldsByName":
		return filterFieldsByName
	case "filterByRefId", "filterFramesByRefId":
		return filterByRefID
	case "filterByValue":
		return filterByValue
	case "labelsToFields":
		return labelsToFields
	case "renameByRegex":
		return renameByRegex
	case "calculateField":
		return calculateField
	case "groupBy":
		return groupBy
	case "limit":
		return limit
	case "seriesToRows":
		return seriesToRows
	case "concatenate":
		return concatenate
	case "rowsToFields":
		return rowsToFields
	case "timeSeriesTable":
		return timeSeriesTable
	case "convertFieldType":
		return convertFieldType
	case "prepareTimeSeries":
		return unchanged // panels take every form of time series
	}
	return nil
}

func unchanged(frames []Frame, _ json.RawMessage) ([]Frame, error) { return frames, nil }

// transformAll runs the steps that are not disabled, one after the other.
func transformAll(steps []model.Transformation, frames []Frame) ([]Frame, error) {
	for _, s := range steps {
		if s.Disabled {
			continue
		}
		run := transformations(s.ID)
		if run == nil {
			return nil, fmt.Errorf("the transformation %q is not known here", s.ID)
		}
		setTitles(frames)
		meant, rest := split(frames, s.Filter)
		out, err := run(meant, s.Options)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID, err)
		}
		frames = slices.Concat(out, rest)
	}
	return frames, nil
}

func setTitles(frames []Frame) {
	name := namer(frames)
	for i := range frames {
		for _, f := range frames[i].Fields {
			f.Title = name(&frames[i], f)
		}
	}
}

// split takes the frames that a step is for.
func split(frames []Frame, filter *model.Matcher) (meant, rest []Frame) {
	if filter == nil || filter.ID == "" {
		return frames, nil
	}
	id := textOption(filter.Options)
	re, err := model.Pattern("^(?:" + id + ")$")
	for _, f := range frames {
		if f.RefID == id || err == nil && re.MatchString(f.RefID) {
			meant = append(meant, f)
		} else {
			rest = append(rest, f)
		}
	}
	return meant, rest
}

// each runs a step on every frame.
func each(frames []Frame, step func(Frame) Frame) []Frame {
	out := make([]Frame, len(frames))
	for i, f := range frames {
		out[i] = step(f)
	}
	return out
}

// keepFields leaves out fields; a frame with none left goes too.
func keepFields(frames []Frame, keep func(*Frame, *Field) bool) []Frame {
	var out []Frame
	for _, fr := range frames {
		kept := fr
		kept.Fields = nil
		for _, f := range fr.Fields {
			if keep(&fr, f) {
				kept.Fields = append(kept.Fields, f)
			}
		}
		if len(kept.Fields) > 0 {
			out = append(out, kept)
		}
	}
	return out
}
