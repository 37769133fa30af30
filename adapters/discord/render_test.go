package discord

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// hostile are pieces that replies are made of: markup, mentions, links, and what can't be seen.
var hostile = adaptertest.Hostile("<@1>", "<@!2>", "<@&3>", "<#4>", "</ask:5>", "<id:home>", "<t:1700000000:R>", "<:a:1>", "<a:b:2>")

func text(t *rapid.T, most int) string { return hostile.Text(t, most) }

func anyReply(t *rapid.T, blocks, most int) chat.Reply {
	return hostile.Reply(t, blocks, most, target.Actions())
}

func anyView(t *rapid.T) view {
	return view{
		Command: rapid.SampledFrom([]chat.Command{chat.CommandAsk, chat.CommandCheck, chat.CommandNear}).Draw(t, "command"),
		Record:  "rec_1", Private: rapid.Bool().Draw(t, "private"),
		Label: func(c chat.Command) string { return "label " + string(c) },
	}
}

// TestHostileReplies: whatever stands in a reply, nothing of it is live, every word of it can be read, its links lead
// only where a source's does, and each page is within Discord's limits.
func TestHostileReplies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyReply(t, 14, 6)
		seen, links := "", []shownLink{}
		for _, m := range everyPage(t, r, anyView(t)) {
			text, to := proper(t, m)
			seen, links = seen+text, append(links, to...)
		}
		seen = squeeze(seen)
		for _, b := range r.Blocks {
			for _, p := range b.Parts {
				if want := squeeze(prose.Clean(p.Text)); !strings.Contains(seen, want) {
					t.Errorf("%s: %q can't be read in\n%s", b.Role, want, seen)
				}
			}
		}
		allowed := []string{}
		for _, raw := range adaptertest.Targets() {
			target, _ := prose.Link(raw)
			allowed = append(allowed, target)
		}
		for _, l := range links {
			if !slices.Contains(allowed, l.target) {
				t.Errorf("a link to %q", l.target)
			}
		}
	})
}

// squeeze leaves out blanks, and the dashes and dots that stand where lines part.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '—' || r == '…' {
			return -1
		}
		return r
	}, text)
}

// TestPages: all pages together show everything once, in order, each within the limits, however long it is. Only what is said of
// all pages (first line, headings, footer) and who said it is repeated.
func TestPages(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyReply(t, 40, 6)
		adaptertest.Lengthen(t, r)
		seen := ""
		for _, m := range everyPage(t, r, anyView(t)) {
			text, _ := proper(t, m)
			seen += text
		}
		adaptertest.Complete(t, r, seen, again)
	})
}

// TestLongItem: an item that is too long for an embed goes on under its attribution, and says that caveats follow.
func TestLongItem(t *testing.T) {
	t.Parallel()
	caveat := strings.Repeat("Not all of the 1 200 houses are in this figure. ", 60)
	r := chat.Reply{Lang: "en", Outcome: chat.Answered, Blocks: []chat.Block{
		{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "One figure:"}}},
		{Role: chat.RoleClaim, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: "1 200 houses were flooded, says Ada Brook."}}},
		{Role: chat.RoleCaveat, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: caveat}}},
		{Role: chat.RoleCaveat, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: caveat}}},
		{Role: chat.RoleSaid, ClaimID: "a", Label: "said", Parts: []chat.Part{{Kind: chat.Sourced, Text: "Ada Brook"}, {Kind: chat.Own, Text: " · undated"}}},
	}}
	pages := everyPage(t, r, view{Record: "r1", Label: labels("en")})
	var texts []string
	for _, m := range pages {
		proper(t, m)
		for _, e := range m.Embeds {
			texts = append(texts, e.Description)
		}
	}
	if len(texts) != 2 {
		t.Fatalf("%d embeds, wanted 2", len(texts))
	}
	if !strings.HasSuffix(texts[0], "\n"+moreWarnings) {
		t.Errorf("the first doesn't say that caveats follow: %q", texts[0])
	}
	if want := again + "*said* Ada Brook · undated\n"; !strings.HasPrefix(texts[1], want) {
		t.Errorf("the second begins without the attribution: %.80q", texts[1])
	}
}

// TestMessage: what there is to say of a message beside its embeds.
func TestMessage(t *testing.T) {
	t.Parallel()
	r := chat.Reply{Lang: "en", Outcome: chat.Checked, Offers: []chat.Command{chat.CommandQuote, chat.CommandSources, chat.CommandReport}, Blocks: []chat.Block{
		{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "No."}}},
	}}
	v := view{Record: "r1", Label: labels("en"), Private: true}
	m := render(r, v).answering(spot{place{"1", "2"}, "3"}).once("n1")
	if m.Flags != discordgo.MessageFlagsEphemeral || m.Nonce != "n1" || !m.EnforceNonce || !*m.Reference.FailIfNotExists {
		t.Errorf("%+v", m)
	}
	want := []string{"ws1:quote:r1", "ws1:sources:r1", "ws1:report:r1", "ws1:share:r1"}
	if diff := cmp.Diff(want, customIDs(m)); diff != "" {
		t.Errorf("buttons (-want +got):\n%s", diff)
	}
	v.Record = ""
	if got := customIDs(render(r, v)); len(got) > 0 {
		t.Errorf("buttons of a reply that isn't kept: %q", got)
	}
}

func customIDs(m message) []string {
	var out []string
	for _, r := range m.Components {
		for _, c := range r.(discordgo.ActionsRow).Components {
			switch c := c.(type) {
			case discordgo.Button:
				out = append(out, c.CustomID)
			case discordgo.SelectMenu:
				out = append(out, c.CustomID)
			}
		}
	}
	return out
}

// TestChoice: the claims that may have been meant are options, each with who says it.
func TestChoice(t *testing.T) {
	t.Parallel()
	r := handle(t, kinds["rivals-en"])
	m := render(r, view{Command: chat.CommandNear, Record: "r1", Label: labels("en")})
	proper(t, m)
	menu := m.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.SelectMenu)
	if menu.CustomID != "ws1:show:r1" || len(menu.Options) != len(r.Shown) {
		t.Fatalf("%q of %d options, wanted %d", menu.CustomID, len(menu.Options), len(r.Shown))
	}
	want := discordgo.SelectMenuOption{
		Label:       "About 86,000 Ukrainian soldiers are listed by name as killed, says UALosses (2026-02-04).",
		Value:       r.Shown[1].Claim.ID,
		Description: "UALosses · an anonymous open-source project · list of names · 2026-02-04",
	}
	if diff := cmp.Diff(want, menu.Options[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestChoiceOfNear: the bot's own list to choose from has no attribution apart from the sentences, which end with it.
func TestChoiceOfNear(t *testing.T) {
	t.Parallel()
	claims := []string{"ukraine-soldiers-killed-shoigu-2022-09-21", "ukraine-soldiers-casualties-csis-2026-01-27"}
	r := handle(t, chat.Request{Command: chat.CommandNear, Lang: "en", Claims: claims})
	m := render(r, view{Command: chat.CommandNear, Record: "r1", Label: labels("en")})
	proper(t, m)
	if len(m.Components) == 0 {
		t.Fatal("no menu")
	}
	want := []discordgo.SelectMenuOption{
		{
			Label:       "By 21 September 2022, 61,207 Ukrainian soldiers had been killed, says Sergei Shoigu, then Russian…",
			Description: "…Defence Minister (the other party to the war; 2022-09-21).", Value: claims[0],
		},
		{
			Label:       "From February 2022 to December 2025, Ukrainian forces suffered 500,000 to 600,000 casualties, says…",
			Description: "…CSIS (2026-01-27).", Value: claims[1],
		},
	}
	if diff := cmp.Diff(want, m.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.SelectMenu).Options); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReportForm: its parts are within the limits of a form, whatever its words are.
func TestReportForm(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Повідомити про помилку ", 20)
	f := reportForm("r1", formWords{Title: long, Label: long, Hint: long})
	in := f.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
	if prose.Length(f.Title) > 45 || prose.Length(in.Label) > 45 || prose.Length(in.Placeholder) > 100 || f.CustomID != "ws1:report:r1" {
		t.Errorf("%+v", f)
	}
}

func BenchmarkRender(b *testing.B) {
	for _, name := range []string{"answer-en", "rivals-uk", "status-uk", "help-en"} {
		r := handle(b, kinds[name])
		v := view{Record: "r1", Label: labels(r.Lang)}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(r, v)
			}
		})
	}
}

// TestChannel names a channel of this platform by its own markup, and no other place.
func TestChannel(t *testing.T) {
	t.Parallel()
	for place, want := range map[chat.Address]string{
		"discord:1000/2000": "in <#2000>, now", "slack:T1/C2000": "in a channel, now", "discord:1000/2000> @everyone": "in a channel, now", "": "in a channel, now",
	} {
		parts := []chat.Part{{Kind: chat.Own, Text: "in "}, {Kind: chat.Own, Text: "a channel", Place: place}, {Kind: chat.Own, Text: ", now"}}
		if got := inline(parts); got != want {
			t.Errorf("%q: %q", place, got)
		}
	}
}
