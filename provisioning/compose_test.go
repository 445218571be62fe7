package main_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/docker/go-units"
)

// A rule is something every container of the stack has to keep.
type rule struct {
	name string
	// wrong says in words what breaks the rule, "" when nothing does.
	wrong func(types.ServiceConfig) string
	// spoil changes a service that keeps the rule into one that breaks it.
	spoil func(*types.ServiceConfig)
}

var rules = []rule{
	{"pinned image", unpinned, func(s *types.ServiceConfig) { s.Image = "grafana/grafana:latest" }},
	{"health check", unprobed, func(s *types.ServiceConfig) { s.HealthCheck.Disable = true }},
	{"loopback ports", exposed, func(s *types.ServiceConfig) { s.Ports[0].HostIP = "" }},
	{"read-only root", writable, func(s *types.ServiceConfig) { s.ReadOnly = false }},
	{"no capabilities", capable, func(s *types.ServiceConfig) { s.CapAdd = []string{"NET_ADMIN"} }},
	{"no new privileges", escalating, func(s *types.ServiceConfig) { s.SecurityOpt = nil }},
	{"apart from the host", nosy, func(s *types.ServiceConfig) { s.Volumes[0].ReadOnly = false }},
	{"data in named volumes", forgetful, func(s *types.ServiceConfig) { s.Volumes[len(s.Volumes)-1].Source = "" }},
	{"bounded memory", hungry, func(s *types.ServiceConfig) { s.MemLimit = types.UnitBytes(64 * units.MiB) }},
	{"bounded logs", verbose, func(s *types.ServiceConfig) { s.Logging = nil }},
	{"restarted", fragile, func(s *types.ServiceConfig) { s.Restart = types.RestartPolicyNo }},
	{"starts after what it needs", hasty, func(s *types.ServiceConfig) {
		s.DependsOn = types.DependsOnConfig{"prometheus": {Condition: types.ServiceConditionStarted}}
	}},
	{"no secret in the environment", indiscreet, func(s *types.ServiceConfig) {
		s.Environment["GF_SECURITY_ADMIN_PASSWORD"] = new("admin")
	}},
}

func TestComposeKeepsRules(t *testing.T) {
	for _, service := range loadCompose(t).Services {
		for _, r := range rules {
			if wrong := r.wrong(service); wrong != "" {
				t.Errorf("%s: %s: %s", service.Name, r.name, wrong)
			}
		}
	}
}

// TestRulesNotice proves that each rule can fail.
func TestRulesNotice(t *testing.T) {
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			service := loadCompose(t).Services["grafana"]
			r.spoil(&service)
			if r.wrong(service) == "" {
				t.Error("the rule does not notice that it is broken")
			}
		})
	}
}

func TestComposePortsMove(t *testing.T) {
	project := loadCompose(t)
	var env []string
	for name := range project.Services {
		env = append(env, fmt.Sprintf("GINSIGHT_%s_PORT=1%s", strings.ToUpper(name), project.Services[name].Ports[0].Published))
	}
	for name, moved := range loadCompose(t, env...).Services {
		if got, want := moved.Ports[0].Published, "1"+project.Services[name].Ports[0].Published; got != want {
			t.Errorf("%s is published on port %s, want %s", name, got, want)
		}
	}
}

// TestSecretsStayOut looks at where the secrets' files are, not whether they
// are: `task up` makes them.
func TestSecretsStayOut(t *testing.T) {
	ignored, err := os.ReadFile("../.gitignore")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(strings.Split(string(ignored), "\n"), "/.ginsight/") {
		t.Error(".gitignore does not ignore /.ginsight/")
	}
	for name, secret := range loadCompose(t).Secrets {
		if !strings.Contains(secret.File, "/.ginsight/") {
			t.Errorf("secret %s comes from %q, want a file under .ginsight", name, secret.File)
		}
	}
}

func loadCompose(t *testing.T, env ...string) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{"../compose.yml"}, cli.WithEnv(env))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(project.Services) == 0 {
		t.Fatal("compose.yml has no services")
	}
	return project
}

func unpinned(s types.ServiceConfig) string {
	if s.Build == nil && !regexp.MustCompile(`:v?\d+\.\d+\.\d+$`).MatchString(s.Image) {
		return fmt.Sprintf("image %s has no full version", s.Image)
	}
	return ""
}

func unprobed(s types.ServiceConfig) string {
	h := s.HealthCheck
	switch {
	case h == nil || h.Disable:
		return "there is none"
	case h.Test[0] != "CMD":
		return "it needs a shell, which an image may not have"
	case h.Interval == nil || h.Timeout == nil || h.Retries == nil || h.StartPeriod == nil:
		return "interval, timeout, retries and start_period have to be set"
	}
	return ""
}

func exposed(s types.ServiceConfig) string {
	for _, port := range s.Ports {
		if port.HostIP != "127.0.0.1" {
			return fmt.Sprintf("port %d is published on %q", port.Target, port.HostIP)
		}
	}
	return ""
}

func writable(s types.ServiceConfig) string {
	if !s.ReadOnly {
		return "the root file system can be written"
	}
	return ""
}

func capable(s types.ServiceConfig) string {
	if s.Privileged || len(s.CapAdd) > 0 || !slices.Contains(s.CapDrop, "ALL") {
		return "capabilities are left or added"
	}
	return ""
}

func escalating(s types.ServiceConfig) string {
	if !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
		return "a set-user-id program could gain rights"
	}
	return ""
}

func nosy(s types.ServiceConfig) string {
	if s.NetworkMode == "host" || s.Pid != "" || s.Ipc != "" || len(s.Devices) > 0 {
		return "it shares a namespace or a device with the host"
	}
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeBind && (!v.ReadOnly || strings.HasSuffix(v.Source, ".sock")) {
			return fmt.Sprintf("%s is mounted for more than reading", v.Source)
		}
	}
	return ""
}

func forgetful(s types.ServiceConfig) string {
	for _, v := range s.Volumes {
		if v.Type == types.VolumeTypeVolume && v.Source == "" {
			return fmt.Sprintf("the volume at %s has no name and is lost with the container", v.Target)
		}
	}
	return ""
}

// hungry wants a limit, and Go's own softer one below it: the collector then
// works harder before the kernel kills. Prometheus sets its own from the limit.
func hungry(s types.ServiceConfig) string {
	if s.MemLimit <= 0 {
		return "there is no limit"
	}
	soft := s.Environment["GOMEMLIMIT"]
	if soft == nil {
		if strings.HasPrefix(s.Image, "prom/prometheus:") {
			return ""
		}
		return "GOMEMLIMIT is not set"
	}
	n, err := units.RAMInBytes(*soft)
	if err != nil || n <= 0 || n >= int64(s.MemLimit) {
		return fmt.Sprintf("GOMEMLIMIT %s is not below the limit of %s", *soft, units.BytesSize(float64(s.MemLimit)))
	}
	return ""
}

func verbose(s types.ServiceConfig) string {
	if s.Logging == nil || s.Logging.Options["max-size"] == "" {
		return "they can fill the disk"
	}
	return ""
}

func fragile(s types.ServiceConfig) string {
	if s.Restart != types.RestartPolicyUnlessStopped {
		return fmt.Sprintf("restart is %q", s.Restart)
	}
	return ""
}

func hasty(s types.ServiceConfig) string {
	for name, dependency := range s.DependsOn {
		if dependency.Condition != types.ServiceConditionHealthy {
			return fmt.Sprintf("%s need not be healthy", name)
		}
	}
	return ""
}

func indiscreet(s types.ServiceConfig) string {
	secret := regexp.MustCompile(`(?i)passw|secret|token|credential|api_?key`)
	for key, value := range s.Environment {
		fromFile := strings.HasSuffix(key, "_FILE") && value != nil && strings.HasPrefix(*value, "/run/secrets/")
		if secret.MatchString(key) && !fromFile {
			return fmt.Sprintf("%s should come from a file under /run/secrets", key)
		}
	}
	if i := slices.IndexFunc(s.Command, secret.MatchString); i >= 0 {
		return fmt.Sprintf("argument %d of the command names one", i)
	}
	return ""
}
