package adaptertest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Pieces are what texts of any kind are made of.
type Pieces []string

// Hostile are pieces for a platform: of its own markup and mentions, and those that are hostile, or odd, anywhere.
func Hostile(own ...string) Pieces {
	return append(own,
		"@everyone", "@here", ":smile:", ":",
		"*", "**", "_", "__", "~~", "`", "```", "||", "> ", ">>> ", "# ", "### ", "-# ", "- ", "* ", "+ ", "1. ", "12. ", "\\", "\\\\", "(", ")", "[", "]",
		"[proof](https://evil.example)", "](<https://evil.example>)", "<https://evil.example>", "https://evil.example/a_b*c", "http:", "//evil.example", "discord.gg/abc",
		"user@host.example", "\n", "\r\n", "\t", "\u200b", "\u202e", "\u2066", "\ue000", "\x00", "\xff", "\u3164", "👩‍👩‍👧", "🔥", "🇺🇦", "1️⃣", "e\u0301",
		"55\u00a0000", "420,000", "2026-02-04", "12:30", "5 – 9", "a", "word", "слово", " ", "  ", ".", ",", "—", "…", "%", "'", "\"", "“x”", "$", "www.a.example",
	)
}

// Targets are where links lead, or seem to.
func Targets() []string {
	return []string{
		"https://courier.example/a_b(c)?d=*e*#f", "http://пример.рф/стаття", "https://user:pass@evil.example/@everyone", "javascript:alert(1)",
		"https://a.example/x)[y](https://b.example)", "HTTPS://UPPER.example/%3E>", "", "::", "discord://settings", "https://[::1]/", "https://gооgle.example/",
	}
}

// Text draws a text of at most so many pieces.
func (p Pieces) Text(t *rapid.T, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(p), rapid.StringN(0, 6, 20)), 1, most).Draw(t, "text"), "")
}

// Reply draws a reply of at most so many blocks of any kind, whose texts have at most so many pieces. Each text begins with a Mark of
// its own, and ends where it can be seen. It offers some of the actions, and one that nobody knows.
func (p Pieces) Reply(t *rapid.T, blocks, most int, actions []chat.Command) chat.Reply {
	r := chat.Reply{Lang: "en", Outcome: rapid.SampledFrom([]chat.Outcome{chat.Answered, chat.Related, chat.Unsourced, chat.Help, chat.Checked}).Draw(t, "outcome")}
	for i := range rapid.IntRange(1, blocks).Draw(t, "blocks") {
		b := chat.Block{Role: rapid.SampledFrom(roles()).Draw(t, "role"), ClaimID: fmt.Sprintf("c%d", i/4), Label: p.Text(t, 2)}
		for k := range rapid.IntRange(1, 3).Draw(t, "parts") {
			part := p.part(t, most)
			part.Text = " " + Mark(i, k) + " " + part.Text + "Z"
			b.Parts = append(b.Parts, part)
		}
		r.Blocks = append(r.Blocks, b)
		if b.Role == chat.RoleFinding {
			r.Findings = append(r.Findings, chat.Finding{Verdict: rapid.SampledFrom([]chat.Verdict{chat.Matches, chat.Differs, chat.MixedUp, chat.NoSource}).Draw(t, "verdict")})
		}
	}
	for i := range 40 {
		r.Shown = append(r.Shown, chat.Shown{Claim: knowledge.Claim{ID: fmt.Sprintf("c%d", i)}})
	}
	r.Offers = rapid.SliceOfN(rapid.SampledFrom(append(actions, "foreign")), 0, 12).Draw(t, "offers")
	return r
}

func roles() []chat.Role {
	return []chat.Role{
		chat.RoleLead, chat.RoleWrote, chat.RoleFinding, chat.RoleClaim, chat.RoleRange, chat.RoleCounts, chat.RoleSaid,
		chat.RoleSource, chat.RoleCaveat, chat.RoleNote, chat.RoleHeading, chat.RoleExample, chat.RoleFooter,
		chat.RoleField, chat.RoleProblem,
	}
}

func (p Pieces) part(t *rapid.T, most int) chat.Part {
	part := chat.Part{
		Kind: rapid.SampledFrom([]chat.PartKind{chat.Own, chat.Sourced, chat.Wrote, chat.Furniture}).Draw(t, "kind"),
		Text: p.Text(t, most), Strong: rapid.Bool().Draw(t, "strong"),
	}
	if rapid.IntRange(0, 3).Draw(t, "linked") == 0 {
		part.URL = rapid.SampledFrom(Targets()).Draw(t, "url")
	}
	return part
}

// Mark is a word that stands nowhere else than in one part of one block.
func Mark(block, part int) string { return fmt.Sprintf("Q%dq%dQ", block, part) }

// Lengthen makes some parts of a reply as long as some messages.
func Lengthen(t *rapid.T, r chat.Reply) {
	long := strings.Repeat(rapid.SampledFrom([]string{"word ", "слово", "*_*", "5", "55 000 ", "🔥", "a. "}).Draw(t, "long"), 700)
	for range rapid.IntRange(0, 6).Draw(t, "longs") {
		i := rapid.IntRange(0, len(r.Blocks)-1).Draw(t, "at")
		last := &r.Blocks[i].Parts[len(r.Blocks[i].Parts)-1]
		last.Text, last.URL = last.Text+long[:rapid.IntRange(0, len(long)).Draw(t, "cut")], ""
	}
}

// Complete holds that what was seen of a reply, on all its pages, shows each of its marked texts, and once those that nothing repeats.
// Lines that begin with again repeat an attribution.
func Complete(t *rapid.T, r chat.Reply, seen, again string) {
	var own strings.Builder
	for line := range strings.SplitSeq(seen, "\n") {
		if !strings.HasPrefix(line, again) {
			own.WriteString(line)
		}
	}
	for i, b := range r.Blocks {
		for k := range b.Parts {
			n := strings.Count(seen, Mark(i, k))
			if n == 0 && b.Role != chat.RoleFooter || n > 1 && once(b.Role) && strings.Count(own.String(), Mark(i, k)) != 1 {
				t.Errorf("%s of %s stands %d times", Mark(i, k), b.Role, n)
			}
		}
	}
}

// once reports a role whose blocks stand once. The first line, headings and notes that stand over several pieces, and who
// said a figure, are repeated.
func once(r chat.Role) bool {
	return slices.Contains([]chat.Role{chat.RoleRange, chat.RoleCounts, chat.RoleSource, chat.RoleCaveat, chat.RoleExample}, r)
}
