package discordbench

import (
	"context"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/loadbench"
)

// people ask, as many as there are servers times peoplePerServer, in turn: none asks more often than the others.
type people struct {
	*discord
	texts   loadbench.Texts
	every   int // how many questions there are to one mention
	buttons loadbench.Buttons
}

const (
	// One question of twenty is a mention: at least 95 % are interactions, whose answers Discord doesn't count as posts.
	interactionsPerMention = 20
	mostMentions           = 25 // a second: half of what the bot may post
)

func newPeople(d *discord, t loadbench.Texts, rate int) *people {
	return &people{discord: d, texts: t, every: max(interactionsPerMention, (rate+mostMentions-1)/mostMentions)}
}

// Ask implements loadbench.Scene.
func (p *people) Ask(i int, q *loadbench.Question) func(context.Context) {
	c := p.channels[i%len(p.channels)]
	user := c.people[i/len(p.channels)%len(c.people)]
	if i%p.every == 0 {
		return p.mention(q, p.Say(c.id, user, "<@"+p.BotID()+"> "+p.texts.Question(i)))
	}
	if i%10 == 1 {
		if pressed := p.press(); pressed != nil {
			return p.interact(q, pressed)
		}
	}
	switch {
	case i%20 == 2:
		return p.interact(q, p.Slash(c.id, user, "status"))
	case i%4 == 3:
		return p.interact(q, p.Slash(c.id, user, "check", discordfake.Text("statement", p.texts.Statement(i))))
	default:
		return p.interact(q, p.Slash(c.id, user, "ask", discordfake.Text("question", p.texts.Question(i))))
	}
}

// mention returns what waits for the answer to a message.
func (p *people) mention(q *loadbench.Question, m discordfake.Message) func(context.Context) {
	answers := func(other discordfake.Message) bool {
		return other.Reference != nil && other.Reference.MessageID == m.ID
	}
	q.Replies = func() (n int) {
		for _, other := range p.Messages(m.ChannelID) {
			if other.Author == p.BotID() && answers(other) {
				n++
			}
		}
		return n
	}
	return func(ctx context.Context) {
		if answer, err := p.AwaitMessage(ctx, m.ChannelID, answers); err == nil {
			q.Reply = answer.At.Sub(q.Due)
			p.keep(&answer, m.Author)
		}
	}
}

// The answers after which no message comes
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
const (
	leftAsItIs = 6
	formShown  = 9
)

// interact returns what waits for the answer to an interaction.
func (p *people) interact(q *loadbench.Question, i *discordfake.Interaction) func(context.Context) {
	q.NeedsAck, q.Replies = true, func() int { return len(i.History()) }
	return func(ctx context.Context) {
		first, err := i.Answer(ctx)
		if err != nil {
			return
		}
		q.Ack = i.At.Sub(q.Due) + first.After
		if first.Type == formShown || first.Type == leftAsItIs {
			q.Reply = q.Ack
			return
		}
		m, err := i.Response(ctx)
		if err != nil {
			return
		}
		q.Reply = q.Ack
		if !m.EditedAt.IsZero() { // it was thinking before
			q.Reply = m.EditedAt.Sub(q.Due)
		}
		p.keep(&m, i.UserID)
	}
}

// press lets who got an answer press a button of it; nil where there is none.
func (p *people) press() *discordfake.Interaction {
	b, ok := p.buttons.Take()
	if !ok {
		return nil
	}
	if _, there := p.Message(b.Message); !there {
		return nil // so many were written since that the fake has forgotten it
	}
	return p.Press(b.Message, b.User, b.ID)
}

const buttonType = 2 // https://docs.discord.com/developers/components/reference#button

// keep keeps a button of an answer.
func (p *people) keep(m *discordfake.Message, user string) {
	var ids []string
	for _, row := range m.Components {
		for _, c := range row.Components {
			if c.Type == buttonType && c.CustomID != "" {
				ids = append(ids, c.CustomID)
			}
		}
	}
	p.buttons.Add(loadbench.Button{Message: m.ID, User: user}, ids)
}
