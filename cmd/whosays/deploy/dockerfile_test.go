package deploy_test

import (
	"bufio"
	"bytes"
	"debug/elf"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// stages reads the Dockerfile as BuildKit does, and returns what its linter has to say.
func stages() (all []instructions.Stage, warnings []string, err error) {
	text, err := os.ReadFile(filepath.Join(top, "Dockerfile"))
	if err != nil {
		return nil, nil, err
	}
	ast, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, nil, err
	}
	for _, w := range ast.Warnings {
		warnings = append(warnings, w.Short)
	}
	all, _, err = instructions.Parse(ast.AST, linter.New(&linter.Config{
		ExperimentalAll: true,
		Warn:            func(rule, _, _, short string, _ []parser.Range) { warnings = append(warnings, rule+": "+short) },
	}))
	return all, warnings, err
}

// buildLine returns the line by which the Dockerfile builds the program.
func buildLine() (string, error) {
	all, _, err := stages()
	if err != nil {
		return "", err
	}
	for _, s := range all {
		for _, c := range s.Commands {
			if run, ok := c.(*instructions.RunCommand); ok && strings.Contains(run.CmdLine[0], "go build") {
				return run.CmdLine[0], nil
			}
		}
	}
	return "", errors.New("the Dockerfile builds nothing")
}

// image is what the last stage says of the image.
type image struct {
	From, User, Stop       string
	Entrypoint, Cmd, Check []string
	Env, Labels            map[string]string
	Volumes                []string
	Runs                   int
}

func imageOf(s instructions.Stage) image {
	i := image{From: s.BaseName, Env: map[string]string{}, Labels: map[string]string{}}
	for _, c := range s.Commands {
		switch c := c.(type) {
		case *instructions.UserCommand:
			i.User = c.User
		case *instructions.StopSignalCommand:
			i.Stop = c.Signal
		case *instructions.EntrypointCommand:
			i.Entrypoint = c.CmdLine
		case *instructions.CmdCommand:
			i.Cmd = c.CmdLine
		case *instructions.HealthCheckCommand:
			i.Check = c.Health.Test
		case *instructions.VolumeCommand:
			i.Volumes = append(i.Volumes, c.Volumes...)
		case *instructions.RunCommand:
			i.Runs++
		case *instructions.EnvCommand:
			for _, kv := range c.Env {
				i.Env[kv.Key] = kv.Value
			}
		case *instructions.LabelCommand:
			for _, kv := range c.Labels {
				i.Labels[strings.TrimPrefix(kv.Key, "org.opencontainers.image.")] = strings.Trim(kv.Value, `"`)
			}
		}
	}
	return i
}

func TestDockerfile(t *testing.T) {
	t.Parallel()
	all, warnings, err := stages()
	if err != nil || len(warnings) > 0 {
		t.Fatalf("%v %q", err, warnings)
	}
	if len(all) != 2 {
		t.Fatalf("%d stages", len(all))
	}
	got := imageOf(all[1])
	for _, label := range []string{"title", "description", "source", "documentation", "licenses", "version", "revision"} {
		if got.Labels[label] == "" {
			t.Errorf("the image has no label %s", label)
		}
	}
	got.Labels = nil
	want := image{
		From: "gcr.io/distroless/static-debian13:nonroot", User: "65532:65532", Stop: "SIGTERM", Entrypoint: []string{"/whosays"}, Cmd: []string{"serve"},
		Check: []string{"CMD", "/whosays", "health"}, Volumes: []string{"/data"},
		Env: map[string]string{
			"XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "/data/cache", "XDG_STATE_HOME": "/data/state", "XDG_CONFIG_HOME": "/etc", "WHOSAYS_HTTP_LISTEN": ":8080",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestProgramIsStatic looks whether the program runs on an image without libraries, time zones included.
func TestProgramIsStatic(t *testing.T) {
	t.Parallel()
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was read
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("it needs a loader: %v", p.ProgHeader)
		}
	}
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte("time/tzdata.")) || !bytes.Contains(text, []byte("Europe/Kyiv")) {
		t.Error("it has no time zones")
	}
	if out := printed(t, "version"); !strings.Contains(out, version) {
		t.Errorf("it doesn't know its version: %s", out)
	}
}

// TestServesAsInTheImage serves with the environment of the image, the paths moved: nothing is written beside /data, and there is
// neither a home nor a place for temporary files.
func TestServesAsInTheImage(t *testing.T) {
	t.Parallel()
	all, _, err := stages()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	environ := []string{"TMPDIR=" + filepath.Join(root, "tmp"), "WHOSAYS_SERVE_ONLY=housekeeping"} // else a platform has to be configured
	for name, value := range imageOf(all[1]).Env {
		if strings.HasPrefix(value, "/") {
			value = root + value
		}
		if name == "WHOSAYS_HTTP_LISTEN" {
			value = "127.0.0.1:0"
		}
		environ = append(environ, name+"="+value)
	}
	if err := os.Mkdir(filepath.Join(root, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	serve := exec.CommandContext(t.Context(), program, "serve")
	serve.Dir, serve.Env = t.TempDir(), environ
	log, err := serve.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	address, err := ready(bufio.NewScanner(log))
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"health"}, {"health", "--ready"}} {
		if out, err := call(t, []string{"WHOSAYS_HTTP_LISTEN=" + address}, args...); err != nil {
			t.Errorf("%v: %v %s", args, err, out)
		}
	}
	_ = serve.Process.Signal(syscall.SIGTERM)
	if err := serve.Wait(); err != nil {
		t.Error(err)
	}
	if out, err := call(t, []string{"WHOSAYS_HTTP_LISTEN=" + address}, "health"); err == nil {
		t.Errorf("it is alive after its end: %s", out)
	}
	for folder, want := range map[string][]string{root: {"data"}, serve.Dir: nil} {
		if diff := cmp.Diff(want, names(t, folder)); diff != "" {
			t.Errorf("it writes beside /data (-want +got):\n%s", diff)
		}
	}
}

func names(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// ready waits until the log says that the service is ready, and returns where it listens. The rest of the log is read on.
func ready(log *bufio.Scanner) (address string, err error) {
	found := make(chan string, 1)
	go func() {
		defer close(found)
		var addr string
		for log.Scan() {
			var line struct{ Msg, Addr string }
			if json.Unmarshal(log.Bytes(), &line) != nil {
				continue
			}
			if line.Addr != "" {
				addr = line.Addr
			}
			if line.Msg == "ready" {
				found <- addr
			}
		}
	}()
	select {
	case address, ok := <-found:
		if ok {
			return address, nil
		}
		return "", errors.New("it ended before it was ready")
	case <-time.After(time.Minute):
		return "", fmt.Errorf("it isn't ready")
	}
}
