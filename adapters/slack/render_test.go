package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
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
		long := strings.Repeat(rapid.SampledFrom([]string{"word ", "слово", "*_*", "5", "55 000 ", "🔥", "a. "}).Draw(t, "long"), 700)
		for range rapid.IntRange(0, 6).Draw(t, "longs") {
			i := rapid.IntRange(0, len(r.Blocks)-1).Draw(t, "at")
			last := &r.Blocks[i].Parts[len(r.Blocks[i].Parts)-1]
			last.Text, last.URL = last.Text+long[:rapid.IntRange(0, len(long)).Draw(t, "cut")], ""
		}
		at, seen := map[string]int{}, ""
		pages := everyPage(t, r, anyView(t))
		for _, m := range pages {
			text, _ := proper(t, m)
			seen += text
		}
		for i, b := range r.Blocks {
			for k := range b.Parts {
				at[word(i, k)] = strings.Count(seen, word(i, k))
				if n := at[word(i, k)]; n == 0 && b.Role != chat.RoleFooter || n > 1 && once(b.Role) && !repeated(seen, word(i, k)) {
					t.Errorf("%s of %s stands %d times on %d pages", word(i, k), b.Role, n, len(pages))
				}
			}
		}
	})
}

// once reports a role whose blocks stand once. The first line, headings and notes that stand over several pieces, and who
// said a figure, are repeated.
func once(r chat.Role) bool {
	return slices.Contains([]chat.Role{chat.RoleRange, chat.RoleCounts, chat.RoleSource, chat.RoleCaveat, chat.RoleExample}, r)
}

// repeated reports that a mark stands once but for the lines that repeat an attribution.
func repeated(seen, mark string) bool {
	n := 0
	for line := range strings.SplitSeq(seen, "\n") {
		if !strings.HasPrefix(line, again) {
			n += strings.Count(line, mark)
		}
	}
	return n == 1
}

// TestLongItem: an item that is too long for a page goes on under its attribution, and says that caveats follow.
func TestLongItem(t *testing.T) {
	t.Parallel()
	caveat := strings.Repeat("Not all of the 1 200 houses are in this figure. ", 60)
	r := chat.Reply{Lang: "en", Outcome: chat.Answered, Blocks: []chat.Block{
		{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "One figure:"}}},
		{Role: chat.RoleClaim, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: "1 200 houses were flooded, says Ada Brook."}}},
	}}
	for range 5 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleCaveat, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: caveat}}})
	}
	r.Blocks = append(r.Blocks, chat.Block{
		Role: chat.RoleSaid, ClaimID: "a", Label: "said", Parts: []chat.Part{{Kind: chat.Sourced, Text: "Ada Brook"}, {Kind: chat.Own, Text: " · undated"}},
	})
	pages := everyPage(t, r, view{Record: "r1", Label: labels("en")})
	if len(pages) != 2 {
		t.Fatalf("%d pages, wanted 2", len(pages))
	}
	for n, m := range pages {
		proper(t, m)
		sections := sectionsOf(m)
		if n == 0 && sections[len(sections)-1] != moreWarnings {
			t.Errorf("the first doesn't say that caveats follow: %q", sections[len(sections)-1])
		}
		if want := again + "_said_ Ada Brook · undated"; n == 1 && sections[1] != want {
			t.Errorf("the second begins without the attribution: %q", sections[1])
		}
		for _, want := range []string{"1 200 houses were flooded, says Ada Brook.", "said: Ada Brook · undated", warning + "Not all", moreWarnings} {
			if !strings.Contains(m.Text, want) {
				t.Errorf("the fallback of page %d doesn't say %q: %q", n, want, m.Text)
			}
		}
	}
}

// sectionsOf returns the texts of a message's sections.
func sectionsOf(m message) []string {
	var out []string
	for _, b := range m.Blocks {
		if s, ok := b.(*slack.SectionBlock); ok {
			out = append(out, s.Text.Text)
		}
	}
	return out
}

// TestLongLead: a first line that is too long for its place stands with what is said of its claim, and on the first page only.
func TestLongLead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("in the hall, the barn and the mill ", 40)
	r := chat.Reply{Lang: "en", Outcome: chat.Answered, Blocks: []chat.Block{
		{Role: chat.RoleLead, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: "12 people were hurt " + long + "says Ada Brook."}}},
		{Role: chat.RoleCaveat, ClaimID: "a", Parts: []chat.Part{{Kind: chat.Sourced, Text: "Visitors aren't counted."}}},
		{Role: chat.RoleSaid, ClaimID: "a", Label: "said", Parts: []chat.Part{{Kind: chat.Sourced, Text: "Ada Brook"}}},
	}}
	m := render(r, view{Label: labels("en")})
	proper(t, m)
	got := sectionsOf(m)
	if len(got) != 1 || !strings.HasPrefix(got[0], "*12 people") || !strings.HasSuffix(got[0], "says Ada Brook.*\n"+warning+"Visitors aren't counted.\n_said_ Ada Brook") {
		t.Errorf("%q", got)
	}
}

// TestFallback: by itself it has for every claim that it names who says it and a caveat, if there is one; where it
// ends early, it says how many items there are more.
func TestFallback(t *testing.T) {
	t.Parallel()
	for name, req := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, req)
			for _, m := range everyPage(t, r, view{Command: req.Command, Record: "r1", Label: labels(r.Lang)}) {
				said := spokenOf(r)
				for i, b := range r.Blocks {
					if b.ClaimID == "" || b.Role != chat.RoleClaim && b.Role != chat.RoleLead || !strings.Contains(m.Text, aloud(b.Parts)) || said[i] == nil {
						continue
					}
					for _, want := range said[i] {
						if !strings.Contains(m.Text, want) {
							t.Errorf("%q is said without %q", aloud(b.Parts), want)
						}
					}
				}
				if more(m) && !strings.Contains(m.Text, ": +") {
					t.Errorf("it doesn't say that there is more: %q", m.Text)
				}
			}
		})
	}
}

// spokenOf returns, for each block of a claim's sentence, what has to be said with it: its claimant and its first caveat.
func spokenOf(r chat.Reply) map[int][]string {
	out := map[int][]string{}
	for i, b := range r.Blocks {
		if b.Role != chat.RoleClaim && b.Role != chat.RoleLead {
			continue
		}
		warned := false
		for _, d := range r.Blocks[i+1:] {
			if d.ClaimID != b.ClaimID || d.Role == chat.RoleClaim {
				break
			}
			if d.Role == chat.RoleSaid || d.Role == chat.RoleCaveat && !warned {
				out[i], warned = append(out[i], aloud(d.Parts)), warned || d.Role == chat.RoleCaveat
			}
		}
	}
	return out
}

// TestMessage: what there is to say of a message beside its blocks.
func TestMessage(t *testing.T) {
	t.Parallel()
	r := chat.Reply{Lang: "en", Outcome: chat.Checked, Offers: []chat.Command{chat.CommandQuote, chat.CommandSources, chat.CommandReport}, Blocks: []chat.Block{
		{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "No."}}},
	}}
	v := view{Record: "r1", Label: labels("en"), Private: true}
	m := render(r, v).answering(spot{place{Team: "T1", Channel: "C2"}, "1700000000.000100"}).once("k1")
	proper(t, m)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	want := `"metadata":{"event_type":"whosays_post","event_payload":{"key":"k1"}},"thread_ts":"1700000000.000100","unfurl_links":false,"unfurl_media":false}`
	if !strings.HasSuffix(string(data), want) {
		t.Errorf("%s, wanted at its end %s", data, want)
	}
	if diff := cmp.Diff([]string{"ws1:quote:r1", "ws1:sources:r1", "ws1:report:r1", "ws1:share:r1"}, values(m)); diff != "" {
		t.Errorf("buttons (-want +got):\n%s", diff)
	}
	if got := values(render(r, view{Label: labels("en"), Private: true})); len(got) > 0 {
		t.Errorf("buttons of a reply that isn't kept: %q", got)
	}
}

// values returns what the buttons of a message carry.
func values(m message) []string {
	var out []string
	for _, b := range m.Blocks {
		if row, ok := b.(*slack.ActionBlock); ok {
			for _, e := range row.Elements.ElementSet {
				if button, ok := e.(*slack.ButtonBlockElement); ok {
					out = append(out, button.Value)
				}
			}
		}
	}
	return out
}

// TestChoice: the claims that may have been meant are options, each with who says it.
func TestChoice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		req         chat.Request
		text, below string
	}{
		"what is said of it": {
			kinds["rivals-en"],
			"About 86,000 Ukrainian soldiers are listed by name as killed… — UALosses",
			"UALosses · an anonymous open-source project · list of names · 2026-02-04",
		},
		"the end of the sentence": {
			kinds["near-en"],
			"From February 2022 to December 2025, Ukrainian forces suffered 500,000 to…",
			"…600,000 casualties, says CSIS (2026-01-27).",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, test.req)
			m := render(r, view{Command: chat.CommandNear, Record: "r1", Label: labels("en")})
			proper(t, m)
			i := slices.IndexFunc(m.Blocks, func(b slack.Block) bool { return b.ID() == "ws1:show:r1" })
			if i < 0 {
				t.Fatal("no menu")
			}
			menu := m.Blocks[i].(*slack.ActionBlock).Elements.ElementSet[0].(*slack.SelectBlockElement)
			if menu.ActionID != "ws1:show" || len(menu.Options) != len(r.Shown) {
				t.Fatalf("%q of %d options, wanted %d", menu.ActionID, len(menu.Options), len(r.Shown))
			}
			want := slack.NewOptionBlockObject(r.Shown[1].Claim.ID, plainText(test.text, 75), plainText(test.below, 75))
			if diff := cmp.Diff(want, menu.Options[1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAttributed holds that what Slack shows of a choice says who says it, as far as there is room.
func TestAttributed(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 20) + "says Ann (2026)"
	for name, tc := range map[string]struct{ text, said, want string }{
		"short":            {"It rains, says Ann.", "Ann · a mayor", "It rains, says Ann."},
		"cut":              {long, "Ann · a mayor", "word word word word word word word word word word word word word… — Ann"},
		"said in front":    {"Ann says: " + long, "Ann · a mayor", "Ann says: word word word word word word word word word word word word…"},
		"nobody":           {long, "", "word word word word word word word word word word word word word word…"},
		"a name too long":  {long, strings.Repeat("Ann ", 15) + "· x", "word word word word word word word word word word word word word word…"},
		"a name that fits": {long, "The Office of Anns and of others who count · x", ""},
	} {
		got := attributed(tc.text, tc.said)
		if tc.want != "" && got != tc.want || prose.Length(got) > maxOption {
			t.Errorf("%s: %q", name, got)
		}
		if tc.want == "" && !strings.HasSuffix(got, "The Office of Anns and of others who count") {
			t.Errorf("%s: %q", name, got)
		}
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
		"slack:T1/C2000": "in <#C2000>, now", "discord:1000/2000": "in a channel, now", "slack:T1/C2000> @everyone": "in a channel, now", "": "in a channel, now",
	} {
		parts := []chat.Part{{Kind: chat.Own, Text: "in "}, {Kind: chat.Own, Text: "a channel", Place: place}, {Kind: chat.Own, Text: ", now"}}
		if got := inline(parts); got != want {
			t.Errorf("%q: %q", place, got)
		}
	}
}
