package model

import "errors"

var errResource = errors.New("parse dashboard: this resource (apiVersion, kind, spec) has no panels; export the dashboard in the classic format")

// parseResource reads the spec of a dashboard resource.
func parseResource(spec []byte, depth int) (Board, error) {
	b, err := parse(spec, depth+1)
	if errors.Is(err, ErrNoBoard) {
		err = errResource
	}
	return b, err
}
