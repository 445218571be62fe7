package preview

import (
	"errors"
	"fmt"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// The span that may be asked for, so that no link makes a server sweat.
const (
	shortest = time.Second
	longest  = 3 * 366 * 24 * time.Hour
)

// span reads both ends of a range and keeps it within bounds.
func span(from, to string, now time.Time, zone *time.Location) (model.Range, error) {
	r, err := model.ParseRange(from, to, now, zone)
	if err != nil {
		return model.Range{}, err
	}
	switch long := r.To.Sub(r.From); {
	case long < shortest:
		return model.Range{}, errors.New("the time range must start at least a second before it ends")
	case long > longest:
		return model.Range{}, fmt.Errorf("the time range is longer than %d years", longest/(366*24*time.Hour))
	}
	return r, nil
}
