package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the Makefile; the linker can only set variables.
var version string

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  whosays version",
		GroupID: groupMore,
		Args:    noText,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.out, "whosays %s (%s %s/%s)\n", released(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// released returns the version of this build: the Makefile's, else that of the module.
func released() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
