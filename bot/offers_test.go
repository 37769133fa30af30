package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func TestOffers(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	answer := []chat.Command{chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandReport}
	alone := slices.DeleteFunc(slices.Clone(answer), func(c chat.Command) bool { return c == chat.CommandNear })
	for name, tc := range map[string]struct {
		req  chat.Request
		want []chat.Command
	}{
		"an answer":             {chat.Request{Text: "How many Ukrainian soldiers have been killed?"}, answer},
		"a neighbour":           {chat.Request{Text: "How many Russian soldiers were killed in 2025?"}, answer},
		"nothing, but near":     {chat.Request{Text: "How many tanks has Russia lost?"}, []chat.Command{chat.CommandNear}},
		"nothing at all":        {chat.Request{Text: "Who won the world cup?"}, nil},
		"a statement":           {chat.Request{Command: chat.CommandCheck, Text: "100,000 Ukrainian soldiers have been killed."}, answer},
		"the board":             {chat.Request{Command: chat.CommandStatus}, alone},
		"help":                  {chat.Request{Command: chat.CommandHelp}, nil},
		"too long":              {chat.Request{Text: strings.Repeat("killed ", question.MaxRunes)}, nil},
		"sources":               {chat.Request{Command: chat.CommandSources, Claims: []string{keys["K1"]}}, nil},
		"method":                {chat.Request{Command: chat.CommandMethod, Claims: []string{keys["K1"]}}, nil},
		"a sentence to paste":   {chat.Request{Command: chat.CommandQuote, Claims: []string{keys["K1"]}}, nil},
		"a list to choose from": {chat.Request{Command: chat.CommandNear, Claims: []string{keys["K1"]}}, []chat.Command{chat.CommandShow}},
		"no list":               {chat.Request{Command: chat.CommandNear}, nil},
		"what was chosen":       {chat.Request{Command: chat.CommandShow, Claims: []string{keys["K1"]}}, alone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, handle(t, b, tc.req).Offers); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNear: what comes near is nearest first, isn't shown, and is another count than what is.
func TestNear(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for text, want := range map[string][]string{
		"How many civilians were killed in Ukraine in 2024?": {"civilians-killed-ohchr-2025-01-16", "children-killed-ohchr-2025-01-16"},
		"How many Russian soldiers were killed in 2025?":     {"russia-soldiers-killed-jones-2026-02-05", "russia-soldiers-killed-csis-2026-01-27"},
		"Чи продуктивні переговори?":                         {"talks-first-round-abu-dhabi"},
		"Who won the world cup?":                             {},
	} {
		r := asks(t, b, text)
		if got := r.Near[:min(len(want), len(r.Near))]; !slices.Equal(want, got) || len(want) == 0 && len(r.Near) > 0 {
			t.Errorf("%q: near are %q, want first %q", text, r.Near, want)
		}
	}
	r := checks(t, b, "The UN says 55,000 Ukrainian soldiers were killed, and 2,514 civilians died in 2025.")
	if len(r.Near) == 0 {
		t.Error("a statement has nothing near")
	}
}

// nearby holds that what a reply says is near can be chosen, is new, and few enough.
func nearby(t fataler, b *Bot, r chat.Reply, req chat.Request) {
	t.Helper()
	isNew(t, r, req)
	choosable(t, b, r, req)
}

func isNew(t fataler, r chat.Reply, req chat.Request) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range shownClaims(r) {
		seen[c.ID] = true
	}
	const most = 10
	if len(r.Near) > most {
		t.Fatalf("%q: %d are near", req.Text, len(r.Near))
	}
	for _, id := range r.Near {
		if seen[id] {
			t.Fatalf("%q: %s is near, and shown or named twice", req.Text, id)
		}
		seen[id] = true
	}
}

func choosable(t fataler, b *Bot, r chat.Reply, req chat.Request) {
	t.Helper()
	if len(r.Near) == 0 {
		return
	}
	chosen, err := b.reply(context.Background(), chat.Request{Command: chat.CommandNear, Tenant: req.Tenant, Claims: r.Near})
	if err != nil {
		t.Fatalf("%q: %v", r.Near, err)
	}
	passes(t, b, chosen)
	if diff := cmp.Diff(r.Near, ids(chosen)); diff != "" {
		t.Fatalf("%q: not all that is near can be chosen: %s", req.Text, diff)
	}
}

// TestNearCanBeChosen: of each question and statement of the dialogues.
func TestNearCanBeChosen(t *testing.T) {
	t.Parallel()
	b, chosen := wholeBot(t), map[string]bool{}
	for _, d := range dialogues(t, "testdata/dialogues") {
		r := handle(t, b, d.request())
		isNew(t, r, d.request())
		if all := fmt.Sprint(r.Near); !chosen[all] { // the same few are near to many questions
			choosable(t, b, r, d.request())
			chosen[all] = true
		}
	}
	if len(chosen) < 2 {
		t.Error("nothing is near to anything")
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	out := ""
	for _, lang := range lexicon.Languages {
		seen := map[string]bool{}
		for _, n := range chat.Notices() {
			r := b.Notice(n, lang)
			passes(t, b, r)
			text := plain(r)
			if r.Lang != lang || len(r.Blocks) != 1 || strings.ContainsFunc(text, unicode.IsDigit) || seen[text] || len(r.Offers) > 0 {
				t.Errorf("%s in %s: %q", n, lang, text)
			}
			seen[text] = true
			out += fmt.Sprintf("%s %s: %s", lang, n, text)
		}
	}
	golden.Assert(t, out, "replies/notices.golden")
	if diff := cmp.Diff(plain(b.Notice(chat.NoticeUnknown, "en")), plain(b.Notice("of another version", "xx"))); diff != "" {
		t.Error(diff)
	}
}

// commandName is what a platform takes for the name of a command: Discord's pattern, in lower case.
func commandName(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= 32 && s == strings.ToLower(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("-_'", r)
	})
}

func TestCommands(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	fits := func(what string, text Text, most int) {
		for _, lang := range lexicon.Languages {
			if n := utf8.RuneCountInString(text[lang]); n == 0 || n > most || strings.Contains(text[lang], "_") {
				t.Errorf("%s in %s: %q has %d characters", what, lang, text[lang], n)
			}
		}
	}
	names := map[string]bool{}
	for _, c := range b.Commands() {
		fits(string(c.Command)+"'s name", c.Name, 32)
		fits(string(c.Command)+"'s description", c.About, 100)
		if c.Group != nil {
			fits(string(c.Command)+"'s group", c.Group, 32)
			fits(string(c.Command)+"'s group's description", c.Within, 100)
		}
		for _, lang := range lexicon.Languages {
			if key := lang + c.Group[lang] + " " + c.Name[lang]; names[key] || !c.Message && !commandName(c.Name[lang]) {
				t.Errorf("%s in %s: %q is taken, or no name of a command", c.Command, lang, c.Name[lang])
			} else {
				names[key] = true
			}
		}
		for _, o := range c.Options {
			fits("an option's description", o.About, 100)
			for _, lang := range lexicon.Languages {
				if !commandName(o.Name[lang]) {
					t.Errorf("an option of %s in %s: %q", c.Command, lang, o.Name[lang])
				}
			}
			if len(o.Choices) > 25 || o.Longest < 1 || o.Longest > question.MaxRunes {
				t.Errorf("%+v", o)
			}
			for _, choice := range o.Choices {
				for _, lang := range lexicon.Languages {
					if n := utf8.RuneCountInString(choice.Name[lang]); n == 0 || n > 100 || len(choice.Value) > 100 || strings.HasPrefix(choice.Name[lang], "choice_") {
						t.Errorf("%s of %s of %s in %s: %q", choice.Value, o.ID, c.Command, lang, choice.Name[lang])
					}
				}
			}
		}
		if !c.Message && strings.TrimPrefix(c.Group["en"]+"_"+c.Name["en"], "_") != string(c.Command) {
			t.Errorf("%s is called %q", c.Command, c.Name["en"])
		}
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for _, lang := range lexicon.Languages {
		seen := map[string]bool{}
		for _, c := range slices.Concat(followUps, []chat.Command{chat.CommandReport, chat.CommandMore, chat.CommandShare}, moderatorsButtons()) {
			label := b.Label(c, lang)
			if n := utf8.RuneCountInString(label); n == 0 || n > 80 || seen[label] || strings.Contains(label, "_") || strings.ContainsFunc(label, unicode.IsDigit) {
				t.Errorf("%s in %s: %q", c, lang, label)
			}
			seen[label] = true
		}
		f := b.ReportForm(lang)
		for text, most := range map[string]int{f.Title: 45, f.Field: 45, f.Hint: 100} {
			if n := utf8.RuneCountInString(text); n == 0 || n > most || strings.Contains(text, "_") {
				t.Errorf("the form in %s: %q", lang, text)
			}
		}
	}
	if b.Label(chat.CommandSources, "") != "Sources" {
		t.Errorf("the default is %q", b.Label(chat.CommandSources, ""))
	}
}

// TestHelpNamesTheCommandOnMessages: as it is called there.
func TestHelpNamesTheCommandOnMessages(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	all := b.Commands()
	last := all[slices.IndexFunc(all, func(c Command) bool { return c.Message })]
	for _, lang := range lexicon.Languages {
		if help := plain(handle(t, b, chat.Request{Command: chat.CommandHelp, Lang: lang})); !last.Message || !strings.Contains(help, last.Name[lang]) {
			t.Errorf("no %q in\n%s", last.Name[lang], help)
		}
	}
}

// furtherAsked asks by button about claims of a random base, its own and others', live and not.
func (m maker) furtherAsked(b *Bot, claims []knowledge.Claim, tenant string) {
	req := chat.Request{Tenant: tenant, Now: today}
	req.Command = rapid.SampledFrom(followUps).Draw(m.t, "button")
	req.Lang = rapid.SampledFrom(lexicon.Languages).Draw(m.t, "its language")
	for range rapid.IntRange(1, 4).Draw(m.t, "named") {
		req.Claims = append(req.Claims, rapid.SampledFrom(claims).Draw(m.t, "claim").ID)
	}
	r := handle(m.t, b, req)
	passes(m.t, b, r)
	mine(m.t, r, req, claims)
}
