package slack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// TestTyped reads what moderators type behind the commands.
// typing is what is typed behind a slash command, and what is read of it: nothing where it can't be.
type typing map[string]struct {
	slash, text string
	want        chat.Request
}

func (all typing) try(t *testing.T) {
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, rest, ok := typed(b.Commands(), tc.slash, tc.text)
			got := chat.Request{Command: cmd.Command}
			if ok && !everybodys(cmd.Command) {
				ok = (&arguments{options: cmd.Options}).read(&got, rest)
			}
			if !ok {
				got = chat.Request{}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTyped(t *testing.T) {
	t.Parallel()
	const id = "civilians-killed-2025-un-hrmmu"
	typing{
		"a line":             {"/whosays", `claim add "UN HRMMU: at least 2,514 civilians killed in 2025 <https://un.org/a>"`, chat.Request{Command: chat.CommandClaimAdd, Text: "UN HRMMU: at least 2,514 civilians killed in 2025 https://un.org/a"}},
		"no quotation marks": {"/claim", `add UN: "at least" 2,514 &amp; more <http://un.org|un.org>`, chat.Request{Command: chat.CommandClaimAdd, Text: `UN: "at least" 2,514 & more un.org`}},
		"curved marks":       {"/claim", "add „UN: 5 killed“", chat.Request{Command: chat.CommandClaimAdd, Text: "UN: 5 killed"}},
		"a dash of a text's": {"/claim", "add UN: 5 killed —quiet", chat.Request{Command: chat.CommandClaimAdd, Text: "UN: 5 killed —quiet"}},
		"a flag":             {"/claim", "retract " + id + " “It was a typing error” —quiet", chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "It was a typing error", "quiet": "true"}}},
		"a flag in front":    {"/claim", "retract --quiet " + id + " It was a typing error", chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "It was a typing error", "quiet": "true"}}},
		"a name":             {"/claim", "retract " + id + " reason it was a typing error --quiet", chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "it was a typing error", "quiet": "true"}}},
		"an equals sign":     {"/claim", "retract reason=“It was wrong” claim=" + id, chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "It was wrong"}}},
		"a name as a word":   {"/claim", "retract " + id + " the reason is that it was wrong", chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "the reason is that it was wrong"}}},
		"only the claim":     {"/claim", "revise " + strings.ToUpper(id), chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}}},
		"nothing":            {"/claim", "retract", chat.Request{Command: chat.CommandClaimRetract}},
		"nothing to add":     {"/claim", "add", chat.Request{Command: chat.CommandClaimAdd}},
		"several claims":     {"/claim", "reviewed a-1,b-2", chat.Request{Command: chat.CommandClaimReviewed, Claims: []string{"a-1", "b-2"}}},
		"a search":           {"/claim", "search reason for losses", chat.Request{Command: chat.CommandClaimSearch, Text: "reason for losses"}},
		"a format":           {"/claim", "export CSV", chat.Request{Command: chat.CommandClaimExport, Values: map[string]string{"format": "csv"}}},
		"no format":          {"/claim", "export pdf", chat.Request{}},
		"no such command":    {"/claim", "delete " + id, chat.Request{}},
		"a group alone":      {"/whosays", "claim", chat.Request{}},
		"a command unknown":  {"/nobody", "add x", chat.Request{}},
		"a question":         {"/whosays", "claims about losses?", chat.Request{Command: chat.CommandAsk}},
		"an open mark":       {"/claim", `search "losses`, chat.Request{Command: chat.CommandClaimSearch, Text: `"losses`}},
	}.try(t)
}

func TestTypedOfTheTeam(t *testing.T) {
	t.Parallel()
	typing{
		"a person":          {"/whosays", "moderators add <@U0123|ada>", chat.Request{Command: chat.CommandModAdd, Values: map[string]string{"account": "slack:U0123"}}},
		"a group":           {"/whosays", "moderators remove <!subteam^S0123|@editors>", chat.Request{Command: chat.CommandModRemove, Values: map[string]string{"account": "slack:S0123"}}},
		"not a mention":     {"/whosays", "moderators add ada", chat.Request{}},
		"a name as account": {"/whosays", "moderators add account=Bob", chat.Request{}},
		"a bare name":       {"/whosays", "moderators remove account Bob", chat.Request{}},
		"a raw account":     {"/whosays", "moderators add account=slack:U1", chat.Request{}},
		"a channel named":   {"/whosays", "moderators add account=<#C0123|general>", chat.Request{}},
		"a mention named":   {"/whosays", "moderators add account=<@U0123|ada>", chat.Request{Command: chat.CommandModAdd, Values: map[string]string{"account": "slack:U0123"}}},
		"who left":          {"/whosays", "moderators remove slack:U1", chat.Request{Command: chat.CommandModRemove, Values: map[string]string{"account": "slack:U1"}}},
		"who left, named":   {"/whosays", "moderators remove account=slack:S1", chat.Request{Command: chat.CommandModRemove, Values: map[string]string{"account": "slack:S1"}}},
		"a channel":         {"/whosays", "moderators add <#C0123|general>", chat.Request{}},
		"settings":          {"/whosays", "settings", chat.Request{Command: chat.CommandSettings}},
		"a setting":         {"/whosays", "settings language uk approvals=1", chat.Request{Command: chat.CommandSettings, Values: map[string]string{"language": "uk", "approvals": "1"}}},
		"a choice's name":   {"/whosays", "settings language Ukrainian corrections off", chat.Request{Command: chat.CommandSettings, Values: map[string]string{"language": "uk", "corrections": "off"}}},
		"what isn't one":    {"/whosays", "settings colour blue", chat.Request{}},
	}.try(t)
}

// TestTypedInEveryLanguage holds that the names of commands, groups and options in every language are understood.
func TestTypedInEveryLanguage(t *testing.T) {
	t.Parallel()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range b.Commands() {
		for lang, name := range c.Name {
			if c.Message {
				continue
			}
			text := name
			if c.Group != nil {
				text = c.Group[lang] + " " + name
			}
			if got, _, ok := typed(b.Commands(), mainCommand, text); !ok || got.Command != c.Command {
				t.Errorf("%q is %q", text, got.Command)
			}
			for _, o := range c.Options {
				a := arguments{options: c.Options}
				if got := a.option(o.Name[lang]); got == nil || got.ID != o.ID {
					t.Errorf("%q of %q isn't %q", o.Name[lang], text, o.ID)
				}
			}
		}
	}
}

// FuzzTyped: whatever is typed is read, and nothing of a line is lost.
func FuzzTyped(f *testing.F) {
	b, err := onStarter()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range hostile {
		f.Add("claim add " + seed)
		f.Add("claim retract a-1 " + seed + " --quiet")
		f.Add("settings language=" + seed)
	}
	all := b.Commands()
	f.Fuzz(func(t *testing.T, text string) {
		words := ""
		for _, w := range wordsIn(text) {
			words += w.raw
		}
		if squeeze(words) != squeeze(text) {
			t.Errorf("%q is read as %q", text, words)
		}
		cmd, rest, ok := typed(all, mainCommand, text)
		if !ok || everybodys(cmd.Command) {
			return
		}
		var req chat.Request
		if !(&arguments{options: cmd.Options}).read(&req, rest) {
			return
		}
		for id := range req.Values {
			if o := (&arguments{options: cmd.Options}).option(id); o == nil || o.ID == bot.TextOption || o.ID == bot.ClaimOption {
				t.Errorf("%q: a value of %q", text, id)
			}
		}
	})
}
