package slack

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/prose"
)

func TestEscape(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"numbers stay":    {"55,000 of 1.5 at 12:30 on 2026-02-04, 55\u00a0000–60\u202f000", "55,000 of 1.5 at 12:30 on 2026-02-04, 55\u00a0000–60\u202f000"},
		"sentences stay":  {"It counts soldiers (killed): “a large number”, says AFP/Kontur.", "It counts soldiers (killed): “a large number”, says AFP/Kontur."},
		"entities":        {"R&D <b> &lt;", "R&amp;D &lt;b&gt; &amp;lt;"},
		"mentions":        {"<@U1> <!channel> <#C1> @here @Everyone @ada", "&lt;@U1&gt; &lt;!channel&gt; &lt;#C1&gt; ﹫here ﹫Everyone @ada"},
		"emphasis":        {"*a* _b_ ~c~ `d`", "∗a∗ ˍbˍ ∼c∼ ˋdˋ"},
		"full width":      {"＊a＊ ＿b＿ ～c～ ｀d｀ ＞e", "∗a∗ ˍbˍ ∼c∼ ˋdˋ ˃e"},
		"links":           {"https://a.example/b <https://a.example|b>", "https∶//a.example/b &lt;https∶//a.example|b&gt;"},
		"emoji":           {":smile: a:100:b :слово::a: 12:30 a: b:", "∶smile: a∶100:b ∶слово∶∶a: 12:30 a: b:"},
		"what isn't seen": {"a\u200bb\u202ec\x00d\ne", "abc d e"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := escape(test.text); got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}

func TestStartLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"&gt; a": "˃ a", " &gt;&gt;&gt; a": "˃&gt;&gt; a", "a &gt; b": "a &gt; b", "- a": "- a", "": ""} {
		if got := startLine(text); got != want {
			t.Errorf("%q becomes %q, wanted %q", text, got, want)
		}
	}
}

// FuzzEscape: whatever is escaped is harmless, and reads as it was written.
func FuzzEscape(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed, seed)
	}
	f.Add("<", "@U1>")
	f.Add(":a", "b:")
	f.Fuzz(func(t *testing.T, a, b string) {
		text := a + b
		got := readMarkup(t, "text", startLine(escape(text)))
		if want := strings.TrimLeft(prose.Clean(text), " "); alike(strings.TrimSuffix(got.text, "\n")) != alike(want) {
			t.Errorf("%q reads %q", text, got.text)
		}
		if got := readPlain(t, "plain", entities(text)); got != prose.Clean(text) {
			t.Errorf("%q reads %q in plain text", text, got)
		}
	})
}

// FuzzPlainText: a plain text fits, whatever of it has to be written as an entity.
func FuzzPlainText(f *testing.F) {
	for _, seed := range hostile {
		f.Add(strings.Repeat(seed, 40), 75)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = 20 + max(limit, -limit-1)%200
		o := plainText(text, limit)
		readPlain(t, "plain", o.Text)
		if units(o.Text) > limit {
			t.Errorf("%d characters, %d fit: %q", units(o.Text), limit, o.Text)
		}
	})
}

func TestCite(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ name, url, want string }{
		"name and host":     {"The Courier", "https://www.courier.example/a?b=c&d=e#f", "<https://www.courier.example/a?b=c&amp;d=e#f|The Courier> (courier.example)"},
		"markup in name":    {"A *b* & c", "https://a.example/", "<https://a.example/|A ∗b∗ &amp; c> (a.example)"},
		"link in name":      {"https://un.org", "https://evil.example/", "https∶//un.org (<https://evil.example/|evil.example>)"},
		"host in name":      {"un.org", "https://evil.example/", "un.org (<https://evil.example/|evil.example>)"},
		"a bar in name":     {"a|b", "https://a.example/", "a|b (<https://a.example/|a.example>)"},
		"initials in name":  {"U.S. Army, No.5", "https://a.example/", "<https://a.example/|U.S. Army, No.5> (a.example)"},
		"host as name":      {"a.example", "https://a.example/b", "<https://a.example/b|a.example>"},
		"no name":           {" ", "https://a.example/b", "<https://a.example/b|a.example>"},
		"a quotation":       {"> a", "https://a.example/", "<https://a.example/|˃ a> (a.example)"},
		"a host in user":    {"UN", "https://un.org@evil.example/", "<https://evil.example/|UN> (evil.example)"},
		"letters of others": {"UN", "https://gооgle.example/", "<https://xn--ggle-55da.example/|UN> (xn--ggle-55da.example)"},
		"end of a link":     {"UN", "https://a.example/>|<!channel>", "<https://a.example/%3E%7C%3C%21channel%3E|UN> (a.example)"},
		"no web":            {"UN", "javascript:alert(1)", "UN"},
		"Slack's own":       {"UN", "slack://channel?team=T1", "UN"},
		"nothing":           {"UN", "", "UN"},
		"too long":          {"UN", "https://a.example/" + strings.Repeat("a", prose.LongestLink), "UN (a.example)"},
		"too long escaped":  {"UN", "https://a.example/?" + strings.Repeat("&", 400), "UN (a.example)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := cite(test.name, test.url); got != test.want {
				t.Errorf("%s, wanted %s", got, test.want)
			}
		})
	}
}

// FuzzCite: a name is shown whole, and beside its link stands where it leads.
func FuzzCite(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed, "https://a.example/"+seed)
	}
	for _, target := range adaptertest.Targets() {
		f.Add("name", target)
	}
	f.Fuzz(func(t *testing.T, name, raw string) {
		got := readMarkup(t, "cite", startLine(cite(name, raw)))
		if want := trimBlanks(prose.Clean(name)); !strings.HasPrefix(alike(got.text), alike(want)) {
			t.Errorf("%q shows %q", name, got.text)
		}
		target, host := prose.Link(raw)
		if !strings.Contains(got.text, host) {
			t.Errorf("%q isn't shown in %q", host, got.text)
		}
		for _, l := range got.links {
			if l.target != target {
				t.Errorf("a link to %q", l.target)
			}
		}
	})
}

func TestBreakLine(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		line string
		want []string
	}{
		"at a blank":       {"_said_ aaaa bbbb cccc dddd eeee ffff", []string{"_said_ aaaa bbbb…", "…cccc dddd eeee…", "…ffff"}},
		"emphasis goes on": {"*aaaa bbbb cccc dddd eeee*", []string{"*aaaa bbbb cccc…*", "*…dddd eeee*"}},
		"beside emphasis":  {"_said_ aaaaaaaaaaaaaaaaaa", []string{"_said_ …", "…aaaaaaaaaaaaaaaaaa"}},
		"before emphasis":  {"aaaaaaaaaaaaaaaa *bbbbbb*", []string{"aaaaaaaaaaaaaaaa…", "… *bbbbbb*"}},
		"numbers stay":     {"aaaa bbbb cccc 55 000 dddd", []string{"aaaa bbbb cccc…", "…55 000 dddd"}},
		"entities stay":    {"aaaa bbbb cccc ddd &amp; eee", []string{"aaaa bbbb cccc…", "…ddd &amp; eee"}},
		"no room at all":   {"aaaa 123456789012345678901234 b", []string{"aaaa … b"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, breakLine(test.line, 24)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzBreakLine: every line fits, all of them together say what the whole said, and no number is broken.
func FuzzBreakLine(f *testing.F) {
	for _, seed := range hostile {
		f.Add(strings.Repeat(seed+" a 55 000", 20), 90, true)
	}
	f.Fuzz(func(t *testing.T, text string, limit int, strong bool) {
		limit = 60 + max(limit, -limit)%500
		line := startLine(escape(text))
		if strong {
			line = bold(escape(text))
		}
		if limit < 60 || line == "" || longer(line, limit-20) {
			return
		}
		whole, parts, numbers := readMarkup(t, "whole", line), "", []string(nil)
		for _, l := range breakLine(line, limit) {
			if units(l) > limit {
				t.Errorf("%d characters, %d fit: %q", units(l), limit, l)
			}
			got := readMarkup(t, "part", l)
			parts += strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(got.text, "\n"), prose.Ellipsis), prose.Ellipsis)
			numbers = append(numbers, wholeNumber.FindAllString(got.text, -1)...)
		}
		if diff := cmp.Diff(wholeNumber.FindAllString(whole.text, -1), numbers); diff != "" {
			t.Errorf("numbers of %q (-whole +parts):\n%s", line, diff)
		}
		if squeeze(parts) != squeeze(whole.text) {
			t.Errorf("%q was\n%q", parts, whole.text)
		}
	})
}

// longer reports something that can't be broken and is longer than limit.
func longer(line string, limit int) bool {
	for _, a := range markupAtoms(line) {
		if units(a) > limit {
			return true
		}
	}
	return false
}

// wholeNumber is a number as somebody reads it, its thousands, decimals and range included.
var wholeNumber = regexp.MustCompile(`\p{Nd}(?:(?: [–-] |[.,:∶/–’'\x{a0}\x{202f}\x{2009} -])?\p{Nd})*`)
