package deploy_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// top is the folder of the Dockerfile.
const top = "../../.."

// version is the one that the program is built as.
const version = "v9.8.7"

// program is the program as the Dockerfile builds it, once for all tests.
var program string

func TestMain(m *testing.M) {
	status, err := withProgram(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}

func withProgram(run func() int) (int, error) {
	dir, err := os.MkdirTemp("", "deploy")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is the system's to remove
	program = filepath.Join(dir, "whosays")
	line, err := buildLine()
	if err != nil {
		return 0, err
	}
	build := exec.Command("sh", "-c", strings.Replace(line, "-o /whosays", "-o "+program, 1))
	build.Dir = top
	build.Env = append(os.Environ(), "VERSION="+version, "TARGETOS=", "TARGETARCH=")
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", line, err, out)
	}
	return run(), nil
}

// call runs the program to its end, with nothing in its environment but what is given.
func call(t *testing.T, environ []string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env, cmd.Dir = append([]string{}, environ...), t.TempDir()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// printed returns what a command of the program prints.
func printed(t *testing.T, command string) string {
	t.Helper()
	out, err := call(t, nil, command)
	if err != nil {
		t.Fatalf("whosays %s: %v\n%s", command, err, out)
	}
	return out
}
