package check

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"go.yaml.in/yaml/v3"
)

// ErrNoRules says that YAML is not a file of rules.
var ErrNoRules = errors.New("parse rules: there are no groups in it; is it a rule file of Prometheus?")

// rawGroup follows Prometheus' rule files, with the places of what is read.
type rawGroup struct {
	Name   string            `yaml:"name"`
	Labels map[string]string `yaml:"labels"`
	Rules  []struct {
		Record      string               `yaml:"record"`
		Alert       string               `yaml:"alert"`
		Expr        yaml.Node            `yaml:"expr"`
		Labels      map[string]yaml.Node `yaml:"labels"`
		Annotations map[string]yaml.Node `yaml:"annotations"`
	} `yaml:"rules"`
}

// ParseRules reads a file of recording and alerting rules, as Prometheus loads it
// or wrapped into the resource PrometheusRule of its operator. What Prometheus
// would refuse is no error here, but a finding.
func ParseRules(file string, raw []byte) (Board, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		return Board{}, fmt.Errorf("parse rules: %w", err)
	}
	groups, wrapped := groupsOf(&document)
	if groups == nil {
		return Board{}, ErrNoRules
	}
	b := Board{Title: file, File: file}
	if err := b.readGroups(groups); err != nil {
		return Board{}, fmt.Errorf("parse rules: %w", err)
	}
	if wrapped {
		var err error
		if raw, err = yaml.Marshal(map[string]*yaml.Node{"groups": groups}); err != nil {
			return Board{}, fmt.Errorf("parse rules: %w", err)
		}
	} else if decoder.Decode(&yaml.Node{}) == nil {
		b.refused(Finding{Where: "the file", Text: "has more than one YAML document, and Prometheus reads only the first"})
	}
	b.validate(raw, wrapped)
	return b, nil
}

// groupsOf finds the groups of a rule file, or of a PrometheusRule. Grafana's own
// alerts have groups too, but an apiVersion beside them.
func groupsOf(document *yaml.Node) (groups *yaml.Node, wrapped bool) {
	var file struct {
		APIVersion string    `yaml:"apiVersion"`
		Groups     yaml.Node `yaml:"groups"`
		Spec       struct {
			Groups yaml.Node `yaml:"groups"`
		} `yaml:"spec"`
	}
	var partly *yaml.TypeError
	if err := document.Decode(&file); err != nil && !errors.As(err, &partly) {
		return nil, false
	}
	switch {
	case file.APIVersion == "" && file.Groups.Kind == yaml.SequenceNode:
		return &file.Groups, false
	case file.APIVersion != "" && file.Spec.Groups.Kind == yaml.SequenceNode:
		return &file.Spec.Groups, true
	}
	return nil, false
}

func (b *Board) readGroups(node *yaml.Node) error {
	var groups []rawGroup
	var partly *yaml.TypeError
	if err := node.Decode(&groups); err != nil && !errors.As(err, &partly) {
		return err
	}
	for _, g := range groups {
		for _, r := range g.Rules {
			expr := followed(r.Expr)
			out := PromRule{
				Group: g.Name, Name: r.Record, Expr: expr.Value, Labels: maps.Clone(g.Labels), lineOf: map[string]int{},
				line: expr.Line, literal: expr.Style&yaml.LiteralStyle != 0,
			}
			if expr.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
				out.line++ // the text begins below the mark
			}
			if r.Alert != "" {
				out.Name, out.Alert = r.Alert, true
			}
			out.read("label ", &out.Labels, r.Labels)
			out.read("annotation ", &out.Annotations, r.Annotations)
			if out.Name != "" && out.Expr != "" {
				b.Rules = append(b.Rules, out)
			}
		}
	}
	return nil
}

// read takes texts over, with the lines at which they stand.
func (r *PromRule) read(kind string, into *map[string]string, list map[string]yaml.Node) {
	if *into == nil {
		*into = map[string]string{}
	}
	for name, node := range list {
		(*into)[name] = followed(node).Value
		r.lineOf[kind+name] = node.Line
	}
}

// followed is what a node stands for if it is an alias.
func followed(n yaml.Node) yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		line := n.Line
		n = *n.Alias
		n.Line, n.Style = line, 0 // its lines are elsewhere
	}
	return n
}

// validate says what Prometheus would refuse, in its own words, except that an
// expression which is no PromQL is found again with its place. The lines are not
// those of the file if that only wraps the rules.
func (b *Board) validate(raw []byte, wrapped bool) {
	p := parser.NewParser(parser.Options{EnableExperimentalFunctions: true})
	_, errs := rulefmt.Parse(raw, false, model.UTF8Validation, p, slog.New(slog.DiscardHandler))
	for _, err := range errs {
		f := Finding{Where: "the file", Text: err.Error()}
		if rule, ok := errors.AsType[*rulefmt.Error](err); ok {
			if strings.HasPrefix(rule.Err.Unwrap().Error(), "could not parse expression") {
				continue
			}
			f.Group, f.Where, f.Text = rule.Group, fmt.Sprintf("group %s, rule %d %s", rule.Group, rule.Rule, rule.RuleName), rule.Err.Unwrap().Error()
		}
		if m := lineWords.FindStringSubmatch(err.Error()); m != nil && !wrapped {
			f.FileLine, _ = strconv.Atoi(m[1] + m[2]) // digits; too many are no line
		}
		f.Text = strings.Join(strings.Fields(lineWords.ReplaceAllString(f.Text, "")), " ")
		b.refused(f)
	}
}

// lineWords match how errors name a line, as "line 3: " or "3:5: ".
var lineWords = regexp.MustCompile(`\bline (\d+): |^(\d+):\d+: `)

func (b *Board) refused(f Finding) {
	f.Board, f.File, f.Rule, f.Severity = b.Title, b.File, ruleInvalid, SeverityError
	f.Text, f.inRules = "Prometheus refuses this: "+f.Text, true
	b.invalid = append(b.invalid, f)
}
