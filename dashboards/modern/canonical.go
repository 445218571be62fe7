package modern

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Canonical rewrites dashboard JSON into the one form in which two dashboards
// can be compared byte by byte: keys sorted, numbers in their shortest form,
// two spaces of indentation, a final newline, and without the fields that a
// Grafana server adds to what it was sent (id and version). It returns an error
// if raw is not a single JSON object.
func Canonical(raw []byte) ([]byte, error) {
	board, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("parse dashboard: %w", err)
	}
	delete(board, "id")
	delete(board, "version")
	return encode(shorten(board).(map[string]any))
}

// decode reads a single JSON object. Numbers stay as they are written: a
// server's ids have 16 digits, more than a float64 keeps.
func decode(raw []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var object map[string]any
	if err := dec.Decode(&object); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("more than one JSON value")
	}
	if object == nil {
		return nil, errors.New("null is not an object")
	}
	return object, nil
}

// encode writes a JSON object as Canonical describes it.
func encode(board map[string]any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // Grafana stores < and > as they are
	enc.SetIndent("", "  ")
	if err := enc.Encode(board); err != nil {
		return nil, fmt.Errorf("write dashboard: %w", err)
	}
	return out.Bytes(), nil
}

// shorten rewrites every number below v to its shortest form, as Grafana's
// storage does (2.50 becomes 2.5, 1e3 becomes 1000).
func shorten(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = shorten(e)
		}
	case []any:
		for i, e := range v {
			v[i] = shorten(e)
		}
	case json.Number:
		if _, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return v
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
	}
	return v
}
