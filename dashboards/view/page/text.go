package page

import (
	"encoding/json"

	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// textOptions are the options of a text panel with the variables in its content
// put in; options of another shape stay as they are.
func textOptions(raw json.RawMessage, values variable.Values) json.RawMessage {
	var options map[string]any
	if json.Unmarshal(raw, &options) != nil {
		return raw
	}
	content, ok := options["content"].(string)
	if !ok {
		return raw
	}
	options["content"] = values.Interpolate(content, variable.Text)
	out, err := json.Marshal(options)
	if err != nil {
		return raw
	}
	return out
}
