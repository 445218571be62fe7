package main

import "github.com/ginsight/ginsight/dashboards/lint"

// boardExceptions is the one place where rules do not hold for our own boards.
func boardExceptions() lint.Config {
	return lint.Config{Exceptions: []lint.Exception{
		{
			Rule: "template-job", Variable: "job", Text: "its value for all",
			Reason: "All jobs are those that the picker lists, not every job of the Prometheus server: " +
				"series such as process_cpu_seconds_total exist on jobs that a board is not about.",
		},
		{
			Rule: "uneditable-dashboard",
			Reason: "Who looks into an incident may change a panel; publish notices the edit, keeps it " +
				"until it is told to overwrite it, and a file of Grafana's provisioning cannot be saved over anyway.",
		},
		{
			Rule: "target-rate-interval", Dashboard: "ginsight-slo",
			Reason: "A burn rate and a budget look back over the windows of the objective, whatever the page shows.",
		},
	}}
}
