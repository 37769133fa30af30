package discord

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
		"mentions":        {"@everyone <@1> <#2>", `\@everyone \<\@1\> \<\#2\>`},
		"emphasis":        {"*a* _b_ ~~c~~ ||d|| `e`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"},
		"links":           {"https://a.example/b [a](b)", `https\://a.example\/b \[a\](b)`},
		"invitations":     {"discord.gg/abc", `discord.gg\/abc`},
		"emoji":           {":smile: <:a:1> 1:100:2", `\:smile: \<\:a\:1\> 1\:100:2`},
		"times":           {"<t:1:R>", `\<t\:1\:R\>`},
		"backslashes":     {`\*`, `\\\*`},
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
	for text, want := range map[string]string{
		"- a": `\- a`, "+ a": `\+ a`, "  - a": `\- a`, "1. a": `1\. a`, "2026.": `2026\.`, "12) a": `12\) a`, "1.5 a": "1.5 a", "2026 a": "2026 a", "": "", "—": "—",
	} {
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
	f.Add("1", ". a")
	f.Add("<", "@1>")
	f.Fuzz(func(t *testing.T, a, b string) {
		text := a + b
		got := readMarkup(t, "text", startLine(escape(text)))
		if want := strings.TrimLeft(prose.Clean(text), " "); strings.TrimSuffix(got.text, "\n") != want {
			t.Errorf("%q reads %q", text, got.text)
		}
	})
}

func TestCite(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ name, url, want string }{
		"name and host":     {"The Courier", "https://www.courier.example/a?b=c#d", "[The Courier](<https://www.courier.example/a?b=c#d>) (courier.example)"},
		"parentheses":       {"A (b)", "https://a.example/x_(y)", "[A (b)](<https://a.example/x_%28y%29>) (a.example)"},
		"markup in name":    {"A *b*", "https://a.example/", `A \*b\* ([a.example](<https://a.example/>))`},
		"link in name":      {"https://un.org", "https://evil.example/", `https\://un.org ([evil.example](<https://evil.example/>))`},
		"number in name":    {"55\u00a0000 dead", "https://a.example/", "55\u00a0000 dead ([a.example](<https://a.example/>))"},
		"emoji in name":     {"🔥", "https://a.example/", "🔥 ([a.example](<https://a.example/>))"},
		"host as name":      {"a.example", "https://a.example/b", "[a.example](<https://a.example/b>)"},
		"a host in user":    {"UN", "https://un.org@evil.example/", "[UN](<https://evil.example/>) (evil.example)"},
		"letters of others": {"UN", "https://gооgle.example/", "[UN](<https://xn--ggle-55da.example/>) (xn--ggle-55da.example)"},
		"a port":            {"UN", "http://a.example:8080/", "[UN](<http://a.example:8080/>) (a.example:8080)"},
		"end of a link":     {"UN", "https://a.example/>)[x](<https://evil.example>)", "[UN](<https://a.example/%3E%29%5Bx%5D%28%3Chttps://evil.example%3E%29>) (a.example)"},
		"no web":            {"UN", "javascript:alert(1)", "UN"},
		"Discord's own":     {"UN", "discord://settings", "UN"},
		"no host":           {"UN", "https:///a", "UN"},
		"nothing":           {"UN", "", "UN"},
		"too long":          {"UN", "https://a.example/" + strings.Repeat("a", prose.LongestLink), "UN (a.example)"},
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
		if want := strings.TrimLeft(prose.Clean(name), " "); want != "" && !strings.HasPrefix(got.text, want) {
			t.Errorf("%q shows %q", name, got.text)
		}
		_, host := prose.Link(raw)
		if !strings.Contains(got.text, host) {
			t.Errorf("%q isn't shown in %q", host, got.text)
		}
		for _, l := range got.links {
			if l.target != must(prose.Link(raw)) {
				t.Errorf("a link to %q", l.target)
			}
		}
	})
}

func must(target, _ string) string { return target }

func TestBreakLine(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		line string
		want []string
	}{
		"at a blank":        {"*said* aaaa bbbb cccc dddd eeee ffff", []string{"*said* aaaa bbbb…", "…cccc dddd eeee…", "…ffff"}},
		"emphasis goes on":  {"**aaaa bbbb cccc dddd eeee**", []string{"**aaaa bbbb cccc…**", "**…dddd eeee**"}},
		"quotation goes on": {"> aaaa bbbb cccc dddd eeee", []string{"> aaaa bbbb cccc…", "> …dddd eeee"}},
		"numbers stay":      {"aaaa bbbb cccc 55 000 dddd", []string{"aaaa bbbb cccc…", "…55 000 dddd"}},
		"no room at all":    {"aaaa 123456789012345678901234 b", []string{"aaaa … b"}},
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
		if limit < 60 || line == "" || slicesLonger(line, limit-20) {
			return
		}
		whole, parts, numbers := readMarkup(t, "whole", line), "", []string(nil)
		for _, l := range breakLine(line, limit) {
			if prose.Length(l) > limit {
				t.Errorf("%d characters, %d fit: %q", prose.Length(l), limit, l)
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

// slicesLonger reports something that can't be broken and is longer than limit.
func slicesLonger(line string, limit int) bool {
	for _, a := range markupAtoms(line) {
		if prose.Length(a) > limit {
			return true
		}
	}
	return false
}

// wholeNumber is a number as somebody reads it, its thousands, decimals and range included.
var wholeNumber = regexp.MustCompile(`\p{Nd}(?:(?: [–-] |[.,:/–’'\x{a0}\x{202f}\x{2009} -])?\p{Nd})*`)
