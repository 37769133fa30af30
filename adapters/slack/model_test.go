package slack

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/whosays/whosays/adapters/prose"
)

// shown is what a reader sees of a text in markup.
type shown struct {
	text  string
	links []shownLink
}

type shownLink struct{ text, target string }

// read is a model of Slack's parser, stricter than it: of what it knows as markup it takes only what we write (emphasis of
// whole words, links with a text), and of anything else that could become markup in some surroundings it says that it is live.
func read(markup string) (shown, error) {
	var out shown
	for line := range strings.SplitSeq(markup, "\n") {
		if err := out.line(line); err != nil {
			return out, fmt.Errorf("%w in the line %q", err, line)
		}
		out.text += "\n"
	}
	return out, nil
}

var (
	quotations = regexp.MustCompile(`^[\s*_]*(&gt;|>|＞)`)
	emojis     = regexp.MustCompile(`^:[^\s:*<>]+:`)
	ours       = regexp.MustCompile(`^<(https?://[!-;=?-{}~]+)\|([^<>|\n]+)>`)
	masses     = regexp.MustCompile(`^(?i)@(everyone|channel|here|group)`)
	entityOf   = map[string]string{"&amp;": "&", "&lt;": "<", "&gt;": ">"}
)

func (s *shown) line(line string) error {
	if quotations.MatchString(line) {
		return fmt.Errorf("a quotation")
	}
	open, before := "", ' '
	for rest := line; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if r == '*' || r == '_' {
			after, n := utf8.DecodeRuneInString(rest[size:])
			switch {
			case strings.Contains(open, string(r)):
				if unicode.IsSpace(before) || n > 0 && !unicode.IsSpace(after) && !strings.ContainsRune(".,;:!?*_", after) {
					return fmt.Errorf("a %q that doesn't end anything", r)
				}
				open = strings.ReplaceAll(open, string(r), "")
			case !unicode.IsSpace(before) && before != '*' && before != '_' || n == 0 || unicode.IsSpace(after):
				return fmt.Errorf("a %q that doesn't begin anything", r)
			default:
				open += string(r)
			}
			before, rest = r, rest[size:]
			continue
		}
		n, err := s.next(rest)
		if err != nil {
			return err
		}
		before, _ = utf8.DecodeLastRuneInString(rest[:n])
		rest = rest[n:]
	}
	if open != "" {
		return fmt.Errorf("emphasis without an end")
	}
	return nil
}

// next reads one thing that isn't emphasis, and returns how many bytes it has.
func (s *shown) next(rest string) (int, error) {
	r, size := utf8.DecodeRuneInString(rest)
	if link := startOf(rest, "<", ours); link != nil {
		label, err := read(link[2])
		if err != nil || len(label.links) > 0 || strings.ContainsAny(link[2], "*_") || quotations.MatchString(link[2]) {
			return 0, fmt.Errorf("markup in a link: %w", err)
		}
		target := strings.ReplaceAll(link[1], "&amp;", "&")
		s.links = append(s.links, shownLink{strings.TrimSuffix(label.text, "\n"), target})
		s.text += strings.TrimSuffix(label.text, "\n")
		return len(link[0]), nil
	}
	for entity, sign := range entityOf {
		if strings.HasPrefix(rest, entity) {
			s.text += sign
			return len(entity), nil
		}
	}
	switch {
	case strings.ContainsRune("&<>~`＊＿～｀", r):
		return 0, fmt.Errorf("a live %q", r)
	case strings.HasPrefix(rest, "://"):
		return 0, fmt.Errorf("a live link")
	case startOf(rest, ":", emojis) != nil:
		return 0, fmt.Errorf("a live emoji")
	case startOf(rest, "@", masses) != nil:
		return 0, fmt.Errorf("everybody is mentioned")
	case r == utf8.RuneError && size == 1 || prose.Unseen(r) || r < ' ':
		return 0, fmt.Errorf("the unseen %U", r)
	}
	s.text += string(r)
	return size, nil
}

// startOf returns what a text starts with, by a pattern that has a first character. A regular expression is prepared for the whole text,
// even where it fails at once.
func startOf(text, first string, pattern *regexp.Regexp) []string {
	if !strings.HasPrefix(text, first) {
		return nil
	}
	return pattern.FindStringSubmatch(text)
}

// alike undoes what escape writes by signs that look the same.
func alike(text string) string {
	return strings.NewReplacer("∗", "*", "＊", "*", "ˍ", "_", "＿", "_", "∼", "~", "～", "~", "ˋ", "`", "｀", "`", "˃", ">", "＞", ">", "∶", ":", "﹫", "@").Replace(text)
}

// readMarkup reads a text in markup, and fails where anything in it is live.
func readMarkup(t fataler, where, markup string) shown {
	t.Helper()
	s, err := read(markup)
	if err != nil {
		t.Errorf("%s: %v", where, err)
	}
	return s
}

// readPlain reads a plain text.
func readPlain(t fataler, where, text string) string {
	t.Helper()
	bare := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(text)
	if strings.ContainsAny(bare, "&<>") {
		t.Errorf("%s: not escaped: %q", where, text)
	}
	if strings.IndexFunc(text, func(r rune) bool { return prose.Unseen(r) || r < ' ' && r != '\n' }) >= 0 || !utf8.ValidString(text) {
		t.Errorf("%s: something unseen in %q", where, text)
	}
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(text)
}

// units counts as Slack's clients do, by other means than prose.Length.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// TestModel: the model sees what is live, or the tests that rest on it see nothing.
func TestModel(t *testing.T) {
	t.Parallel()
	for _, live := range []string{
		"*a", "_a", "~a~", "`a`", "> a", "&gt; a", "a\n&gt; b", "＞ a", "*&gt; a*", "a*b*", "*b*c", "* a*", "*a *", "<@U1>", "<!channel>", "<#C1>", "@here", "@Channel",
		"<https://a.example>", "<https://a.example|a|b>", "<https://a.example|*a*>", "<mailto:a@b.example|c>", "https://a.example", ":smile:", ":+1:", ":слово:",
		"a\u200bb", "a & b", "＊a＊", "<!date^1^{date}|a>", "a > b",
	} {
		if s, err := read(live); err == nil {
			t.Errorf("%q is taken for harmless: %q", live, s.text)
		}
	}
	for markup, want := range map[string]string{
		"*a b* c.": "a b c.\n", "⚠️ _a_ b": "⚠️ a b\n", "*a*: b": "a: b\n", "<https://c.example/d?e_f&amp;g|a b> (c.example)": "a b (c.example)\n",
		"12:30 a: b": "12:30 a: b\n", "a &gt; b &amp;amp;": "a > b &amp;\n",
	} {
		if s, err := read(markup); err != nil || s.text != want {
			t.Errorf("%q reads %q, %v", markup, s.text, err)
		}
	}
}
