package modern_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/ginsight/ginsight/dashboards/modern"
)

func TestCanonical(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"keys are sorted, server fields go", `{"b":1,"a":2,"id":7,"version":3}`, "{\n  \"a\": 2,\n  \"b\": 1\n}\n"},
		{"only the board's own id and version go", `{"p":[{"id":7,"version":3}]}`,
			"{\n  \"p\": [\n    {\n      \"id\": 7,\n      \"version\": 3\n    }\n  ]\n}\n"},
		{"numbers are short", `{"a":2.50,"b":1e3,"c":0.000001,"d":4160082088681472}`,
			"{\n  \"a\": 2.5,\n  \"b\": 1000,\n  \"c\": 0.000001,\n  \"d\": 4160082088681472\n}\n"},
		{"text stays as it is", `{"a":"x < y & z > \u00e9"}`, "{\n  \"a\": \"x < y & z > é\"\n}\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := modern.Canonical([]byte(tc.in))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for _, in := range []string{"", "null", "[]", "{", `{} {}`, `"text"`} {
		if _, err := modern.Canonical([]byte(in)); err == nil || !strings.Contains(err.Error(), "parse dashboard") {
			t.Errorf("%q: got %v", in, err)
		}
	}
}

// The canonical form of a canonical form is itself: publishing compares on it.
func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"a":[1,2.5,{"b":null}],"id":1}`))
	f.Add([]byte(`{"big":12345678901234567890,"e":1e400}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		once, err := modern.Canonical(in)
		if err != nil {
			return
		}
		twice, err := modern.Canonical(once)
		if err != nil {
			t.Fatalf("the canonical form does not parse: %v\n%s", err, once)
		}
		if !bytes.Equal(once, twice) {
			t.Fatalf("not stable:\n%s\n%s", once, twice)
		}
	})
}
