//go:build unix

package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// terminal is a program that runs in a terminal of 80 columns, and somebody who types.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	file *os.File
	seen string // what was shown and not yet waited for
}

func open(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // for a program that hangs
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "whosays", args...) // this test binary: see TestMain
	name, value := raceExit()
	cmd.Env = append([]string{name + "=" + value, "PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=en_US.UTF-8"}, env...)
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Skipf("no terminal to pretend: %v", err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return &terminal{t: t, cmd: cmd, file: file}
}

// expect waits until the terminal shows a text, and returns what it showed up to its end.
func (s *terminal) expect(text string) string {
	s.t.Helper()
	buf := make([]byte, 4096)
	for !strings.Contains(s.seen, text) {
		n, err := s.file.Read(buf)
		s.seen += string(buf[:n])
		if err != nil && !strings.Contains(s.seen, text) {
			s.t.Fatalf("%q isn't shown: %v; what is shown: %q", text, err, s.seen)
		}
	}
	end := strings.Index(s.seen, text) + len(text)
	shown := s.seen[:end]
	s.seen = s.seen[end:]
	return shown
}

func (s *terminal) typed(keys string) {
	s.t.Helper()
	if _, err := s.file.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// left waits for the end of the program, which has to be a good one.
func (s *terminal) left() {
	s.t.Helper()
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("%v; what was shown: %q", err, s.seen)
	}
}

const ready = "\r\n\r\n› " // a reply has ended, and the chat waits

func TestChatInATerminal(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	s := open(t, []string{"XDG_STATE_HOME=" + state})
	greeting := s.expect(ready)
	if n := strings.Count(greeting, "› ") - 1; n != 3 || !strings.Contains(greeting, "/check STATEMENT") {
		t.Errorf("the greeting has %d examples: %q", n, greeting)
	}
	s.typed("How many Ukrainian soldiers have been killed?\r")
	s.expect("\x1b[1m")
	s.expect("55,000")
	s.expect(ready)
	s.typed("/la\tuk\r") // completed
	s.expect("Гаразд.")
	s.expect(ready)
	s.typed("\x1b[A\x1b[A\r") // up twice: the question again
	s.expect("55")
	s.expect(ready)
	s.typed("\x04")
	s.expect("До зустрічі!")
	s.left()

	history := filepath.Join(state, "whosays", "history")
	info, err := os.Stat(history)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the history: %v, %v", info, err)
	}
}

func TestLeavingTheChat(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, keys := range map[string]string{"Ctrl-C": "\x03", "Ctrl-D": "\x04", "quit": "/quit\r"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, []string{"XDG_STATE_HOME=" + file}) // a history that can't be kept is no reason to complain
			s.expect(ready)
			s.typed(keys)
			shown := s.expect("Goodbye!")
			s.left()
			if strings.Contains(shown, "whosays:") {
				t.Errorf("it complains: %q", shown)
			}
		})
	}
}

func TestTerminalWithoutColour(t *testing.T) {
	t.Parallel()
	for _, setting := range []string{"NO_COLOR=1", "NO_COLOR=yes", "TERM=dumb"} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			s := open(t, []string{setting}, "ask", "How many Ukrainian soldiers have been killed?")
			if shown := s.expect("source"); strings.Contains(shown, "\x1b") {
				t.Errorf("%q", shown)
			}
			s.left()
		})
	}
}

// TestDoctorInATerminal shows what is still being tried, and then in colours how it is; a pipe gets neither.
func TestDoctorInATerminal(t *testing.T) {
	t.Parallel()
	seen := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		<-seen
		w.WriteHeader(http.StatusUnauthorized)
	}))
	t.Cleanup(slow.Close)
	home := t.TempDir()
	env := []string{"HOME=" + home, "XDG_DATA_HOME=" + home, "WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_DISCORD_TOKEN=a.b.c", "WHOSAYS_DISCORD_API=" + slow.URL}
	s := open(t, env, "doctor")
	s.expect("trying discord, clock")
	close(seen)
	s.expect("\r\x1b[K\x1b[32mok\x1b[m")
	s.expect("\x1b[1;31mfails\x1b[m")
	s.expect("1 fails")
	if err := s.cmd.Wait(); err == nil {
		t.Error("it ends well")
	}
	out, errs, status := ran(t, env[2:], "doctor")
	if status != exitFail || strings.Contains(out+errs, "\x1b") || strings.Contains(out+errs, "trying") {
		t.Errorf("status %d: %q%q", status, out, errs)
	}
}

// TestInitInATerminal types what doesn't show, is asked again where it is wrong, and before something is replaced.
func TestInitInATerminal(t *testing.T) {
	t.Parallel()
	fake, _ := fakeDiscord(t)
	home := t.TempDir()
	env := []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "WHOSAYS_DISCORD_API=" + fake.URL()}
	const hidden = "(it doesn't show) "
	s := open(t, env, "init", "discord")
	s.expect(hidden)
	s.typed("canary-x.y.z\r")
	shown := s.expect("Reset it")
	shown += s.expect(hidden)
	s.typed(discordToken + "\r")
	shown += s.expect("2. whosays serve\r\n")
	s.left()
	if strings.Contains(shown, "canary") {
		t.Errorf("a token is shown: %q", shown)
	}
	file := filepath.Join(home, "whosays", "config.yaml")
	if got := private(t, file); !strings.Contains(got, discordToken) {
		t.Errorf("%q", got)
	}

	s = open(t, env, "init", "discord")
	s.expect("Replace it? [y/N] ")
	s.typed("\r")
	s.expect("nothing was changed")
	if err := s.cmd.Wait(); err == nil {
		t.Error("it ends well")
	}
	s = open(t, env, "init", "discord")
	s.expect("Replace it? [y/N] ")
	s.typed("y\r")
	s.expect(hidden)
	s.typed("\x03") // Ctrl-C
	if err := s.cmd.Wait(); err == nil {
		t.Error("it ends well")
	}
}
