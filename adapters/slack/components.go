package slack

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// components returns the menus and the buttons under a reply of which left items aren't shown; none where the reply
// isn't kept.
func components(r chat.Reply, v view, left int) []slack.Block {
	var out []slack.Block
	if (target.ID{Action: chat.CommandMore, Record: v.Record, Page: v.Page}).Check() != nil {
		return nil
	}
	if v.Command == chat.CommandNear {
		if menu, ok := choice(r, v); ok {
			out = append(out, menu)
		}
	} else if menu, ok := picks(r, v); ok {
		out = append(out, menu)
	}
	if buttons := buttons(r, v, left); len(buttons) > 0 {
		out = append(out, slack.NewActionBlock("", buttons...))
	}
	return out
}

// buttons returns a button for each offer, and one for the next page.
func buttons(r chat.Reply, v view, left int) []slack.BlockElement {
	var out []slack.BlockElement
	for _, c := range offers(r, v) {
		b := button(target.ID{Action: c, Record: v.Record}, label(v, c))
		b.Style = styleOf(c)
		out = append(out, b)
	}
	if next := (target.ID{Action: chat.CommandMore, Record: v.Record, Page: v.Page + 1}); left > 0 && next.Check() == nil {
		words := prose.Cut(label(v, chat.CommandMore), maxButton/2) + " (+" + strconv.Itoa(left) + ")"
		b := button(next, words)
		b.Style = slack.StylePrimary
		out = append(out, b)
	}
	return out
}

// offers returns what may be asked further, in the order of the reply (to show a claim is what a menu does, as is what the reply's own menu
// is for): to edit a form, too, that couldn't be opened, and to share what only one person sees of a check.
func offers(r chat.Reply, v view) []chat.Command {
	var out []chat.Command
	for _, c := range r.Offers {
		if !oneself(c) && (r.Menu == nil || r.Menu.Command != c) && slices.Contains(target.Actions(), c) && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	if r.Form != nil && r.Opens && !slices.Contains(out, chat.CommandEdit) {
		out = append(out, chat.CommandEdit)
	}
	if v.Private && r.Outcome == chat.Checked {
		out = append(out, chat.CommandShare)
	}
	return out
}

// oneself reports what render offers by itself, where it belongs.
func oneself(c chat.Command) bool {
	return c == chat.CommandMore || c == chat.CommandShare || c == chat.CommandShow
}

// styleOf sets off what can't easily be undone, and what somebody most likely came for.
func styleOf(c chat.Command) slack.Style {
	switch c {
	case chat.CommandPublish, chat.CommandApprove, chat.CommandTell:
		return slack.StylePrimary
	case chat.CommandReject, chat.CommandClaimRetract, chat.CommandClaimHide, chat.CommandModRemove:
		return slack.StyleDanger
	}
	return slack.StyleDefault
}

func button(g target.ID, words string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(actionIDOf(g.Action), g.String(), plainText(words, maxButton))
}

// label returns the words on a button; the command's name where there are none.
func label(v view, c chat.Command) string {
	return cmp.Or(strings.TrimSpace(prose.Clean(v.Label(c))), string(c))
}

// heaviestMenu is how much of maxWeight a menu may take: it holds again what the items say.
const heaviestMenu = 3500

// choice returns a menu of the claims that a reply shows, to choose which was meant: its values are the claims' ids. Each option
// says its claim's sentence and, below, by whom and when it was said.
func choice(r chat.Reply, v view) (*slack.ActionBlock, bool) {
	g := target.ID{Action: chat.CommandShow, Record: v.Record}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText(label(v, chat.CommandNear), maxPlaceholder), actionIDOf(g.Action))
	block := slack.NewActionBlock(g.String(), menu)
	for _, s := range r.Shown {
		o, ok := option(r, s)
		if !ok || slices.ContainsFunc(menu.Options, func(k *slack.OptionBlockObject) bool { return k.Value == o.Value }) {
			continue
		}
		menu.Options = append(menu.Options, o)
		if len(menu.Options) > maxOptions || weight(block) > heaviestMenu {
			menu.Options = menu.Options[:len(menu.Options)-1]
			break
		}
	}
	return block, len(menu.Options) > 0
}

// option returns a claim as it is said in the reply: its sentence and, below, by whom and when it was said. Where the reply
// doesn't say that apart, the sentence goes on below, up to its end, which says it.
func option(r chat.Reply, s chat.Shown) (*slack.OptionBlockObject, bool) {
	var text, said string
	for _, b := range r.Blocks {
		switch {
		case b.ClaimID != s.Claim.ID:
		case text == "" && (b.Role == chat.RoleClaim || b.Role == chat.RoleLead):
			text = trimBlanks(layout.Text(b.Parts))
		case said == "" && b.Role == chat.RoleSaid:
			said = trimBlanks(layout.Text(b.Parts))
		}
	}
	if text == "" || s.Claim.ID == "" || len(s.Claim.ID) > maxOptionValue {
		return nil, false
	}
	o := slack.NewOptionBlockObject(s.Claim.ID, plainText(attributed(text, said), maxOption), nil)
	if said == "" {
		_, said = prose.Ends(text, maxOption)
	}
	if said != "" {
		o.Description = plainText(said, maxOption)
	}
	return o, true
}

// leastSentence is how much of a sentence an option says at least.
const leastSentence = 30

// attributed returns a sentence as an option says it, which is all that Slack shows of what was chosen: where it is cut before who says it,
// that stands behind. The attribution begins with who it is.
func attributed(text, said string) string {
	short := prose.Cut(text, maxOption)
	who, _, _ := strings.Cut(said, " · ")
	if short == text || who == "" || strings.Contains(short, who) {
		return short
	}
	who = " — " + who
	if room := maxOption - prose.Length(who); room >= leastSentence {
		return prose.Cut(text, room) + who
	}
	return short
}
