// Package boards has the dashboards, one file each. A file reads like its page:
// the board lists its rows, and every panel is a function of its own.
package boards

import (
	"encoding/json"
	"time"

	"github.com/ginsight/ginsight/dashboards/check"
	"github.com/ginsight/ginsight/dashboards/panels"
	"github.com/ginsight/ginsight/dashboards/query"
	"github.com/ginsight/ginsight/telemetry/catalog"
)

// All lists every board, asking for classic histograms.
func All() []panels.Board { return In(query.Classic) }

// In lists every board for a form of histograms. The boards are the same ones,
// with the same uids: a Prometheus holds one form, or both while it moves from
// one to the other.
func In(f query.Form) []panels.Board {
	list := []panels.Board{
		HTTPOverview(), Routes(), SLO(), GoRuntime(), HTTPClient(), Fleet(), Prometheus(),
	}
	for i := range list {
		list[i].Form = f
		list[i].Annotations = events()
	}
	return list
}

// DeploymentTag is the tag of annotations that say what was deployed: all boards
// show those that have it, whoever made them.
const DeploymentTag = "deployment"

// events are what explains most sudden changes: what somebody or a pipeline said
// that it deployed, a version that was not there a minute ago, and a process that
// started anew.
func events() []panels.Annotation {
	version := []catalog.Label{catalog.Job, catalog.ServiceVersion}
	process := []catalog.Label{catalog.Job, catalog.Instance}
	return []panels.Annotation{
		{Title: "Deployment notes", Color: "purple", Tags: []string{DeploymentTag}},
		{
			Title: "Deployment", Color: "blue", Text: query.Legend("%s %s", version...),
			Expr: query.Value(catalog.TargetInfo, target()...).Present(version...).Unless(
				query.ValueAgo(time.Minute, catalog.TargetInfo, target()...).Present(version...)),
		},
		{
			Title: "Restart", Color: "orange", Text: query.Legend("%s %s", process...),
			Expr: query.Last(time.Minute).Changes(catalog.ProcessStartTime, target()...).Sum(process...).AtMostOne(),
		},
	}
}

// JSON builds every board, in order.
func JSON() ([]json.RawMessage, error) { return JSONIn(query.Classic) }

// JSONIn builds every board for a form of histograms.
func JSONIn(f query.Form) ([]json.RawMessage, error) {
	var out []json.RawMessage
	for _, b := range In(f) {
		raw, err := b.JSON()
		if err != nil {
			return nil, err
		}
		out = append(out, raw)
	}
	return out, nil
}

// Checked builds every board and reads it back as [check] does any dashboard.
func Checked() ([]check.Board, error) { return CheckedIn(query.Classic) }

// CheckedIn is [Checked] for a form of histograms.
func CheckedIn(f query.Form) ([]check.Board, error) {
	raw, err := JSONIn(f)
	if err != nil {
		return nil, err
	}
	var out []check.Board
	for _, r := range raw {
		b, err := check.Parse(r)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// The pickers that boards share. "All" jobs are the ones that the picker lists,
// not every job of the Prometheus server: series such as
// process_cpu_seconds_total exist on jobs that a board is not about. Within
// these jobs, all instances are simply all, so that the query stays short in a
// large fleet. Requests that match no route carry no route, and .* keeps them.
var (
	job      = query.Variable{Name: "job", Title: "Job", Label: catalog.Job}
	instance = query.Variable{Name: "instance", Title: "Instance", Label: catalog.Instance, All: ".+"}
	route    = query.Variable{Name: "route", Title: "Route", Label: catalog.Route, All: ".*"}
)

// target narrows a query to the picked jobs and instances.
func target(more ...query.Matcher) []query.Matcher {
	return append([]query.Matcher{job.Selected(), instance.Selected()}, more...)
}

// pickers are the pickers for job and instance, filled from a series that the
// board is about.
func pickers(from catalog.Series) []panels.Variable {
	return []panels.Variable{
		{Variable: job, From: from},
		{Variable: instance, From: from, Where: []query.Matcher{job.Selected()}},
	}
}
