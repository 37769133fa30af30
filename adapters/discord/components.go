package discord

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// components returns the menu and the buttons under a reply of which left items aren't shown; none where the reply
// isn't kept.
func components(r chat.Reply, v view, left int) []discordgo.MessageComponent {
	out := []discordgo.MessageComponent{}
	if (target.ID{Action: chat.CommandMore, Record: v.Record, Page: v.Page}).Check() != nil {
		return out
	}
	if v.Command == chat.CommandNear {
		if menu, ok := choice(r, v); ok {
			out = append(out, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
		}
	}
	buttons := buttons(r, v, left)
	for row := range slices.Chunk(buttons, maxInRow) {
		if len(out) < maxRows {
			out = append(out, discordgo.ActionsRow{Components: row})
		}
	}
	return out
}

// buttons returns a button for each offer, in their order (to show a claim is what a menu does), one to share what only one person sees of a check, and one for the next page.
func buttons(r chat.Reply, v view, left int) []discordgo.MessageComponent {
	offers := slices.DeleteFunc(slices.Compact(slices.Clone(r.Offers)), func(c chat.Command) bool {
		return c == chat.CommandMore || c == chat.CommandShare || c == chat.CommandShow || !slices.Contains(target.Actions(), c)
	})
	if v.Private && r.Outcome == chat.Checked {
		offers = append(offers, chat.CommandShare)
	}
	out := []discordgo.MessageComponent{}
	for _, c := range offers {
		id := target.ID{Action: c, Record: v.Record}
		if b := (discordgo.Button{Label: label(v, c), Style: discordgo.SecondaryButton, CustomID: id.String()}); !has(out, b.CustomID) {
			out = append(out, b)
		}
	}
	if next := (target.ID{Action: chat.CommandMore, Record: v.Record, Page: v.Page + 1}); left > 0 && next.Check() == nil {
		out = append(out, discordgo.Button{
			Label:    prose.Cut(label(v, chat.CommandMore), maxLabel-len(" (+999999)")) + " (+" + strconv.Itoa(left) + ")",
			Style:    discordgo.PrimaryButton,
			CustomID: next.String(),
		})
	}
	return out
}

// has reports a button of the same id: Discord refuses a second one.
func has(buttons []discordgo.MessageComponent, id string) bool {
	return slices.ContainsFunc(buttons, func(c discordgo.MessageComponent) bool {
		b, ok := c.(discordgo.Button)
		return ok && b.CustomID == id
	})
}

// label returns the words on a button; the command's name where there are none.
func label(v view, c chat.Command) string {
	return prose.Cut(cmp.Or(strings.TrimSpace(prose.Clean(v.Label(c))), string(c)), maxLabel)
}

// choice returns a menu of the claims that a reply shows, to choose which was meant: its values are the claims' ids.
// Each option says its claim's sentence and, below, by whom and when it was said.
func choice(r chat.Reply, v view) (discordgo.SelectMenu, bool) {
	options := []discordgo.SelectMenuOption{}
	for _, s := range r.Shown {
		o := option(r, s)
		known := slices.ContainsFunc(options, func(k discordgo.SelectMenuOption) bool { return k.Value == o.Value })
		if o.Label == "" || o.Value == "" || prose.Length(o.Value) > maxOption || known {
			continue
		}
		if options = append(options, o); len(options) == maxOptions {
			break
		}
	}
	return discordgo.SelectMenu{
		MenuType:    discordgo.StringSelectMenu,
		CustomID:    target.ID{Action: chat.CommandShow, Record: v.Record}.String(),
		Placeholder: prose.Cut(label(v, chat.CommandShow), maxPlaceholder),
		Options:     options,
	}, len(options) > 0
}

// option returns a claim as it is said in the reply: its sentence and, below, by whom and when it was said. Where the reply
// doesn't say that apart, the sentence goes on below, up to its end, which says it. An option without a label isn't one.
func option(r chat.Reply, s chat.Shown) discordgo.SelectMenuOption {
	var text, said string
	for _, b := range r.Blocks {
		switch {
		case b.ClaimID != s.Claim.ID:
		case text == "" && (b.Role == chat.RoleClaim || b.Role == chat.RoleLead):
			text = layout.Text(b.Parts)
		case said == "" && b.Role == chat.RoleSaid:
			said = prose.Cut(layout.Text(b.Parts), maxOption)
		}
	}
	label, rest := prose.Ends(text, maxOption)
	return discordgo.SelectMenuOption{Value: s.Claim.ID, Label: label, Description: cmp.Or(said, rest)}
}

// formWords are the words of a form, in the language of the one who fills it in.
type formWords struct {
	Title, Label, Hint string // what it is for; what to write; an example, which may be empty
}

// reportInput is the id of the field of reportForm, and longestReport how much of it is taken.
const (
	reportInput   = "what"
	longestReport = 1000
)

// reportForm returns the form in which a mistake of a reply is reported. discordgo v0.29 has no Label component: the field
// stands in a row of its own, as it did before.
func reportForm(record string, w formWords) discordgo.InteractionResponseData {
	return discordgo.InteractionResponseData{
		CustomID: target.ID{Action: chat.CommandReport, Record: record}.String(),
		Title:    prose.Cut(prose.Clean(w.Title), maxModalTitle),
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID:    reportInput,
			Label:       prose.Cut(prose.Clean(w.Label), maxInputLabel),
			Style:       discordgo.TextInputParagraph,
			Placeholder: prose.Cut(prose.Clean(w.Hint), maxInputHint),
			Required:    true,
			MaxLength:   longestReport,
		}}}},
	}
}
