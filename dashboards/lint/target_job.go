package lint

func targetJob() Rule {
	return Rule{
		ID:    "target-job",
		What:  "Every selector of every query for Prometheus narrows job to what is picked in the variable job.",
		Why:   "Without it the panel adds up every service that has the metric, also those that nobody picked.",
		How:   "Add job=~\"$job\" to the selector. A series that has no such label needs an exception.",
		check: func(b *Board, report report) { targetLabel(b, "job", report) },
	}
}
