// Package discord speaks to Discord.
//
// What a reply looks like there is made without the network: render turns a chat.Reply into a message. Its first line is the
// content, to be quoted; each figure, verdict or section of the board is an embed below it.
package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// message is what is posted, as the body of a new message, of an edit, and as the data of an interaction's answer. It
// is ours because discordgo's own has no nonce (bwmarrin/discordgo#1351), and because an edit has to name what it empties.
type message struct {
	Content         string                            `json:"content"`
	Embeds          []*discordgo.MessageEmbed         `json:"embeds"`
	Components      []discordgo.MessageComponent      `json:"components"`
	AllowedMentions *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags            `json:"flags,omitempty"`

	// Of new messages only.
	Nonce        string                      `json:"nonce,omitempty"` // at most 25 characters
	EnforceNonce bool                        `json:"enforce_nonce,omitempty"`
	Reference    *discordgo.MessageReference `json:"message_reference,omitempty"`

	Attachments []attachment `json:"attachments,omitempty"`
	file        *chat.File   // that goes out beside it
}

// newMessage returns a message without content, which mentions nobody, not even whom it answers.
func newMessage() message {
	return message{
		Embeds:          []*discordgo.MessageEmbed{},
		Components:      []discordgo.MessageComponent{},
		AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
	}
}

// answering returns the message as an answer to another. Discord refuses it where that is gone by then: who takes a question back
// isn't answered, and nobody else asked.
func (m message) answering(to spot) message {
	m.Reference = &discordgo.MessageReference{MessageID: to.Message, ChannelID: to.Channel, GuildID: to.Guild, FailIfNotExists: new(true)}
	return m
}

// once returns the message with a nonce: Discord stores no second one of the same nonce for a few minutes.
func (m message) once(nonce string) message {
	m.Nonce, m.EnforceNonce = nonce, true
	return m
}

// view is how a reply is shown.
type view struct {
	Command chat.Command              // what it replies to
	Page    int                       // from 0; past the end: the last
	Record  string                    // under which the reply is kept; empty: nothing can be asked further, so no buttons
	Label   func(chat.Command) string // the words on a button, in the reply's language
	Private bool                      // shown to one person alone
}

// render returns a page of a reply, within Discord's limits. A reply that is cut tells how many items there are
// more, and has a button for them. Its first line stands on the first page; on the others too where it holds no figure, for
// there it says how all that is shown was meant.
func render(r chat.Reply, v view) message {
	m := newMessage()
	if v.Private {
		m.Flags = discordgo.MessageFlagsEphemeral
		m = m.with(r.File)
	}
	lead, items, footer := itemsOf(r)
	footer = prose.Cut(footer, longestFooter)
	if text, ok := asText(lead, items, footer, r.Outcome); ok {
		m.Content = text
		m.Components = components(r, v, 0)
		return m
	}
	content, items := first(lead, items, r.Outcome)
	pages := paginate(piecesOf(items), prose.Length(footer)+longestCount)
	if len(pages) == 0 {
		m.Content = content
		m.Components = components(r, v, 0)
		return m
	}
	v.Page = min(max(v.Page, 0), len(pages)-1)
	p := pages[v.Page]
	if v.Page == 0 || lead != nil && (lead.ClaimID == "" || r.Outcome == chat.Related) {
		m.Content = content
	}
	left := remaining(items[p.ends:])
	m.Embeds = p.embeds
	m.Components = components(r, v, left)
	sign(p.embeds[len(p.embeds)-1], footer, v, len(pages), left)
	return m
}

// remaining counts items: those of notes only where there is nothing else.
func remaining(items []item) int {
	found := make([]layout.Item, len(items))
	for i, it := range items {
		found[i] = it.Item
	}
	return layout.Remaining(found)
}

// sign puts the footer under an embed.
func sign(e *discordgo.MessageEmbed, footer string, v view, pages, left int) {
	if pages > 1 {
		footer = strings.TrimSuffix(count(v.Page, pages, left, prose.Cut(prose.Clean(v.Label(chat.CommandMore)), maxLabel))+" · "+footer, " · ")
	}
	if footer != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: footer}
	}
}

// first returns the first line as content. One that is too long for it opens the first item instead, so that whoever says
// a figure stands in the same place as the figure.
func first(lead *chat.Block, items []item, o chat.Outcome) (string, []item) {
	text := leadText(lead)
	if prose.Length(text) <= maxContent {
		return text, items
	}
	opening := line{chat.RoleLead, text}
	if len(items) > 0 && items[0].Claimed && items[0].Heading == "" && items[0].Intro == "" {
		items[0].lines = append([]line{opening}, items[0].lines...)
		return "", items
	}
	return "", append([]item{{Item: layout.Item{Kind: layout.Claim}, look: lookOf(o), lines: []line{opening}}}, items...)
}

func leadText(lead *chat.Block) string {
	if lead == nil {
		return ""
	}
	return bold(inline(unemphasised(lead.Parts)))
}

// asText returns a reply that says nothing of any claim as plain text, if it fits: help, and that there is nothing.
func asText(lead *chat.Block, items []item, footer string, o chat.Outcome) (string, bool) {
	text := leadText(lead)
	if o == chat.Help && lead != nil { // nothing of it is to be quoted
		text = startLine(strings.TrimSpace(inline(unemphasised(lead.Parts))))
	}
	parts, role := []string{}, chat.RoleLead
	if text != "" {
		parts = append(parts, text)
	}
	for _, it := range items {
		if !it.Plain() {
			return "", false
		}
		for _, l := range it.lines {
			if l.role != chat.RoleNote && l.role != chat.RoleExample {
				return "", false
			}
			if l.role != role && o == chat.Help {
				parts = append(parts, "")
			}
			parts, role = append(parts, l.text), l.role
		}
	}
	if footer != "" {
		parts = append(parts, "-# "+escape(footer))
	}
	text = strings.Join(parts, "\n")
	return text, prose.Length(text) <= maxContent
}
