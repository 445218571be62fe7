package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/boards"
	"github.com/ginsight/ginsight/dashboards/lint"
	"github.com/ginsight/ginsight/dashboards/query"
)

// lintConfig is where exceptions are looked for unless a flag says otherwise.
const lintConfig = ".ginsight-lint.yml"

type lintFlags struct {
	config, format, explain string
	fix, rules              bool
	histograms              query.Form
}

func lintCommand() *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:   "lint [FILE.json|FOLDER ...]",
		Short: "Say what is wrong in dashboards without asking a server",
		Long: "Apply every rule to the boards, or to any dashboards given as files or folders.\n\n" +
			"Where a rule does not hold, a file says so and why (" + lintConfig + " in the working\n" +
			"directory, or --config):\n\n" +
			"  exceptions:\n" +
			"    - rule: target-rate-interval\n" +
			"      dashboard: shop          # uid or title; left out: all\n" +
			"      panel: Sold today        # likewise query, variable, and a part of the text\n" +
			"      reason: It shows a day, whatever the page shows.\n\n" +
			"Exit status: 0 if nothing is found, 1 if there is a problem, 2 if it could not be looked at.",
		Example: "  dashboards lint\n" +
			"  dashboards lint --fix dashboards/*.json\n" +
			"  dashboards lint --format github exported/\n" +
			"  dashboards lint --explain panel-stale",
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	cmd.Flags().StringVar(&f.config, "config", "", "file of exceptions (default "+lintConfig+" if there is one)")
	cmd.Flags().StringVar(&f.format, "format", "table", "how to print: "+strings.Join(lint.Formats(), ", "))
	cmd.Flags().BoolVar(&f.fix, "fix", false, "repair in the files what needs no judgement")
	cmd.Flags().BoolVar(&f.rules, "rules", false, "list the rules")
	histogramsFlag(cmd, &f.histograms)
	cmd.Flags().StringVar(&f.explain, "explain", "", "say what a rule demands, why, and how to satisfy it")
	return cmd
}

func (f lintFlags) run(cmd *cobra.Command, args []string) error {
	out := cmd.OutOrStdout()
	switch {
	case f.rules:
		return lint.WriteRules(out)
	case f.explain != "":
		rule, err := lint.Find(f.explain)
		if err != nil {
			return err
		}
		return rule.Explain(out)
	case f.fix && len(args) == 0:
		return errors.New("lint --fix needs files: our own boards are Go, so change their code")
	}
	// A wrong format must be noticed before files are changed.
	if err := lint.CheckFormat(f.format); err != nil {
		return err
	}
	if len(args) == 0 {
		list, err := boardsToLint(f.histograms)
		if err != nil {
			return err
		}
		return f.lint(cmd, boardExceptions(), list)
	}
	config, err := f.exceptions()
	if err != nil {
		return err
	}
	list, err := dashboardFiles(args, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	return f.lint(cmd, config, list)
}

// exceptions reads the file that the flag names, or the usual one if it is there.
func (f lintFlags) exceptions() (lint.Config, error) {
	name := f.config
	if name == "" {
		name = lintConfig
	}
	raw, err := os.ReadFile(name)
	if f.config == "" && errors.Is(err, fs.ErrNotExist) {
		return lint.Config{}, nil
	}
	if err != nil {
		return lint.Config{}, fmt.Errorf("read exceptions: %w", err)
	}
	c, err := lint.ParseConfig(raw)
	if err != nil {
		return lint.Config{}, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// lint looks at every file, one after the other since a folder can hold many, and
// repairs it if that is asked for.
func (f lintFlags) lint(cmd *cobra.Command, config lint.Config, files []file) error {
	if f.fix {
		// One that cannot be read ends it before another is changed.
		for _, file := range files {
			if _, err := parseBoard(file.name, file.body); err != nil {
				return err
			}
		}
	}
	results := make([]lint.Result, len(files))
	seen := config.Coverage()
	found := 0
	for i, file := range files {
		var err error
		if results[i], err = f.lintOne(config, seen, file); err != nil {
			return err
		}
		found += len(results[i].Problems)
	}
	for _, e := range seen.Unused() {
		fmt.Fprintf(cmd.ErrOrStderr(), "the exception of rule %s (%s) covers nothing any more: remove it\n", e.Rule, e.Reason)
	}
	if err := lint.Write(cmd.OutOrStdout(), f.format, results); err != nil {
		return err
	}
	if found > 0 {
		return errFinding
	}
	return nil
}

func (f lintFlags) lintOne(config lint.Config, seen *lint.Coverage, file file) (lint.Result, error) {
	board, err := parseBoard(file.name, file.body)
	if err != nil {
		return lint.Result{}, err
	}
	seen.See(board)
	result := lint.Result{File: file.name, Title: board.Title}
	if f.fix {
		if board, result.Fixed, err = repair(config, file); err != nil {
			return lint.Result{}, err
		}
	}
	result.Problems = config.Lint(board)
	return result, nil
}

func parseBoard(name string, body []byte) (*lint.Board, error) {
	board, err := lint.Parse(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return board, nil
}

// repair writes the file anew if there is something to repair, and reads it back.
func repair(config lint.Config, f file) (*lint.Board, []lint.Problem, error) {
	fixed, done, err := config.Fix(f.body)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", f.name, err)
	}
	if len(done) > 0 {
		if err := overwrite(f.name, fixed); err != nil {
			return nil, nil, err
		}
	}
	board, err := parseBoard(f.name, fixed)
	return board, done, err
}

// boardsToLint builds the boards of this project, which are in no file.
func boardsToLint(form query.Form) ([]file, error) {
	raw, err := boards.JSONIn(form)
	if err != nil {
		return nil, err
	}
	var out []file
	for _, body := range raw {
		out = append(out, file{body: body})
	}
	return out, nil
}
