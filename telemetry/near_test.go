package telemetry

import (
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

// TestExchangesStayNearTheirContext fills every place with exchanges of contexts
// that never come back, as a burst of requests leaves them, and has live contexts
// find room again. No context may ever be given the exchange of another one.
func TestExchangesStayNearTheirContext(t *testing.T) {
	e := newTelemetry(t, Config{}).server
	serve := func(c *gin.Context) *exchange {
		x := e.begin(c, httptest.NewRequest("GET", "/x", nil))
		if x.context.Load() != c {
			t.Fatal("the exchange belongs to another context")
		}
		e.recorder.finish(&x.request, response{status: 200})
		x.live = false
		e.give(c, x)
		return x
	}
	dropped := make([]*gin.Context, 100*nearby)
	for i := range dropped {
		dropped[i] = &gin.Context{}
		serve(dropped[i])
	}
	taken := 0
	for i := range e.near {
		if e.near[i].Load() != nil {
			taken++
		}
	}
	if taken < nearby*9/10 {
		t.Fatalf("only %d places are taken", taken)
	}
	live := &gin.Context{}
	for range 2 * patience {
		serve(live)
	}
	if first, second := serve(live), serve(live); first != second {
		t.Error("a context in steady use found no place")
	}
	busy := e.begin(live, httptest.NewRequest("GET", "/x", nil))
	for range 2 * patience { // others want its place while it is in use
		for _, c := range dropped[:nearby] {
			if serve(c) == busy {
				t.Fatal("an exchange is used twice at once")
			}
		}
	}
}
