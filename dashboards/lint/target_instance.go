package lint

func targetInstance() Rule {
	return Rule{
		ID:    "target-instance",
		What:  "Every selector of every query for Prometheus narrows instance to what is picked in the variable instance.",
		Why:   "Without it the panel shows all instances, whichever is picked.",
		How:   "Add instance=~\"$instance\" to the selector. A series that has no such label needs an exception.",
		check: func(b *Board, report report) { targetLabel(b, "instance", report) },
	}
}
