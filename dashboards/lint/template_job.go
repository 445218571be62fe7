package lint

func templateJob() Rule {
	return Rule{
		ID:    "template-job",
		What:  "There is a variable job over all jobs: labelled job, filled from the picked Prometheus, for several values, with .+ for all.",
		Why:   "Every series of Prometheus has the label, so a dashboard with the picker serves every service that has the metrics.",
		How:   "Add a variable of type query, such as label_values(up, job), with multi, includeAll and allValue \".+\".",
		check: func(b *Board, report report) { templateLabel(b, "job", report) },
	}
}
