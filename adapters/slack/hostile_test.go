package slack

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// hostile are pieces that replies are made of: markup, mentions, links, and what can't be seen.
var hostile = []string{
	"@everyone", "@here", "@Channel", "<@U1>", "<@U1|ada>", "<!channel>", "<!here>", "<!subteam^S1>", "<#C1>", "<#C1|general>", "<!date^1^{date}|a>", ":smile:", ":+1:", ":", "&lt;!channel&gt;", "&amp;", "&", "<", ">",
	"<https://evil.example|https://un.org>", "<http://evil|bank.com>", "<mailto:a@b.example|c>", "＊", "＿", "～", "｀", "＞ ", "|", "^", "`",
	"*", "**", "_", "__", "~~", "`", "```", "||", "> ", ">>> ", "# ", "### ", "-# ", "- ", "* ", "+ ", "1. ", "12. ", "\\", "\\\\", "(", ")", "[", "]",
	"[proof](https://evil.example)", "](<https://evil.example>)", "<https://evil.example>", "https://evil.example/a_b*c", "http:", "//evil.example", "discord.gg/abc",
	"user@host.example", "\n", "\r\n", "\t", "\u200b", "\u202e", "\u2066", "\ue000", "\x00", "\xff", "\u3164", "👩‍👩‍👧", "🔥", "🇺🇦", "1️⃣", "e\u0301",
	"55\u00a0000", "420,000", "2026-02-04", "12:30", "5 – 9", "a", "word", "слово", " ", "  ", ".", ",", "—", "…", "%", "'", "\"", "“x”", "$", "www.a.example",
}

func text(t *rapid.T, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringN(0, 6, 20)), 1, most).Draw(t, "text"), "")
}

var roles = []chat.Role{
	chat.RoleLead, chat.RoleWrote, chat.RoleFinding, chat.RoleClaim, chat.RoleRange, chat.RoleCounts, chat.RoleSaid,
	chat.RoleSource, chat.RoleCaveat, chat.RoleNote, chat.RoleHeading, chat.RoleExample, chat.RoleFooter,
	chat.RoleField, chat.RoleProblem,
}

var targets = []string{
	"https://courier.example/a_b(c)?d=*e*#f", "http://пример.рф/стаття", "https://user:pass@evil.example/@everyone", "javascript:alert(1)",
	"https://a.example/x)[y](https://b.example)", "HTTPS://UPPER.example/%3E>", "", "::", "discord://settings", "https://[::1]/", "https://gооgle.example/",
}

func part(t *rapid.T, most int) chat.Part {
	p := chat.Part{
		Kind: rapid.SampledFrom([]chat.PartKind{chat.Own, chat.Sourced, chat.Wrote, chat.Furniture}).Draw(t, "kind"),
		Text: text(t, most), Strong: rapid.Bool().Draw(t, "strong"),
	}
	if rapid.IntRange(0, 3).Draw(t, "linked") == 0 {
		p.URL = rapid.SampledFrom(targets).Draw(t, "url")
	}
	return p
}

// anyReply is a reply of any blocks, in which each text begins with a mark of its own, and ends where it can be seen.
func anyReply(t *rapid.T, blocks, most int) chat.Reply {
	r := chat.Reply{Lang: "en", Outcome: rapid.SampledFrom([]chat.Outcome{chat.Answered, chat.Related, chat.Unsourced, chat.Help, chat.Checked}).Draw(t, "outcome")}
	for i := range rapid.IntRange(1, blocks).Draw(t, "blocks") {
		b := chat.Block{Role: rapid.SampledFrom(roles).Draw(t, "role"), ClaimID: fmt.Sprintf("c%d", i/4), Label: text(t, 2)}
		for k := range rapid.IntRange(1, 3).Draw(t, "parts") {
			p := part(t, most)
			p.Text = " " + word(i, k) + " " + p.Text + "Z"
			b.Parts = append(b.Parts, p)
		}
		r.Blocks = append(r.Blocks, b)
		if b.Role == chat.RoleFinding {
			r.Findings = append(r.Findings, chat.Finding{Verdict: rapid.SampledFrom([]chat.Verdict{chat.Matches, chat.Differs, chat.MixedUp, chat.NoSource}).Draw(t, "verdict")})
		}
	}
	for i := range 40 {
		r.Shown = append(r.Shown, chat.Shown{Claim: knowledge.Claim{ID: fmt.Sprintf("c%d", i)}})
	}
	if rapid.Bool().Draw(t, "menu") {
		r.Menu = &chat.Menu{Command: rapid.SampledFrom(append(target.Actions(), "foreign")).Draw(t, "picks")}
		for i := range rapid.IntRange(0, 25).Draw(t, "choices") {
			r.Menu.Choices = append(r.Menu.Choices, chat.Choice{Value: fmt.Sprintf("v%d", i/2*2), Label: prose.Cut(text(t, most), 100)})
		}
	}
	if rapid.Bool().Draw(t, "form") {
		r.Form, r.Opens = &chat.Form{Command: chat.CommandFill}, rapid.Bool().Draw(t, "opens")
	}
	r.Offers = rapid.SliceOfN(rapid.SampledFrom(append(target.Actions(), "foreign")), 0, 8).Draw(t, "offers")
	return r
}

// word is a word that stands nowhere else.
func word(block, part int) string { return fmt.Sprintf("Q%dq%dQ", block, part) }

func anyView(t *rapid.T) view {
	return view{
		Command: rapid.SampledFrom([]chat.Command{chat.CommandAsk, chat.CommandCheck, chat.CommandNear}).Draw(t, "command"),
		Record:  "rec_1", Private: rapid.Bool().Draw(t, "private"),
		Label: func(c chat.Command) string { return "label " + string(c) },
	}
}

// TestHostileReplies: whatever stands in a reply, nothing of it is live, every word of it can be read, its links lead
// only where a source's does, and each page is within Slack's limits.
func TestHostileReplies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyReply(t, 14, 6)
		seen, links := "", []shownLink{}
		for _, m := range everyPage(t, r, anyView(t)) {
			text, to := proper(t, m)
			seen, links = seen+text, append(links, to...)
		}
		seen = alike(squeeze(seen))
		_, _, footer := itemsOf(r)
		for _, b := range r.Blocks {
			if b.Role == chat.RoleFooter && len(footer) > longestFooter { // only its beginning is shown
				continue
			}
			for _, p := range b.Parts {
				if want := alike(squeeze(prose.Clean(p.Text))); !strings.Contains(seen, want) {
					t.Errorf("%s: %q can't be read in\n%s", b.Role, want, seen)
				}
			}
		}
		allowed := []string{}
		for _, raw := range targets {
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

// TestProblemOfNoField: what is wrong with a form is read, also where it follows something else than a field in the form's item.
func TestProblemOfNoField(t *testing.T) {
	t.Parallel()
	own := func(role chat.Role, text string) chat.Block {
		return chat.Block{Role: role, ClaimID: "dam", Parts: []chat.Part{{Kind: chat.Own, Text: text}}}
	}
	r := chat.Reply{Lang: "en", Outcome: chat.Help, Blocks: []chat.Block{
		own(chat.RoleField, "The dam"), own(chat.RoleProblem, "Too short."), own(chat.RoleNote, "As it stands."), own(chat.RoleProblem, "No source."),
	}}
	seen, _ := proper(t, render(r, view{Label: labels("en")}))
	for _, want := range []string{"Too short.", "No source."} {
		if strings.Count(seen, want) != 1 {
			t.Errorf("%q doesn't stand once in\n%s", want, seen)
		}
	}
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
