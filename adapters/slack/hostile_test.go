package slack

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// hostile are pieces that replies are made of: markup, mentions, links, and what can't be seen.
var hostile = adaptertest.Hostile(
	"@Channel", "<@U1>", "<@U1|ada>", "<!channel>", "<!here>", "<!subteam^S1>", "<#C1>", "<#C1|general>", "<!date^1^{date}|a>", ":+1:", "&lt;!channel&gt;", "&amp;", "&", "<", ">",
	"<https://evil.example|https://un.org>", "<http://evil|bank.com>", "<mailto:a@b.example|c>", "＊", "＿", "～", "｀", "＞ ", "|", "^",
)

func text(t *rapid.T, most int) string { return hostile.Text(t, most) }

// anyReply is a reply of any blocks, perhaps with a menu or a form.
func anyReply(t *rapid.T, blocks, most int) chat.Reply {
	r := hostile.Reply(t, blocks, most, target.Actions())
	if rapid.Bool().Draw(t, "menu") {
		r.Menu = &chat.Menu{Command: rapid.SampledFrom(append(target.Actions(), "foreign")).Draw(t, "picks")}
		for i := range rapid.IntRange(0, 25).Draw(t, "choices") {
			r.Menu.Choices = append(r.Menu.Choices, chat.Choice{Value: fmt.Sprintf("v%d", i/2*2), Label: prose.Cut(text(t, most), 100)})
		}
	}
	if rapid.Bool().Draw(t, "form") {
		r.Form, r.Opens = &chat.Form{Command: chat.CommandFill}, rapid.Bool().Draw(t, "opens")
	}
	return r
}

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
