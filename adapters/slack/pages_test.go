package slack

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/bot/chat"
)

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
