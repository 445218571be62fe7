package main

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/dashboards/grafana"
	"github.com/ginsight/ginsight/dashboards/importer"
)

const importHelp = `Turn a dashboard into a Go file that generates it: a JSON file, - for standard
input, or the UID of a dashboard in the Grafana that GRAFANA_URL names.

Queries about metrics of the catalogue become typed ones, others query.Raw; what
departs from the house style becomes a patch. What the file does not, or not as the
dashboard did, is listed on standard error and at the top of the file.

With --output, names that the package of that file has already are not taken twice,
and an existing file is not overwritten.

Exit status: 0 the file is written, 2 it could not be done.`

type importFlags struct{ output, pkg string }

func importCommand(getenv func(string) string) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE.json|UID|-",
		Short: "Turn an existing dashboard into Go",
		Long:  importHelp,
		Example: "  dashboards import node.json -o dashboards/boards/node.go\n" +
			"  GRAFANA_URL=http://localhost:3000 GRAFANA_TOKEN=... dashboards import rYdddlPWk",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := readDashboard(cmd.Context(), args[0], cmd.InOrStdin(), getenv)
			if err != nil {
				return err
			}
			return f.run(args[0], raw, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "Go `file` to write (default: standard output)")
	cmd.Flags().StringVar(&f.pkg, "package", "", "`name` of the package (default: that of the output's directory, or boards)")
	return cmd
}

func (f importFlags) run(source string, raw []byte, stdout, stderr io.Writer) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	r, err := importer.Import(raw, options)
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	if f.output == "" {
		_, err = stdout.Write(r.Source)
	} else {
		err = os.WriteFile(f.output, r.Source, 0o644)
	}
	if err != nil {
		return fmt.Errorf("write the Go file: %w", err)
	}
	fmt.Fprintf(stderr, "%s: %d panels, %d of them patched; %d queries, %d of them raw; it is %s()\n", source, r.Panels, r.Patched, r.Queries, r.Raw, r.Board)
	for _, note := range r.Notes {
		fmt.Fprintf(stderr, "  - %s\n", note)
	}
	return nil
}

// options looks at the package that the file will be in.
func (f importFlags) options() (importer.Options, error) {
	o := importer.Options{Package: f.pkg, Taken: map[string]bool{}}
	if f.output == "" {
		return o, nil
	}
	if _, err := os.Stat(f.output); !errors.Is(err, fs.ErrNotExist) {
		return o, fmt.Errorf("%s exists: remove it, or choose another name", f.output)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(f.output), "*.go"))
	if err != nil {
		return o, fmt.Errorf("look at the package: %w", err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			return o, fmt.Errorf("look at the package: %w", err)
		}
		if err := importer.Declared(source, o.Taken); err != nil {
			return o, fmt.Errorf("look at the package: %w", err)
		}
		if o.Package == "" && !strings.HasSuffix(name, "_test.go") {
			o.Package = packageName(source)
		}
	}
	return o, nil
}

func packageName(source []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}

// readDashboard gets a dashboard from a file, standard input or a Grafana.
func readDashboard(ctx context.Context, source string, stdin io.Reader, getenv func(string) string) ([]byte, error) {
	if source == "-" {
		raw, err := io.ReadAll(stdin)
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		return raw, nil
	}
	raw, err := os.ReadFile(source)
	if err == nil {
		return raw, nil
	}
	if looksLikeFile := strings.ContainsAny(source, `/\.`); looksLikeFile || !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read dashboard: %w", err)
	}
	cfg, err := grafana.ConfigFromEnv(getenv)
	if err != nil {
		return nil, fmt.Errorf("there is no file %s, and for a dashboard of that uid: %w", source, err)
	}
	client, err := grafana.New(cfg)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	stored, err := client.Dashboard(ctx, source)
	if err != nil {
		return nil, fmt.Errorf("read dashboard %s from Grafana: %w", source, err)
	}
	return stored.Dashboard, nil
}
