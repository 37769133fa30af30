package console

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// double is a bot that says what it was asked.
type double struct {
	asked []chat.Request
	err   error
}

func (d *double) Handle(_ context.Context, req chat.Request) (chat.Reply, error) {
	d.asked = append(d.asked, req)
	if req.Command == chat.CommandHelp {
		return help(), d.err
	}
	return chat.Reply{Blocks: []chat.Block{block(chat.RoleLead, "", "", ownText(string(req.Command)+"|"+req.Text+"|"+req.Lang))}}, d.err
}

func talk(t *testing.T, bot *double, lines ...string) string {
	t.Helper()
	var out strings.Builder
	c := Chat{
		Bot: bot, In: NewLines(strings.NewReader(strings.Join(lines, "\n"))), Out: &out, Locale: "en",
		Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) },
	}
	if err := c.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\n\n")
}

func TestChat(t *testing.T) {
	t.Parallel()
	en, uk := phrasesIn("en"), phrasesIn("uk")
	tests := map[string]struct {
		lines []string
		want  []string
	}{
		"a question":               {[]string{"  how many?  "}, []string{"ask|how many?|"}},
		"blank lines":              {[]string{"", " \t", "how many?", ""}, []string{"ask|how many?|"}},
		"a question by command":    {[]string{"/ask how many?"}, []string{"ask|how many?|"}},
		"a check":                  {[]string{"/check  they say 5 "}, []string{"check|they say 5|"}},
		"a check of nothing":       {[]string{"/check"}, []string{en.missing}},
		"the status":               {[]string{"/status"}, []string{"status||en"}},
		"a language":               {[]string{"/lang uk", "how many?", "/status"}, []string{uk.changed, "ask|how many?|uk", "status||uk"}},
		"the language of each":     {[]string{"/lang uk", "/lang auto", "how many?"}, []string{uk.changed, en.changed, "ask|how many?|"}},
		"an unknown language":      {[]string{"/lang xx"}, []string{en.langs}},
		"no language":              {[]string{"/lang"}, []string{en.langs}},
		"sources of nothing":       {[]string{"/sources"}, []string{en.nothing}},
		"near to nothing":          {[]string{"/near"}, []string{en.nothing}},
		"an unknown command":       {[]string{"/evil \x1b[2J"}, []string{en.unknown}},
		"nothing after leaving":    {[]string{"/quit", "how many?"}, []string{""}},
		"control characters typed": {[]string{"a\x1b[2Jb"}, []string{"ask|a[2Jb|"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(strings.Join(tt.want, "\n\n"), talk(t, &double{}, tt.lines...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestChatAsksAtTheMomentOfItsClock(t *testing.T) {
	t.Parallel()
	bot := &double{}
	talk(t, bot, "how many?")
	want := []chat.Request{{Command: chat.CommandAsk, Text: "how many?", Now: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}}
	if diff := cmp.Diff(want, bot.asked); diff != "" {
		t.Error(diff)
	}
}

// claiming is a bot whose answers show claims and have others near.
type claiming struct{ double }

func (d *claiming) Handle(ctx context.Context, req chat.Request) (chat.Reply, error) {
	r, err := d.double.Handle(ctx, req)
	r.Lang = "uk"
	switch req.Command {
	case chat.CommandAsk:
		r.Near = []string{"c", "d"}
		r.Shown = []chat.Shown{{Claim: knowledge.Claim{ID: "a"}}, {Claim: knowledge.Claim{ID: "b"}}}
	case chat.CommandShow:
		r.Shown = []chat.Shown{{Claim: knowledge.Claim{ID: req.Claims[0]}}}
	}
	return r, err
}

// TestCommandsAboutTheLastAnswer: they name its claims and speak its language; a claim that was chosen is an answer.
func TestCommandsAboutTheLastAnswer(t *testing.T) {
	t.Parallel()
	bot := &claiming{}
	lines := "how many?\n/sources\n/how\n/quote\n/near\n/near 2\n/quote\n/near 1\n/near 3\n/near x\nwhat?\n/how\n"
	c := Chat{Bot: bot, In: NewLines(strings.NewReader(lines)), Out: io.Discard, Locale: "en", Now: func() time.Time { return time.Time{} }}
	if err := c.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	uk := func(command chat.Command, claims ...string) chat.Request {
		return chat.Request{Command: command, Claims: claims, Lang: "uk"}
	}
	want := []chat.Request{
		{Command: chat.CommandAsk, Text: "how many?"},
		uk(chat.CommandSources, "a", "b"), uk(chat.CommandMethod, "a", "b"), uk(chat.CommandQuote, "a", "b"), uk(chat.CommandNear, "c", "d"),
		uk(chat.CommandShow, "d"), uk(chat.CommandQuote, "d"), uk(chat.CommandShow, "c"),
		{Command: chat.CommandAsk, Text: "what?"},
		uk(chat.CommandMethod, "a", "b"),
	}
	if diff := cmp.Diff(want, bot.asked); diff != "" {
		t.Error(diff)
	}
}

func TestGreetingOffersThreeExamples(t *testing.T) {
	t.Parallel()
	out := talk(t, &double{}, "/help")
	if n := strings.Count(out, "›"); n != 3 {
		t.Errorf("%d examples in:\n%s", n, out)
	}
	golden.Assert(t, escaped(out), "greeting.golden")
}

func TestPhrasesAreComplete(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "uk", "ru"} {
		p := phrasesIn(lang)
		for _, s := range []string{p.hint, p.unknown, p.missing, p.nothing, p.langs, p.changed, p.bye} {
			if s == "" || strings.ContainsAny(s, "0123456789") {
				t.Errorf("%s: %q", lang, s)
			}
		}
		if lang != "en" && cmp.Equal(p, phrasesIn("en"), cmp.AllowUnexported(phrases{})) {
			t.Errorf("%s has the English phrases", lang)
		}
	}
}

func TestChatEndsWithTheContext(t *testing.T) {
	t.Parallel()
	in, typing := io.Pipe()
	defer typing.Close() //nolint:errcheck // a pipe in memory
	ctx, cancel := context.WithCancel(t.Context())
	c := Chat{Bot: &double{}, In: NewLines(in), Out: io.Discard, Now: time.Now}
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestChatReportsAFailure(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	c := Chat{Bot: &double{err: broken}, In: NewLines(strings.NewReader("how many?\n")), Out: io.Discard, Now: time.Now}
	if err := c.Run(t.Context()); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestLocale(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		env  map[string]string
		want string
	}{
		"nothing":               {nil, "en"},
		"Ukrainian":             {map[string]string{"LANG": "uk_UA.UTF-8"}, "uk"},
		"the stronger variable": {map[string]string{"LANG": "uk_UA.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"},
		"a bare language":       {map[string]string{"LC_MESSAGES": "ru"}, "ru"},
		"no language at all":    {map[string]string{"LC_ALL": "C", "LANG": "uk_UA.UTF-8"}, "en"},
		"one that isn't spoken": {map[string]string{"LANG": "fr_FR.UTF-8"}, "en"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Locale(func(k string) string { return tt.env[k] }); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
