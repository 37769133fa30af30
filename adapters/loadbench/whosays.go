package loadbench

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Whosays is the name of the bot that [Run.Serve] starts.
const Whosays = "whosays"

// Serve returns whosays serve, with variables of its environment, such as "WHOSAYS_SLACK_API=…". What it keeps it keeps in
// the run's folder, which is made. It listens on a free port.
func (r Run) Serve(ctx context.Context, env ...string) (*exec.Cmd, error) {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return nil, err
	}
	dir := r.Dir
	cmd := exec.CommandContext(ctx, r.program, "serve") //nolint:gosec // what was built
	cmd.Args[0] = Whosays                               // the name by which a binary of tests knows what it is to be
	cmd.Env = append(environment(),
		"HOME="+dir, "XDG_CACHE_HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir,
		"WHOSAYS_DATABASE_URL="+filepath.Join(dir, "whosays.db"), "WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_FORMAT=json",
	)
	cmd.Env = append(cmd.Env, env...)
	return cmd, nil
}

// environment is that of this process, without what would configure the bot otherwise.
func environment() (out []string) {
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "WHOSAYS_") {
			out = append(out, v)
		}
	}
	return out
}

// build builds the program as GOFLAGS and CGO_ENABLED say.
func build(ctx context.Context, dir string) (string, error) {
	root, err := moduleRoot(ctx)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "whosays.exe") // the ending is what Windows needs, and others don't mind
	cmd := exec.CommandContext(ctx, "go", "build", "-ldflags", "-s -w", "-o", path, "./cmd/whosays")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("whosays can't be built: %w\n%s", err, out)
	}
	return path, nil
}

// moduleRoot returns the folder of the module in which this runs.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}
