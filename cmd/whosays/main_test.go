package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// call runs a command line in-process.
func call(t *testing.T, in string, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr strings.Builder
	status = run(t.Context(), args, strings.NewReader(in), &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

func TestAnswersBeforeItReadsOn(t *testing.T) {
	t.Parallel()
	in, typing := io.Pipe()
	shown, out := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(t.Context(), []string{"search", "--json", "-"}, in, out, io.Discard)
		_ = out.Close()
	}()
	lines := bufio.NewReader(shown)
	for _, line := range []string{"one\n", "two\n"} {
		if _, err := io.WriteString(typing, line); err != nil {
			t.Fatal(err)
		}
		got, err := lines.ReadString('\n')
		if err != nil || !strings.HasPrefix(got, `{"query":"`+strings.TrimSpace(line)+`"`) {
			t.Fatalf("after %q: %q, %v", line, got, err)
		}
	}
	_ = typing.Close()
	if status := <-done; status != exitOK {
		t.Errorf("status %d", status)
	}
}

// full is an output that takes nothing.
type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestOutputThatFails(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err    error
		status int
		says   string
	}{
		"the reader has left": {syscall.EPIPE, exitOK, ""},
		"the disk is full":    {syscall.ENOSPC, exitFail, "whosays: no space left on device\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var errs strings.Builder
			status := run(t.Context(), []string{"ask", "hello"}, strings.NewReader(""), full{tt.err}, &errs)
			if status != tt.status || errs.String() != tt.says {
				t.Errorf("status %d, %q", status, errs.String())
			}
		})
	}
}

// interrupter is an input at which somebody presses Ctrl-C.
type interrupter struct {
	cancel context.CancelFunc
	io.Reader
}

func (i interrupter) Read(p []byte) (int, error) {
	i.cancel()
	return i.Reader.Read(p)
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]int{"ask -": exitFail, "chat": exitOK} {
		silent, typing := io.Pipe()
		defer typing.Close() //nolint:errcheck // a pipe in memory
		ctx, cancel := context.WithCancel(t.Context())
		var errs strings.Builder
		status := run(ctx, strings.Fields(command), interrupter{cancel, silent}, io.Discard, &errs)
		if status != want || errs.String() != "" {
			t.Errorf("%s: status %d, %q", command, status, errs.String())
		}
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  error
		want string
	}{
		"ours":           {errors.New("no luck"), "whosays: no luck\n"},
		"without cause":  {&knowledge.Error{Kind: knowledge.Unavailable, Msg: "try again", Err: errors.New("password=x")}, "whosays: try again\n"},
		"several lines":  {errors.New("a.yaml:\n  line 1: bad\n  line 2: bad"), "whosays: a.yaml:\n  line 1: bad\n  line 2: bad\n"},
		"a password":     {errors.New("dial postgres://u:canary@h/d: refused"), "whosays: dial postgres://u:***@h/d: refused\n"},
		"hostile quotes": {errors.New("\x1b[31mred\r\u202e"), "whosays: [31mred \n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var errs strings.Builder
			(&app{errs: &errs}).complain(tt.err)
			if errs.String() != tt.want {
				t.Errorf("got %q, want %q", errs.String(), tt.want)
			}
		})
	}
}

func TestTheClockIsReadOnlyWithoutNow(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)
	for given, want := range map[string]time.Time{
		"":                          clock,
		"2026-03-01":                time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		"2026-03-01T12:00:00+02:00": time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC),
	} {
		a := &app{clock: func() time.Time { return clock }}
		if given != "" {
			if err := a.now.Set(given); err != nil {
				t.Fatal(err)
			}
		}
		if got := a.request("ask", "x").Now; !got.Equal(want) {
			t.Errorf("--now %q: %v", given, got)
		}
	}
}
