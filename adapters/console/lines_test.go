package console

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func readAll(t *testing.T, in string) []string {
	t.Helper()
	lines := NewLines(strings.NewReader(in))
	out := []string{}
	for {
		line, err := lines.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, line)
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3<<20)
	tests := map[string]struct {
		in   string
		want []string
	}{
		"nothing":            {"", []string{}},
		"one":                {"a\n", []string{"a"}},
		"blank ones":         {"a\n\n\nb\n", []string{"a", "", "", "b"}},
		"no newline at last": {"a\nb", []string{"a", "b"}},
		"from Windows":       {"\ufeffa\r\nb\r\n", []string{"a", "b"}},
		"not UTF-8":          {"a\xff\n\x00\n", []string{"a\xff", "\x00"}},
		"long":               {long + "\nb\n", []string{long, "b"}},
		"endless":            {strings.Repeat("x", longestLine+100_000) + "\nb\n", []string{strings.Repeat("x", longestLine), "b"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := readAll(t, tt.in); !cmp.Equal(tt.want, got) {
				t.Errorf("got %d lines, want %d; or their text differs", len(got), len(tt.want))
			}
		})
	}
}

func TestLinesEndWithTheContext(t *testing.T) {
	t.Parallel()
	in, typing := io.Pipe()
	defer typing.Close() //nolint:errcheck // a pipe in memory
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewLines(in).Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestLinesReportABrokenInput(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	in, typing := io.Pipe()
	typing.CloseWithError(broken)
	if _, err := NewLines(in).Next(t.Context()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
