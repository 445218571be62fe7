package modern

// The foundation SDK's types have pointers wherever the schema has an optional
// field.

func pointer[T any](v T) *T { return &v }

// optional is nil for the zero value, so that the field is left out.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// value is the zero value for nil.
func value[T any](p *T) T {
	var v T
	if p != nil {
		v = *p
	}
	return v
}
