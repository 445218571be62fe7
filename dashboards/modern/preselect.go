package modern

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// Preselect returns a board's JSON with a variable that starts on the values
// given; a user can still pick others. A board without such a variable comes
// back as it is. The error is about JSON that is no dashboard, or several values
// for a variable that takes one.
func Preselect(raw []byte, variable string, values ...string) ([]byte, error) {
	board, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("parse dashboard: %w", err)
	}
	for _, v := range loose.Objects(loose.At(board, "templating", "list")) {
		if v["name"] != variable {
			continue
		}
		if v["current"], err = selection(v["multi"] == true, values); err != nil {
			return nil, fmt.Errorf("variable %s: %w", variable, err)
		}
	}
	if raw, err = json.Marshal(board); err != nil {
		return nil, fmt.Errorf("write dashboard: %w", err)
	}
	return Canonical(raw)
}

func selection(multi bool, values []string) (map[string]any, error) {
	var picked any = values
	if !multi {
		if len(values) != 1 {
			return nil, errors.New("it takes one value")
		}
		picked = values[0]
	}
	return map[string]any{"selected": true, "text": picked, "value": picked}, nil
}
