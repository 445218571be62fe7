package value

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/frame"
)

// isoLayout and usLayout are in the notation of [date].
const (
	isoLayout = "YYYY-MM-DD HH:mm:ss"
	usLayout  = "MM/DD/YYYY h:mm:ss a"
)

// date writes milliseconds since 1970 by a layout of moment.js.
type date string

// lastDate is what JavaScript counts up to, in milliseconds.
const lastDate = 8.64e15

func (f date) write(v float64, _ int, zone *time.Location) frame.Shown {
	if math.Abs(v) > lastDate {
		return frame.Shown{Text: "Invalid date"}
	}
	return frame.Shown{Text: string(f.append(nil, time.UnixMilli(int64(v)).In(zone)))}
}

// tokens are what a layout is made of, the longer ones first, with Go's layouts.
var tokens = []struct{ token, layout string }{
	{"YYYY", "2006"}, {"YY", "06"},
	{"MMMM", "January"}, {"MMM", "Jan"}, {"MM", "01"}, {"M", "1"},
	{"DD", "02"}, {"D", "2"}, {"dddd", "Monday"}, {"ddd", "Mon"},
	{"HH", "15"}, {"hh", "03"}, {"h", "3"}, {"mm", "04"}, {"m", "4"}, {"ss", "05"}, {"s", "5"},
	{"A", "PM"}, {"a", "pm"}, {"ZZ", "-0700"}, {"Z", "-07:00"}, {"z", "MST"},
}

func (f date) append(out []byte, t time.Time) []byte {
	for rest := string(f); rest != ""; {
		n := 1
		switch layout, length := token(rest); {
		case layout != "":
			out, n = t.AppendFormat(out, layout), length
		case strings.HasPrefix(rest, "SSS"):
			out, n = append(out, pad(float64(t.Nanosecond()/1e6), 3)...), 3
		case rest[0] == 'H':
			out = strconv.AppendInt(out, int64(t.Hour()), 10)
		case rest[0] == 'X':
			out = strconv.AppendInt(out, t.Unix(), 10)
		case rest[0] == 'x':
			out = strconv.AppendInt(out, t.UnixMilli(), 10)
		case rest[0] == '[': // what is in brackets stands for itself
			for n < len(rest) && rest[n] != ']' {
				n++
			}
			out = append(out, rest[1:n]...)
			n = min(n+1, len(rest))
		default:
			out = append(out, rest[0])
		}
		rest = rest[n:]
	}
	return out
}

func token(s string) (layout string, length int) {
	for _, t := range tokens {
		if strings.HasPrefix(s, t.token) {
			return t.layout, len(t.token)
		}
	}
	return "", 0
}
