package telemetry

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/attribute"

	"github.com/ginsight/ginsight/telemetry/catalog"
)

// maxAttributes is how many attributes a service can add. Each is a part of the
// key by which the series of a request is found, so room for more would cost
// everybody.
const maxAttributes = 4

// Attribute is an attribute of the service's own on the metrics of its requests.
// It has to be declared: which values it has, or at most how many. All other
// values are reported as _OTHER, so that no client can make up series.
//
// Queries know the label once the service's own catalogue has it:
//
//	var RequestDuration = catalog.RequestDuration.With("shop.tenant")
type Attribute struct {
	// Label is the attribute's name, such as shop.tenant.
	Label catalog.Label
	// Value is called when the handlers are done, and may look at the response
	// as well. Empty means that this request has no such attribute. A panic in
	// it counts, and goes on, as one of the request's.
	Value func(*gin.Context) string
	// Values are all the values that are reported.
	Values []string
	// Limit is used if there are no Values: the first so many different values
	// are reported, until the service restarts.
	Limit int
}

// attributes are the service's own, with the values seen of each.
type attributes []*boundedAttribute

type boundedAttribute struct {
	Attribute
	values bounded[string]
}

func newAttributes(declared []Attribute) (attributes, error) {
	if len(declared) > maxAttributes {
		return nil, fmt.Errorf("HTTP.Attributes: there are %d, at most %d are possible", len(declared), maxAttributes)
	}
	taken := catalog.RequestDuration.Labels
	var attrs attributes
	var errs []error
	for _, a := range declared {
		errs = append(errs, a.validate(taken))
		taken = append(slices.Clip(taken), a.Label)
		bound := &boundedAttribute{Attribute: a}
		bound.values.init(a.Limit, strings.Clone)
		if len(a.Values) > 0 {
			bound.values.init(len(a.Values), strings.Clone)
			for _, v := range a.Values {
				bound.values.id(v)
			}
		}
		attrs = append(attrs, bound)
	}
	return attrs, errors.Join(errs...)
}

func (a Attribute) validate(taken []catalog.Label) error {
	same := func(l catalog.Label) bool { return l.Name() == a.Label.Name() }
	switch {
	case a.Label.Name() == "":
		return fmt.Errorf("HTTP.Attributes: %q cannot be a label", a.Label)
	case slices.ContainsFunc(taken, same):
		return fmt.Errorf("HTTP.Attributes: request metrics have a label %q already", a.Label.Name())
	case a.Value == nil:
		return fmt.Errorf("HTTP.Attributes: %s has no Value", a.Label)
	case (len(a.Values) == 0) == (a.Limit <= 0):
		return fmt.Errorf("HTTP.Attributes: %s needs either Values or a Limit", a.Label)
	case max(len(a.Values), a.Limit) > maxValues:
		return fmt.Errorf("HTTP.Attributes: %s can have at most %d values", a.Label, maxValues)
	}
	return nil
}

// of asks the hooks, if there are any.
func (attrs attributes) of(c *gin.Context) (ids [maxAttributes]valueID, panicked any) {
	if len(attrs) > 0 {
		return attrs.ask(c)
	}
	return ids, nil
}

// ask returns what a hook panics with, because the request is to be counted all
// the same.
func (attrs attributes) ask(c *gin.Context) (ids [maxAttributes]valueID, panicked any) {
	defer func() { panicked = recover() }()
	for i, a := range attrs {
		ids[i] = a.values.id(a.Value(c))
	}
	return ids, nil
}

func (attrs attributes) attributes(ids [maxAttributes]valueID) []attribute.KeyValue {
	var kvs []attribute.KeyValue
	for i, a := range attrs {
		switch value, ok := a.values.value(ids[i]); {
		case ok:
			kvs = append(kvs, attribute.String(string(a.Label), value))
		case ids[i] == otherValue:
			kvs = append(kvs, attribute.String(string(a.Label), other))
		}
	}
	return kvs
}
