package main_test

import (
	"go/version"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// goRun finds what a task runs from this repository.
var goRun = regexp.MustCompile(`go run (\./\S+)`)

func TestTaskfile(t *testing.T) {
	var file struct {
		Version string
		Vars    map[string]string
		Tasks   map[string]struct{ Desc string }
	}
	text := read(t, "../Taskfile.yml")
	if err := yaml.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	for name, task := range file.Tasks {
		if task.Desc == "" {
			t.Errorf("task %s has no desc, so `task` does not list it", name)
		}
	}
	for _, m := range goRun.FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(path.Join("..", m[1])); err != nil {
			t.Errorf("a task runs what is not there: %v", err)
		}
	}
	secret := loadCompose(t).Secrets["grafana_admin_password"].File
	if made := file.Vars["PASSWORD_FILE"]; made == "" || !strings.HasSuffix(secret, "/"+made) {
		t.Errorf("task password writes %q, but compose.yml mounts %q", made, secret)
	}
}

func TestDockerfile(t *testing.T) {
	text := read(t, "../service/Dockerfile")
	builder := regexp.MustCompile(`(?m)^FROM .*golang:(\S+) AS build$`).FindStringSubmatch(text)
	if builder == nil {
		t.Fatal("there is no stage FROM golang:VERSION AS build")
	}
	if wanted := goList(t, "-m", "-f", "{{.GoVersion}}"); version.Compare("go"+builder[1], "go"+wanted[0]) < 0 {
		t.Errorf("the image is built with Go %s, but go.mod wants %s", builder[1], wanted[0])
	}
	_, final, _ := strings.Cut(text, "\nFROM scratch\n")
	if !regexp.MustCompile(`(?m)^USER [1-9]\d*:[1-9]\d*$`).MatchString(final) {
		t.Error("the last stage is not FROM scratch with a USER that is a number and not root")
	}
}

// TestDockerfileCopiesWhatTheServiceImports keeps the build in the container
// from failing for a package that only the checkout has.
func TestDockerfileCopiesWhatTheServiceImports(t *testing.T) {
	text, ignore := read(t, "../service/Dockerfile"), read(t, "../service/Dockerfile.dockerignore")
	const module = "github.com/ginsight/ginsight/"
	for _, pkg := range goList(t, "-deps", "../service") {
		rel, ours := strings.CutPrefix(pkg, module)
		if !ours {
			continue
		}
		dir, _, _ := strings.Cut(rel, "/")
		if !strings.Contains(text, "\nCOPY "+dir+" "+dir+"\n") || !strings.Contains(ignore, "\n!"+dir+"\n") {
			t.Errorf("the service imports %s, which the Dockerfile does not copy or its .dockerignore hides", pkg)
		}
	}
}

func goList(t *testing.T, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Fields(string(out))
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
