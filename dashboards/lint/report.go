package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Result is what was found in one file.
type Result struct {
	// File is its name, empty for a board that is in no file.
	File  string `json:"file,omitempty"`
	Title string `json:"title"`
	// Fixed has been repaired, Problems is still there.
	Fixed    []Problem `json:"fixed,omitempty"`
	Problems []Problem `json:"problems"`
}

// Formats are the names that Write takes.
func Formats() []string { return []string{"table", "json", "github"} }

// CheckFormat reports a name that is none of the Formats.
func CheckFormat(format string) error {
	if slices.Contains(Formats(), format) {
		return nil
	}
	return fmt.Errorf("there is no format %q: take %s", format, strings.Join(Formats(), ", "))
}

// Write prints results in one of the Formats; the error tells of another format,
// or that w failed.
func Write(w io.Writer, format string, results []Result) error {
	switch format {
	case "table":
		return writeTable(w, results)
	case "json":
		for i := range results {
			if results[i].Problems == nil {
				results[i].Problems = []Problem{} // [] is easier to read for a program than null
			}
		}
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(results)
	case "github":
		return writeGitHub(w, results)
	}
	return CheckFormat(format)
}

func (r Result) name() string {
	if r.File != "" {
		return r.File
	}
	return r.Title
}

// writeTable is for people: a paragraph for each file with something to say, and
// a summary.
func writeTable(w io.Writer, results []Result) error {
	var found, fixable, fixed int
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range results {
		fixed += len(r.Fixed)
		found += len(r.Problems)
		if len(r.Fixed)+len(r.Problems) == 0 {
			continue
		}
		fmt.Fprintln(t, r.name())
		for _, p := range r.Fixed {
			fmt.Fprintf(t, "  fixed\t%s\t%s: %s\n", p.Rule, p.Where(), p.Text)
		}
		for _, p := range r.Problems {
			if p.Fixable {
				fixable++
			}
			fmt.Fprintf(t, "  %d\t%s\t%s: %s\n", p.Line, p.Rule, p.Where(), p.Text)
		}
		// Each file has columns of its own.
		if err := t.Flush(); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, summary(len(results), found, fixable, fixed))
	return err
}

func summary(boards, found, fixable, fixed int) string {
	text := fmt.Sprintf("%s, %s", count(boards, "dashboard"), count(found, "problem"))
	if fixable > 0 {
		text += fmt.Sprintf(" (--fix repairs %d)", fixable)
	}
	if fixed > 0 {
		text += fmt.Sprintf(", %d fixed", fixed)
	}
	return text
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// writeGitHub prints workflow commands, which GitHub shows beside the line.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
func writeGitHub(w io.Writer, results []Result) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, r := range results {
		for _, p := range r.Problems {
			where := ""
			text := p.Where() + ": " + p.Text
			if r.File != "" {
				where = fmt.Sprintf("file=%s,line=%d,", property.Replace(r.File), p.Line)
			} else {
				text = r.Title + ": " + text
			}
			if _, err := fmt.Fprintf(w, "::error %stitle=%s::%s\n", where, property.Replace(p.Rule), data.Replace(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// WriteRules prints a line for each rule.
func WriteRules(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range Rules() {
		fix := ""
		if r.Fixes {
			fix = "fix"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", r.ID, fix, r.What)
	}
	return t.Flush()
}

// Explain prints all that there is to say about the rule.
func (r Rule) Explain(w io.Writer) error {
	fix := ""
	if r.Fixes {
		fix = "\n\nlint --fix repairs it."
	}
	_, err := fmt.Fprintf(w, "%s\n\nWhat: %s\n\nWhy:  %s\n\nHow:  %s%s\n", r.ID, r.What, r.Why, r.How, fix)
	return err
}
