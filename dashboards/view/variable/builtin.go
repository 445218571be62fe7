package variable

import (
	"maps"
	"strconv"
	"time"

	promodel "github.com/prometheus/common/model"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// with adds built-in variables.
// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
func (v Values) with(builtIns map[string]string) Values {
	all := make(map[string]string, len(v.builtIns)+len(builtIns))
	maps.Copy(all, v.builtIns)
	maps.Copy(all, builtIns)
	v.builtIns = all
	return v
}

// Ranged sets $__range, $__from, $__to and their kin.
func (v Values) Ranged(r model.Range) Values {
	v.from, v.to, v.zone = r.From, r.To, r.Zone
	length := r.To.Sub(r.From)
	seconds := strconv.FormatInt(int64(length.Round(time.Second)/time.Second), 10)
	from, to := strconv.FormatInt(r.From.UnixMilli(), 10), strconv.FormatInt(r.To.UnixMilli(), 10)
	return v.with(map[string]string{
		"__range":    seconds + "s",
		"__range_s":  seconds,
		"__range_ms": strconv.FormatInt(length.Milliseconds(), 10),
		"__from":     from, "__to": to,
		"__url_time_range": "from=" + from + "&to=" + to,
		"timeFilter":       "", "__timeFilter": "",
	})
}

// Stepped sets $__interval and $__rate_interval and their kin.
func (v Values) Stepped(interval, rate time.Duration) Values {
	ms := func(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
	return v.with(map[string]string{
		"__interval": Duration(interval), "__interval_ms": ms(interval),
		"__rate_interval": Duration(rate), "__rate_interval_ms": ms(rate),
	})
}

// boarded sets what names the dashboard.
func (v Values) boarded(b model.Board) Values {
	return v.with(map[string]string{"__dashboard": b.Title, "__dashboard.uid": b.UID, "__dashboard.title": b.Title, "__dashboard.name": b.Title})
}

// Duration writes a duration as PromQL does, such as 1m or 1h30m.
func Duration(d time.Duration) string { return promodel.Duration(d).String() }
