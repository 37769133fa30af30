package main

import (
	"sync"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// people ask, as many as there are servers times peoplePerServer, in turn: none asks more often than the others.
type people struct {
	d        *discord
	texts    texts
	every    int // how many questions there are to one mention
	patience time.Duration
	buttons  buttons
}

const (
	// One question of twenty is a mention: at least 95 % are interactions, whose answers Discord doesn't count as posts.
	interactionsPerMention = 20
	mostMentions           = 25 // a second: half of what the bot may post
)

func newPeople(d *discord, t texts, rate int) *people {
	return &people{d: d, texts: t, every: max(interactionsPerMention, (rate+mostMentions-1)/mostMentions), patience: patience}
}

// ask lets somebody ask the ith question.
func (p *people) ask(i int, q *question) {
	c := p.d.channels[i%len(p.d.channels)]
	user := c.people[i/len(p.d.channels)%len(c.people)]
	text, statement := p.texts.questions[i%len(p.texts.questions)], p.texts.statements[i%len(p.texts.statements)]
	switch {
	case i%p.every == 0:
		m := p.d.Say(c.id, user, "<@"+p.d.BotID()+"> "+text)
		q.message = &m
	case i%10 == 1 && p.press(q):
	case i%20 == 2:
		q.interaction = p.d.Slash(c.id, user, "status")
	case i%4 == 3:
		q.interaction = p.d.Slash(c.id, user, "check", discordfake.Text("statement", statement))
	default:
		q.interaction = p.d.Slash(c.id, user, "ask", discordfake.Text("question", text))
	}
}

// press lets who got an answer press a button of it, and reports whether there is one.
func (p *people) press(q *question) bool {
	b, ok := p.buttons.take()
	if !ok {
		return false
	}
	if _, there := p.d.Message(b.message); !there {
		return false // so many were written since that the fake has forgotten it
	}
	q.interaction = p.d.Press(b.message, b.user, b.id)
	return true
}

// buttons are those that nobody has pressed, the newest last.
type buttons struct {
	mu  sync.Mutex
	all []button
	n   int
}

type button struct{ message, user, id string }

const (
	mostButtons = 1000
	buttonType  = 2 // https://docs.discord.com/developers/components/reference#button
)

// add keeps a button of a message that a user was answered with, each time the next of those it has.
func (b *buttons) add(m *discordfake.Message, user string) {
	var ids []string
	for _, row := range m.Components {
		for _, c := range row.Components {
			if c.Type == buttonType && c.CustomID != "" {
				ids = append(ids, c.CustomID)
			}
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(ids) == 0 || len(b.all) >= mostButtons {
		return
	}
	b.n++
	b.all = append(b.all, button{m.ID, user, ids[b.n%len(ids)]})
}

func (b *buttons) take() (last button, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.all) == 0 {
		return last, false
	}
	last, b.all = b.all[len(b.all)-1], b.all[:len(b.all)-1]
	return last, true
}
