package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Config says where rules do not hold. The zero value lets every rule hold
// everywhere.
type Config struct {
	Exceptions []Exception `yaml:"exceptions"`
}

// Exception lets a rule not hold, for a reason. Dashboard (a uid or a title),
// Panel, Query and Variable narrow it down, and so does Text, a part of what the
// rule says; what is empty covers all.
type Exception struct {
	Rule      string `yaml:"rule"`
	Dashboard string `yaml:"dashboard"`
	Panel     string `yaml:"panel"`
	Query     string `yaml:"query"`
	Variable  string `yaml:"variable"`
	Text      string `yaml:"text"`
	Reason    string `yaml:"reason"`
}

// ParseConfig reads a YAML file of exceptions. It fails if one has no reason, or
// names no rule that there is.
func ParseConfig(raw []byte) (Config, error) {
	var c Config
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return Config{}, fmt.Errorf("parse exceptions: %w", err)
	}
	return c, c.Validate()
}

// Validate reports an exception without a reason, or of a rule that is not there.
func (c Config) Validate() error {
	for _, e := range c.Exceptions {
		if _, err := Find(e.Rule); err != nil {
			return fmt.Errorf("exception: %w", err)
		}
		if strings.TrimSpace(e.Reason) == "" {
			return fmt.Errorf("the exception of rule %s has no reason: say why it does not hold", e.Rule)
		}
	}
	return nil
}

// Coverage finds the exceptions that have outlived their reason.
type Coverage struct {
	config Config
	// For each exception: a board that it speaks of has been seen, and a problem
	// that it covers.
	meant, used []bool
}

// Coverage starts with no board seen.
func (c Config) Coverage() *Coverage {
	return &Coverage{c, make([]bool, len(c.Exceptions)), make([]bool, len(c.Exceptions))}
}

// See takes a board into account.
func (v *Coverage) See(b *Board) {
	if len(v.used) == 0 {
		return
	}
	for i, e := range v.config.Exceptions {
		v.meant[i] = v.meant[i] || e.on(b)
	}
	for _, r := range Rules() {
		for _, p := range r.Find(b) {
			if i := v.config.excepted(b, p); i >= 0 {
				v.used[i] = true
			}
		}
	}
}

// Unused returns the exceptions that cover nothing in any of the boards seen,
// although the dashboard they name is among them.
func (v *Coverage) Unused() []Exception {
	var out []Exception
	for i, e := range v.config.Exceptions {
		if v.meant[i] && !v.used[i] {
			out = append(out, e)
		}
	}
	return out
}

// excepted is the exception that covers a problem, or -1.
func (c Config) excepted(b *Board, p Problem) int {
	for i, e := range c.Exceptions {
		if e.Rule == p.Rule && e.on(b) &&
			(e.Panel == "" || e.Panel == p.Panel) && (e.Query == "" || e.Query == p.Query) &&
			(e.Variable == "" || e.Variable == p.Variable) && strings.Contains(p.Text, e.Text) {
			return i
		}
	}
	return -1
}

func (e Exception) on(b *Board) bool {
	return e.Dashboard == "" || e.Dashboard == b.UID || e.Dashboard == b.Title
}
