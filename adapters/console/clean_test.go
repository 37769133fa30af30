package console

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
)

// styling is what the console itself sends to a terminal: weights, colours and links, nothing else.
var styling = regexp.MustCompile("\x1b\\[[0-9;]*m|\x1b\\]8;;[!-~]*(\a|\x1b\\\\)")

func unstyle(s string) string { return styling.ReplaceAllString(s, "") }

func TestClean(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ in, want string }{
		"plain":               {"Близько 55 000, “about” — 漢字", "Близько 55 000, “about” — 漢字"},
		"an escape sequence":  {"\x1b[31mred\x1b]0;title\a", "[31mred]0;title"},
		"a C1 sequence":       {"\u009b31mred\u0090", "31mred"},
		"lines":               {"one\r\ntwo\tthree\u2028four\u0085five", "one  two three four five"},
		"backspaces":          {"55\b\b99\x7f", "5599"},
		"direction overrides": {"\u202e000,55\u202c \u2066a\u2069 \u200fb\u061c", "000,55 a b"},
		"zero width":          {"5\u200b5\ufeff\u2060", "55"},
		"tags":                {"a\U000E0041\U000E007F", "a"},
		"private use":         {"a\ue000b", "ab"},
		"not UTF-8":           {"a\xff\xfeb", "a\ufffdb"},
		"no-break spaces":     {"55\u00a0000 55\u202f000", "55\u00a0000 55\u202f000"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Clean(tt.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEscapeJSONKeepsTheMeaning(t *testing.T) {
	t.Parallel()
	in := "\x1b[31m \u009b \u202e \u200d \U000E0041 \x7f Ї漢<&>\u2028"
	doc, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	doc = EscapeJSON(append(doc, '\n'))
	for _, r := range strings.TrimSuffix(string(doc), "\n") {
		if obeyed(r) {
			t.Errorf("%U stands in %q", r, doc)
		}
	}
	var out string
	if err := json.Unmarshal(doc, &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, out); diff != "" {
		t.Error(diff)
	}
}

// hostile puts a text everywhere in a reply where content can stand.
func hostile(text string) chat.Reply {
	var r chat.Reply
	for _, role := range []chat.Role{
		chat.RoleLead, chat.RoleWrote, chat.RoleFinding, chat.RoleClaim, chat.RoleRange, chat.RoleCounts, chat.RoleSaid,
		chat.RoleSource, chat.RoleCaveat, chat.RoleNote, chat.RoleHeading, chat.RoleExample, chat.RoleFooter, chat.Role(text),
	} {
		r.Blocks = append(r.Blocks, block(role, text, text, linked(sourced(text, text), text), strong(ownText(text))),
			block(role, "a", "", linked(sourced("a", text), "https://example.org/?"+text)))
	}
	return r
}

// FuzzRender holds the promise that content reaches a terminal as words only, whatever it holds.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"", "plain", "\x1b[2J\x1b]8;;https://evil.example\a", "\u009b31m", "\u202e55", "a\r\nb", "\xff\xfe", "\U000E0041",
		"\x1bPq\x1b\\", "55\u202f000", "👩‍👩‍👧\u0301\u0301", strings.Repeat("x", 300), "https://example.org/;a;b", "\x00\a\b",
	} {
		f.Add(seed, 40)
		f.Add(seed, 1)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		width = max(width, -width) % 200
		for _, s := range []Screen{{}, {Width: width}, {Width: width, Colour: true}} {
			out := s.Render(hostile(text))
			if s.Colour {
				out = unstyle(out)
			}
			if !utf8.ValidString(out) {
				t.Errorf("%+v: not UTF-8: %q", s, out)
			}
			for _, r := range out {
				if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) {
					t.Fatalf("%+v: %U stands in %q", s, r, out)
				}
			}
		}
	})
}
