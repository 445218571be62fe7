package check

import (
	"fmt"
	"io"
	"strings"
)

// writeGitHub prints a workflow command for each finding, which GitHub shows
// beside the line of the file.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func (r Report) writeGitHub(w io.Writer) error {
	level := map[Severity]string{SeverityError: "error", SeverityWarning: "warning", SeverityUndecided: "notice"}
	for _, f := range r.Findings {
		var place string
		if f.File != "" {
			place = fmt.Sprintf("file=%s,line=%d,", githubProperty(f.File), max(f.FileLine, 1))
		}
		_, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level[f.Severity], place, githubProperty(f.Rule), githubData(f.String()))
		if err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, r.Summary())
	return err
}

func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func githubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
