package console

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
)

// escaped writes escape sequences out, so that a golden can be read and compared anywhere.
func escaped(text string) string {
	return strings.NewReplacer("\x1b", "␛", "\a", "␇").Replace(text) + "\n"
}

func TestRender(t *testing.T) {
	t.Parallel()
	replies := map[string]chat.Reply{
		"answered": answered(), "rivals": rivals(), "checked": checked(), "board": board(), "help": help(), "wide": wide(),
	}
	screens := map[string]Screen{
		"piped": {}, "80": {Width: 80}, "40": {Width: 40}, "80-colour": {Width: 80, Colour: true}, "40-colour": {Width: 40, Colour: true},
	}
	for reply, r := range replies {
		for screen, s := range screens {
			t.Run(reply+"/"+screen, func(t *testing.T) {
				t.Parallel()
				golden.Assert(t, escaped(s.Render(r)), reply+"-"+screen+".golden")
			})
		}
	}
}

func TestNoLineIsWiderThanTheScreen(t *testing.T) {
	t.Parallel()
	for width := 20; width <= 120; width++ {
		for _, r := range []chat.Reply{answered(), rivals(), checked(), board(), help(), wide()} {
			for line := range strings.SplitSeq(Screen{Width: width, Colour: width%2 == 0}.Render(r), "\n") {
				if got := lipgloss.Width(line); got > width {
					t.Errorf("width %d: a line of %d columns: %q", width, got, line)
				}
			}
		}
	}
}

func TestColourChangesNoWord(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 80} {
		for _, r := range []chat.Reply{answered(), rivals(), checked(), board(), help(), wide()} {
			plain := Screen{Width: width}.Render(r)
			if diff := cmp.Diff(plain, unstyle(Screen{Width: width, Colour: true}.Render(r))); diff != "" {
				t.Errorf("width %d (-plain +coloured):\n%s", width, diff)
			}
		}
	}
}

func TestPlainTextHoldsEveryWord(t *testing.T) {
	t.Parallel()
	for _, r := range []chat.Reply{answered(), rivals(), checked(), board(), help()} {
		text := Text(r)
		for _, b := range r.Blocks {
			if !strings.Contains(text, b.Label) {
				t.Errorf("the label %q is missing", b.Label)
			}
			for _, p := range b.Parts {
				if !strings.Contains(text, strings.TrimSpace(p.Text)) {
					t.Errorf("%q is missing in:\n%s", p.Text, text)
				}
			}
		}
	}
}

func TestLinksShowTheirHost(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ url, want string }{
		"bare host":            {"https://courier.example/a/b?c=d#e", "report (courier.example)"},
		"a host in the user":   {"https://un.org@evil.example/", "report (evil.example)"},
		"a port":               {"http://courier.example:8080/", "report (courier.example:8080)"},
		"no web address":       {"javascript:alert(1)", "report"},
		"no address":           {"::", "report"},
		"an escape in it":      {"https://courier.example/\x1b]0;x\a", "report"},
		"a C1 control in it":   {"https://courier.example/?\u009b31m", "report (courier.example)"},
		"a direction override": {"https://courier.example/?\u202e", "report (courier.example)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := chat.Reply{Blocks: []chat.Block{block(chat.RoleNote, "", "", linked(ownText("report"), tt.url))}}
			if diff := cmp.Diff(tt.want, Text(r)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.want, unstyle(Screen{Width: 80, Colour: true}.Render(r))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNumbersStayOnOneLine(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"55\u00a0000", "55\u202f000", "2025-11-30", "54-56"} {
		for width := 12; width < 40; width++ {
			r := chat.Reply{Blocks: []chat.Block{block(chat.RoleNote, "", "", ownText("будинків близько "+number+" затоплених"))}}
			if got := (Screen{Width: width}).Render(r); !strings.Contains(got, number) {
				t.Errorf("width %d: the number is broken: %q", width, got)
			}
		}
	}
}
