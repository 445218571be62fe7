package lint

func templateInstance() Rule {
	return Rule{
		ID:    "template-instance",
		What:  "There is a variable instance over all instances: labelled instance, filled from the picked Prometheus, for several values, with .+ for all.",
		Why:   "Every series of Prometheus has the label, and the first question in an incident is whether all instances are affected or one.",
		How:   "Add a variable of type query, such as label_values(up{job=~\"$job\"}, instance), with multi, includeAll and allValue \".+\".",
		check: func(b *Board, report report) { templateLabel(b, "instance", report) },
	}
}
