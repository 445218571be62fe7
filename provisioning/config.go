package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ginsight/ginsight/provisioning/prometheus"
)

// configCommand writes what compose's containers read and nobody should edit.
func configCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Write the configuration files that compose mounts",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := prometheus.Render(prometheus.Compose())
			if err != nil {
				return err
			}
			file := filepath.Join(dir, "prometheus", "prometheus.yml")
			if err := os.WriteFile(file, text, 0o644); err != nil {
				return fmt.Errorf("%w; run this at the root of the repository, or give its provisioning directory with -o", err)
			}
			fmt.Fprintln(cmd.OutOrStdout(), file)
			return nil
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "provisioning", "the directory that holds the files")
	return cmd
}
