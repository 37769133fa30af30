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
	menu, ok := menu(r, v)
	if ok {
		out = append(out, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
	}
	buttons := slices.DeleteFunc(buttons(r, v, left), func(c discordgo.MessageComponent) bool {
		b, is := c.(discordgo.Button)
		return ok && is && b.CustomID == menu.CustomID
	})
	for row := range slices.Chunk(buttons, maxInRow) {
		if len(out) < maxRows {
			out = append(out, discordgo.ActionsRow{Components: row})
		}
	}
	return out
}

// buttons returns a button for each offer, in their order (to show a claim is what a menu does), one to share what only one person sees of a check, and one for the next page.
func buttons(r chat.Reply, v view, left int) []discordgo.MessageComponent {
	out := []discordgo.MessageComponent{}
	for _, c := range offers(r, v) {
		made := []discordgo.Button{{Label: label(v, c), CustomID: target.ID{Action: c, Record: v.Record}.String()}}
		if c == chat.CommandEdit {
			made = edits(r.Form, v)
		}
		for _, b := range made {
			if b.Style = styleOf(c); !has(out, b.CustomID) {
				out = append(out, b)
			}
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

// offers returns what the buttons under a reply ask for. A form that was to be opened at once, and is shown instead, can be
// opened from there.
func offers(r chat.Reply, v view) []chat.Command {
	out := slices.DeleteFunc(slices.Compact(slices.Clone(r.Offers)), func(c chat.Command) bool {
		return c == chat.CommandMore || c == chat.CommandShare || c == chat.CommandShow || c == chat.CommandFill || !slices.Contains(target.Actions(), c)
	})
	if r.Form != nil && r.Opens && !slices.Contains(out, chat.CommandEdit) {
		out = append([]chat.Command{chat.CommandEdit}, out...)
	}
	if v.Private && r.Outcome == chat.Checked {
		out = append(out, chat.CommandShare)
	}
	return out
}

// edits returns a button for each page of a form, called as that is.
func edits(f *chat.Form, v view) []discordgo.Button {
	out := []discordgo.Button{}
	for page := range pagesOf(f) {
		words := label(v, chat.CommandEdit)
		if len(f.Pages) > 1 {
			words = prose.Cut(cmp.Or(strings.TrimSpace(prose.Clean(f.Pages[page])), words), maxLabel)
		}
		out = append(out, discordgo.Button{Label: words, CustomID: target.ID{Action: chat.CommandEdit, Record: v.Record, Page: page}.String()})
	}
	return out
}

// styleOf returns the look of a button: what changes the base stands out, as does what ends a proposal.
func styleOf(c chat.Command) discordgo.ButtonStyle {
	switch c {
	case chat.CommandPublish, chat.CommandApprove, chat.CommandTell:
		return discordgo.PrimaryButton
	case chat.CommandReject:
		return discordgo.DangerButton
	}
	return discordgo.SecondaryButton
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

// menu returns what is chosen from under a reply.
func menu(r chat.Reply, v view) (discordgo.SelectMenu, bool) {
	if r.Menu != nil {
		return picks(r.Menu, v)
	}
	if v.Command == chat.CommandNear {
		return choice(r, v)
	}
	return discordgo.SelectMenu{}, false
}

// picks returns a menu of what a reply lists.
func picks(m *chat.Menu, v view) (discordgo.SelectMenu, bool) {
	options := []discordgo.SelectMenuOption{}
	for _, c := range m.Choices {
		o := discordgo.SelectMenuOption{Value: c.Value, Label: prose.Cut(strings.TrimSpace(prose.Clean(c.Label)), maxOption)}
		options = put(options, o)
	}
	id := target.ID{Action: m.Command, Record: v.Record}
	return discordgo.SelectMenu{
		MenuType:    discordgo.StringSelectMenu,
		CustomID:    id.String(),
		Placeholder: prose.Cut(label(v, m.Command), maxPlaceholder),
		Options:     options,
	}, len(options) > 0 && id.Check() == nil
}

// put adds an option to those of a menu, if Discord takes it there: there are few, each has words, and a value of its own.
func put(options []discordgo.SelectMenuOption, o discordgo.SelectMenuOption) []discordgo.SelectMenuOption {
	known := slices.ContainsFunc(options, func(k discordgo.SelectMenuOption) bool { return k.Value == o.Value })
	if o.Label == "" || o.Value == "" || prose.Length(o.Value) > maxOption || known || len(options) == maxOptions {
		return options
	}
	return append(options, o)
}

// choice returns a menu of the claims that a reply shows, to choose which was meant: its values are the claims' ids.
// Each option says its claim's sentence and, below, by whom and when it was said.
func choice(r chat.Reply, v view) (discordgo.SelectMenu, bool) {
	options := []discordgo.SelectMenuOption{}
	for _, s := range r.Shown {
		options = put(options, option(r, s))
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
