package frame

import (
	"encoding/json"
	"fmt"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// transformations are Grafana's by their id. They may change fields and frames
// but not the values in them.
var transformations = map[string]func([]Frame, json.RawMessage) ([]Frame, error){}

// transformAll runs the steps that are not disabled, one after the other.
func transformAll(steps []model.Transformation, frames []Frame) ([]Frame, error) {
	for _, s := range steps {
		if s.Disabled {
			continue
		}
		run := transformations[s.ID]
		if run == nil {
			return nil, fmt.Errorf("the transformation %q is not known here", s.ID)
		}
		var err error
		if frames, err = run(frames, s.Options); err != nil {
			return nil, fmt.Errorf("%s: %w", s.ID, err)
		}
	}
	return frames, nil
}
