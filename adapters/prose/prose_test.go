package prose

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"numbers stay":    {"55\u00a0000–60\u202f000 of 1.5 at 12:30", "55\u00a0000–60\u202f000 of 1.5 at 12:30"},
		"lines join":      {"a\nb\r\nc\td\u2028e", "a b  c d e"},
		"what isn't seen": {"a\u200bb\u202ec\x7f\ue000\u3164d", "abcd"},
		"broken UTF-8":    {"a\xffb", "a\ufffdb"},
		"emoji stay":      {"🇺🇦 1️⃣", "🇺🇦 1️⃣"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Clean(test.text); got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text  string
		limit int
		want  string
	}{
		"it fits":          {" 55 000 soldiers ", 15, "55 000 soldiers"},
		"at a word":        {"about fifty soldiers", 13, "about fifty…"},
		"never in numbers": {"about 55 000 soldiers", 10, "about…"},
		"signs before":     {"soldiers — killed", 11, "soldiers…"},
		"one long word":    {"аааааааааа", 5, "аааа…"},
		"beyond one plane": {"🔥🔥🔥🔥", 5, "🔥🔥…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Cut(test.text, test.limit); got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}

func TestEnds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, first, last string }{
		"it fits":        {"a, says Ada", "a, says Ada", ""},
		"in two":         {"about 61 207 people were killed, says Ada", "about 61 207 people…", "…were killed, says Ada"},
		"the middle out": {"about fifty people were killed in the year two thousand, says Ada", "about fifty people…", "…two thousand, says Ada"},
		"a bracket out":  {"about fifty people were killed, says Ada (a party)", "about fifty people…", "…were killed, says Ada…"},
		"a long word":    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaa…", "…"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if first, last := Ends(test.text, 24); first != test.first || last != test.last {
				t.Errorf("%q and %q, wanted %q and %q", first, last, test.first, test.last)
			}
		})
	}
}

// FuzzCut: what is cut fits, and holds nothing that the whole doesn't.
func FuzzCut(f *testing.F) {
	f.Add("nearly 420,000 Russian soldiers", 9)
	f.Add("5 – 9, 1️⃣ and 🔥🔥", 4)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		text, limit = Clean(text), 1+max(limit, -limit-1)%200
		got := Cut(text, limit)
		if Length(got) > limit || !utf8.ValidString(got) {
			t.Errorf("%q has %d characters, %d fit", got, Length(got), limit)
		}
		if _, last := Ends(text, limit); Length(last) > limit || !strings.Contains(text, strings.TrimSuffix(strings.TrimPrefix(last, Ellipsis), Ellipsis)) {
			t.Errorf("%q ends in %q", text, last)
		}
		rest := text
		for piece := range strings.SplitSeq(got, Ellipsis) {
			_, after, ok := strings.Cut(rest, strings.TrimSpace(piece))
			if !ok {
				t.Errorf("%q isn't in %q", piece, text)
			}
			rest = after
		}
	})
}

func TestLink(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ raw, target, host string }{
		"path and query":    {"https://www.courier.example/a?b=c&d#e", "https://www.courier.example/a?b=c&d#e", "courier.example"},
		"what would end it": {"https://a.example/>)|x", "https://a.example/%3E%29%7Cx", "a.example"},
		"a host in user":    {"https://un.org@evil.example/", "https://evil.example/", "evil.example"},
		"letters of others": {"https://gооgle.example/", "https://xn--ggle-55da.example/", "xn--ggle-55da.example"},
		"a port":            {"http://a.example:8080/", "http://a.example:8080/", "a.example:8080"},
		"no web":            {"javascript:alert(1)", "", ""},
		"no host":           {"https:///a", "", ""},
		"IPv6":              {"https://[::1]/", "", ""},
		"nothing":           {"", "", ""},
		"too long":          {"https://a.example/" + strings.Repeat("a", LongestLink), "", "a.example"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if target, host := Link(test.raw); target != test.target || host != test.host {
				t.Errorf("%q at %q, wanted %q at %q", target, host, test.target, test.host)
			}
		})
	}
}

// FuzzLink: a target is ASCII, ends nowhere, and leads to the host that is shown.
func FuzzLink(f *testing.F) {
	for _, seed := range []string{"https://user:pass@evil.example/@everyone", "http://пример.рф/стаття", "HTTPS://UPPER.example/%3E>", "::", "https://a.example:0/<!channel>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		target, host := Link(raw)
		if target == "" {
			return
		}
		if i := strings.IndexFunc(target, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("()<>[]\\\"'*`|@", r) }); i >= 0 {
			t.Errorf("%q is live at %d", target, i)
		}
		u, err := url.Parse(target)
		if err != nil || strings.TrimPrefix(u.Host, "www.") != host {
			t.Errorf("%q leads to %v, shown is %q (%v)", target, u, host, err)
		}
	})
}
