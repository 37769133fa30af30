package discord

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// shown is what a reader sees of a text in markup.
type shown struct {
	text  string
	links []shownLink
}

type shownLink struct{ text, target string }

// read is a model of Discord's parser, stricter than it: of what it knows as markup it takes only what we write
// (emphasis, quotations, small print, links between angle brackets), and of anything else that could become markup in
// some surroundings it says that it is live.
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
	lists   = regexp.MustCompile(`^(\*\*|\*)? *([-*+]|\d+[.)]) `)
	heads   = regexp.MustCompile(`^(\*\*|\*)? *#`)
	names   = regexp.MustCompile(`^:[A-Za-z0-9_+~-]+:`)
	ours    = regexp.MustCompile(`^\[([^\[\]\\]+)\]\(<(https?://[!-;=?-~]+)>\)`)
	numbers = regexp.MustCompile(`[0-9]\\[0-9]`)
)

func (s *shown) line(line string) error {
	rest := strings.TrimPrefix(line, "> ")
	if len(rest) == len(line) {
		rest = strings.TrimPrefix(line, "-# ")
	}
	switch {
	case lists.MatchString(rest):
		return fmt.Errorf("a list")
	case heads.MatchString(rest), strings.HasPrefix(strings.TrimLeft(rest, " *"), "-#"):
		return fmt.Errorf("a heading or small print")
	}
	marks := map[string]bool{}
	for rest != "" {
		n, err := s.next(rest, marks)
		if err != nil {
			return err
		}
		rest = rest[n:]
	}
	if marks["*"] || marks["**"] {
		return fmt.Errorf("emphasis without an end")
	}
	return nil
}

// next reads one thing, and returns how many bytes it has.
func (s *shown) next(rest string, marks map[string]bool) (int, error) {
	r, size := utf8.DecodeRuneInString(rest)
	if link := startOf(rest, "[", ours); link != nil {
		s.links = append(s.links, shownLink{link[1], link[2]})
		s.text += link[1]
		return len(link[0]), nil
	}
	switch {
	case r == '\\':
		next, n := utf8.DecodeRuneInString(rest[size:])
		if n == 0 || next < utf8.RuneSelf && (unicode.IsLetter(next) || unicode.IsDigit(next) || unicode.IsSpace(next)) {
			return 0, fmt.Errorf("a backslash that shows")
		}
		s.text += string(next)
		return size + n, nil
	case strings.HasPrefix(rest, "**"):
		marks["**"] = !marks["**"]
		return len("**"), nil
	case r == '*':
		marks["*"] = !marks["*"]
		return 1, nil
	case strings.ContainsRune("_~`|<>[]@", r):
		return 0, fmt.Errorf("a live %q", r)
	case strings.HasPrefix(rest, "://"):
		return 0, fmt.Errorf("a live link")
	case startOf(rest, ":", names) != nil:
		return 0, fmt.Errorf("a live emoji")
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

// raw is what Discord's server finds in a text without knowing backslashes: whom to notify, what to unfurl.
var raw = regexp.MustCompile(`<@[!&]?\d|<#\d|<a?:\w+:\d|<t:|(?i)https?://|discord\.gg/|discord(?:app)?\.com/`)

// view reads one field in markup, and fails where anything in it is live.
func readMarkup(t fataler, where, markup string) shown {
	t.Helper()
	s, err := read(markup)
	if err != nil {
		t.Errorf("%s: %v", where, err)
	}
	rest := markup
	for _, l := range s.links {
		rest = strings.Replace(rest, "(<"+l.target+">)", "", 1)
	}
	if found := raw.FindString(rest); found != "" {
		t.Errorf("%s: the server reads %q in %q", where, found, markup)
	}
	if found := numbers.FindString(markup); found != "" {
		t.Errorf("%s: a number broken by a backslash: %q", where, found)
	}
	return s
}

// readPlain looks at a field that Discord shows as it is.
func readPlain(t fataler, where, text string) string {
	t.Helper()
	if strings.IndexFunc(text, func(r rune) bool { return prose.Unseen(r) || r < ' ' }) >= 0 || !utf8.ValidString(text) {
		t.Errorf("%s: something unseen in %q", where, text)
	}
	return text
}

// proper holds a message to Discord's limits, counted by hand, and to what may be live in it. It returns all that a
// reader sees of it, and where its links lead.
func proper(t fataler, m message) (text string, links []shownLink) {
	t.Helper()
	atMost := func(what, s string, limit int) {
		t.Helper()
		if n := len([]rune(s)); n > limit || prose.Length(s) > limit {
			t.Errorf("%s has %d characters, %d fit: %.200q", what, n, limit, s)
		}
	}
	markup := func(what, s string, limit int) {
		t.Helper()
		atMost(what, s, limit)
		got := readMarkup(t, what, s)
		text, links = text+got.text+"\n", append(links, got.links...)
	}
	markup("content", m.Content, 2000)
	if m.Content == "" && len(m.Embeds) == 0 {
		t.Errorf("an empty message")
	}
	if len(m.Embeds) > 10 {
		t.Errorf("%d embeds", len(m.Embeds))
	}
	all := 0
	for _, e := range m.Embeds {
		if e.Title+e.Description == "" && e.Author == nil && e.Footer == nil {
			t.Errorf("an empty embed")
		}
		if e.Author != nil {
			atMost("author", e.Author.Name, 256)
			text += readPlain(t, "author", e.Author.Name) + "\n"
			all += len([]rune(e.Author.Name))
		}
		markup("title", e.Title, 256)
		markup("description", e.Description, 4096)
		if e.Footer != nil {
			atMost("footer", e.Footer.Text, 2048)
			text += readPlain(t, "footer", e.Footer.Text) + "\n"
			all += len([]rune(e.Footer.Text))
		}
		all += len([]rune(e.Title)) + len([]rune(e.Description))
	}
	if all > 6000 {
		t.Errorf("%d characters in all embeds", all)
	}
	properComponents(t, m.Components)
	harmlessJSON(t, m)
	return text, links
}

func properComponents(t fataler, rows []discordgo.MessageComponent) {
	t.Helper()
	ids, total := map[string]bool{}, len(rows)
	if len(rows) > 5 {
		t.Errorf("%d rows", len(rows))
	}
	for _, r := range rows {
		row, ok := r.(discordgo.ActionsRow)
		if !ok || len(row.Components) == 0 || len(row.Components) > 5 {
			t.Fatalf("%#v isn't a row of 1 to 5", r)
		}
		total += len(row.Components)
		for _, c := range row.Components {
			id := ""
			switch c := c.(type) {
			case discordgo.Button:
				id = c.CustomID
				if readPlain(t, "button", c.Label); c.Label == "" || prose.Length(c.Label) > 80 {
					t.Errorf("the button's label %q", c.Label)
				}
			case discordgo.SelectMenu:
				id = c.CustomID
				properMenu(t, c)
			default:
				t.Fatalf("%#v isn't a button or a menu", c)
			}
			if _, err := target.Parse(id); err != nil || ids[id] {
				t.Errorf("custom id %q: %v, used before: %v", id, err, ids[id])
			}
			ids[id] = true
		}
	}
	if total > 40 {
		t.Errorf("%d components", total)
	}
}

func properMenu(t fataler, c discordgo.SelectMenu) {
	t.Helper()
	if len(c.Options) == 0 || len(c.Options) > 25 || prose.Length(c.Placeholder) > 150 {
		t.Errorf("a menu of %d options under %q", len(c.Options), c.Placeholder)
	}
	values := map[string]bool{}
	for _, o := range c.Options {
		for what, s := range map[string]string{"label": o.Label, "description": o.Description, "value": o.Value} {
			if readPlain(t, what, s); s == "" && what != "description" || prose.Length(s) > 100 {
				t.Errorf("the option's %s %q", what, s)
			}
		}
		if values[o.Value] {
			t.Errorf("two options of the value %q", o.Value)
		}
		values[o.Value] = true
	}
}

// harmlessJSON looks at the message as it is posted.
func harmlessJSON(t fataler, m message) {
	t.Helper()
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, want := range []string{`"allowed_mentions":{"parse":[],"replied_user":false}`, `"embeds":[`, `"components":[`, `"content":"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s isn't in %.300s", want, data)
		}
	}
}

// more reports whether a message has a button for the next page.
func more(m message) bool {
	for _, r := range m.Components {
		for _, c := range r.(discordgo.ActionsRow).Components {
			if b, ok := c.(discordgo.Button); ok && strings.HasPrefix(b.CustomID, target.Version+":"+string(chat.CommandMore)+":") {
				return true
			}
		}
	}
	return false
}

// TestModel: the model sees what is live, or the tests that rest on it see nothing.
func TestModel(t *testing.T) {
	t.Parallel()
	for _, live := range []string{
		"*a", "**a", "_a_", "__a__", "~~a~~", "`a`", "||a||", "# a", "**# a**", "- a", "1. a", "a\n- b", "-# -# a", "<@1>", "@everyone",
		"[a](http://b)", "[a](<http://b)", "http://a.example", "<t:1:R>", "<:a:1>", ":smile:", "a\u200bb", `\a`, `[\[a](<https://b>)`, ">a", "> > a",
	} {
		if s, err := read(live); err == nil {
			t.Errorf("%q is taken for harmless: %q", live, s.text)
		}
	}
	for markup, want := range map[string]string{
		`**a** \*b\* c`: "a *b* c\n", "> a": "a\n", "-# a": "a\n", "[a b](<https://c.example/d>) (c.example)": "a b (c.example)\n", "12:30 a: b": "12:30 a: b\n",
	} {
		if s, err := read(markup); err != nil || s.text != want {
			t.Errorf("%q reads %q, %v", markup, s.text, err)
		}
	}
}
