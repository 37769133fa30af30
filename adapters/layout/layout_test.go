package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
)

func block(role chat.Role, claim, text string) chat.Block {
	return chat.Block{Role: role, ClaimID: claim, Parts: []chat.Part{{Kind: chat.Own, Text: text}}}
}

// was is a block about a claim as it was told before.
func was(role chat.Role, claim, text string) chat.Block {
	b := block(role, claim, text)
	b.Was = true
	return b
}

func labelled(b chat.Block) chat.Block {
	b.Label = "L"
	return b
}

// shape writes items in short: heading, intro, then each block's role and text.
func shape(items []Item) []string {
	out := []string{}
	for _, it := range items {
		s := strings.Repeat("§", it.Section) + it.Heading + "|" + it.Intro + "|"
		for _, b := range it.Blocks {
			s += " " + string(b.Role) + ":" + b.Text()
		}
		out = append(out, s)
	}
	return out
}

// shapes are blocks, and the items that they make.
type shapes map[string]struct {
	blocks []chat.Block
	want   []string
}

func (all shapes) try(t *testing.T) {
	for name, test := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, items, _ := Items(chat.Reply{Blocks: test.blocks})
			if diff := cmp.Diff(test.want, shape(items)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	shapes{
		"what is said of the first line's claim": {
			[]chat.Block{block(chat.RoleLead, "a", "A."), block(chat.RoleCounts, "a", "c"), block(chat.RoleSource, "a", "s"), block(chat.RoleFooter, "", "f")},
			[]string{"|| counts:c source:s"},
		},
		"rivals under headings": {
			[]chat.Block{
				block(chat.RoleLead, "", "L:"), block(chat.RoleHeading, "", "H"), block(chat.RoleClaim, "a", "A."), block(chat.RoleRange, "a", "1"),
				block(chat.RoleClaim, "b", "B."), block(chat.RoleNote, "", "Disputed:"), block(chat.RoleClaim, "c", "C."), block(chat.RoleNote, "", "N."),
			},
			[]string{"H|| claim:A. range:1", "H|| claim:B.", "|Disputed:| claim:C.", "|| note:N."},
		},
		"a board": {
			[]chat.Block{
				block(chat.RoleHeading, "", "H"), block(chat.RoleClaim, "a", "A."), block(chat.RoleClaim, "b", "B."), block(chat.RoleHeading, "", "I"),
				block(chat.RoleNote, "", "N."), block(chat.RoleHeading, "", "J"),
			},
			[]string{"§H|| claim:A.", "§H|| claim:B.", "§§I|| note:N.", "§§§J||"},
		},
		"a verdict and its claim": {
			[]chat.Block{
				block(chat.RoleFinding, "", "F"), block(chat.RoleClaim, "a", "A."), block(chat.RoleCaveat, "a", "w"), block(chat.RoleFinding, "", "G"),
				block(chat.RoleWrote, "", "W"), block(chat.RoleNote, "", "N."), block(chat.RoleExample, "", "E"),
			},
			[]string{"|| finding:F claim:A. caveat:w", "|| finding:G", "|| wrote:W", "|| note:N. example:E"},
		},
		"a form": {
			[]chat.Block{
				block(chat.RoleLead, "", "L"), block(chat.RoleField, "", "A"), block(chat.RoleProblem, "", "P"), block(chat.RoleField, "", "B"),
				block(chat.RoleNote, "", "Like it:"), block(chat.RoleClaim, "a", "C."), block(chat.RoleField, "", "D"), block(chat.RoleNote, "", "N."),
			},
			[]string{"|| field:A problem:P field:B", "|Like it:| claim:C.", "|| field:D", "|| note:N."},
		},
		"what a claim was, and what it is": {
			[]chat.Block{
				block(chat.RoleHeading, "", "H"), block(chat.RoleNote, "", "Was:"), was(chat.RoleClaim, "a", "A."), was(chat.RoleSource, "a", "s"), was(chat.RoleNote, "a", "Is:"),
				block(chat.RoleClaim, "a", "B."), block(chat.RoleSource, "a", "t"), was(chat.RoleNote, "a", "because"), block(chat.RoleNote, "", "Was:"), was(chat.RoleClaim, "c", "C."),
			},
			[]string{"§H|| note:Was: claim:A. source:s note:Is: claim:B. source:t note:because", "§H|| note:Was: claim:C."},
		},
		"what is said of a claim": {
			[]chat.Block{block(chat.RoleClaim, "a", "A."), block(chat.RoleNote, "a", "n"), block(chat.RoleSource, "a", "s"), block(chat.RoleClaim, "b", "B."), block(chat.RoleNote, "a", "n")},
			[]string{"|| claim:A. note:n source:s", "|| claim:B.", "|| note:n"},
		},
		"a new claim under its heading": {
			[]chat.Block{block(chat.RoleHeading, "", "H"), block(chat.RoleNote, "", "New:"), block(chat.RoleClaim, "a", "A."), labelled(block(chat.RoleNote, "", "none")), block(chat.RoleNote, "", "N.")},
			[]string{"§H|| note:New: claim:A.", "§H|| note:none", "|| note:N."},
		},
		"a note that leads to nothing": {[]chat.Block{block(chat.RoleNote, "", "N:"), block(chat.RoleLead, "", "L")}, []string{"|N:|"}},
	}.try(t)
}

// TestItemsHoldEverything: each block stands in one place, in order, whatever the reply is.
func TestItemsHoldEverything(t *testing.T) {
	t.Parallel()
	roles := []chat.Role{
		chat.RoleLead, chat.RoleWrote, chat.RoleFinding, chat.RoleClaim, chat.RoleRange, chat.RoleCounts, chat.RoleSaid,
		chat.RoleSource, chat.RoleCaveat, chat.RoleNote, chat.RoleHeading, chat.RoleExample, chat.RoleFooter,
		chat.RoleField, chat.RoleProblem,
	}
	rapid.Check(t, func(t *rapid.T) {
		r := chat.Reply{}
		for i := range rapid.IntRange(0, 20).Draw(t, "blocks") {
			colon := rapid.SampledFrom([]string{"", ":"}).Draw(t, "colon")
			r.Blocks = append(r.Blocks, block(rapid.SampledFrom(roles).Draw(t, "role"), fmt.Sprint(i/4), fmt.Sprintf("Q%dQ%s", i, colon)))
		}
		lead, items, footer := Items(r)
		seen, order := footer, []string{}
		if lead != nil {
			seen += lead.Text()
		}
		for _, it := range items {
			seen += it.Heading + it.Intro
			for _, b := range it.Blocks {
				seen, order = seen+b.Text(), append(order, b.Text())
			}
		}
		want := []string{}
		for _, b := range r.Blocks {
			if !strings.Contains(seen, b.Text()) {
				t.Errorf("%s %q is lost", b.Role, b.Text())
			}
			for _, got := range order {
				if got == b.Text() {
					want = append(want, got)
				}
			}
		}
		if diff := cmp.Diff(want, order); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}

func TestWho(t *testing.T) {
	t.Parallel()
	it := Item{Blocks: []chat.Block{
		block(chat.RoleRange, "a", "1"), block(chat.RoleCaveat, "a", "w"), block(chat.RoleSaid, "a", " Ada\u200b Brook "),
		block(chat.RoleRange, "b", "2"), block(chat.RoleSaid, "c", "Cleo"),
	}}
	if got := it.Who(0); got != "Ada Brook" {
		t.Errorf("%q", got)
	}
	if got := it.Who(3); got != "" {
		t.Errorf("another claim's %q", got)
	}
}

func TestRemaining(t *testing.T) {
	t.Parallel()
	if n := Remaining([]Item{{}, {Kind: Claim}, {Kind: Finding}}); n != 2 {
		t.Errorf("%d beside notes", n)
	}
	if n := Remaining([]Item{{}, {}}); n != 2 {
		t.Errorf("%d notes", n)
	}
}
