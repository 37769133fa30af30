package slackbench

import (
	"context"
	"time"

	"github.com/whosays/whosays/adapters/loadbench"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// people ask in turn, from one channel after the other: none asks more often than the others.
type people struct {
	*slack
	texts   loadbench.Texts
	buttons loadbench.Buttons
}

func newPeople(s *slack, t loadbench.Texts) *people { return &people{slack: s, texts: t} }

// Ask implements loadbench.Scene.
func (p *people) Ask(i int, q *loadbench.Question) func(context.Context) {
	q.NeedsAck = true
	round := i / len(p.channels)
	c := p.channels[i%len(p.channels)]
	who := c.people[round%len(c.people)]
	switch kind := (i + round) % 20; kind { // also where the channels are so many times 20
	case 0, 4, 8, 12, 16:
		return p.message(q, who, p.Say(c.id, who.id, c.mention+p.texts.Question(i)))
	case 2, 9, 15:
		return p.message(q, who, p.Say(who.dm, who.id, p.texts.Question(i)))
	case 5, 11, 17:
		if pressed := p.press(); pressed != nil {
			return p.pressed(q, pressed)
		}
	case 1, 7, 13:
		return p.command(q, c, p.Slash(c.id, who.id, "/check", p.texts.Statement(i)))
	case 19:
		return p.command(q, c, p.Slash(c.id, who.id, "/whosays", "status"))
	}
	return p.command(q, c, p.Slash(c.id, who.id, "/ask", p.texts.Question(i)))
}

// message returns what waits for the answer to a message, in its thread.
func (p *people) message(q *loadbench.Question, who person, said slackfake.Said) func(context.Context) {
	answers := func(m slackfake.Message) bool { return m.ThreadTS == said.TS }
	q.Replies = func() (n int) {
		for _, m := range p.Messages(said.ChannelID) {
			if answers(m) && m.AppID == p.AppID() {
				n++
			}
		}
		return n
	}
	return func(ctx context.Context) {
		for _, d := range said.Events {
			acknowledged(ctx, q, d)
		}
		if m, err := p.AwaitMessage(ctx, said.ChannelID, answers); err == nil {
			q.Reply = m.At.Sub(q.Due)
			p.keep(&m, who.id)
		}
	}
}

// acknowledged notes when a delivery was.
func acknowledged(ctx context.Context, q *loadbench.Question, d *slackfake.Delivery) {
	if a, err := d.Ack(ctx); err == nil {
		q.Ack = max(q.Ack, a.At.Sub(q.Due)+a.After)
	}
}

// command returns what waits for the answer to a command: a message to all, or one by the response_url.
func (p *people) command(q *loadbench.Question, c *channel, i *slackfake.Interaction) func(context.Context) {
	var claimed string
	q.Replies = func() int { return len(i.Responses()) + p.said(c, claimed) }
	return func(ctx context.Context) {
		acknowledged(ctx, q, i.Delivery)
		m, ok := first(ctx,
			func(ctx context.Context) (slackfake.Message, error) { return i.Response(ctx, 0) },
			func(ctx context.Context) (slackfake.Message, error) { return p.claim(ctx, c, i) })
		if !ok {
			return
		}
		q.Reply = m.At.Sub(q.Due)
		if m.For == "" {
			claimed = m.TS
			p.keep(&m, i.User)
		}
	}
}

// claim waits for a message to all that answers nobody else. Which of two commands in a channel it answers nothing tells; they
// are seconds apart.
func (p *people) claim(ctx context.Context, c *channel, i *slackfake.Interaction) (slackfake.Message, error) {
	return p.AwaitMessage(ctx, c.id, func(m slackfake.Message) bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		if m.ThreadTS != "" || m.At.Before(i.At) || c.claimed[m.TS] || ctx.Err() != nil {
			return false
		}
		c.claimed[m.TS] = true
		return true
	})
}

// said counts what was said to all for a command, and after that for none.
func (p *people) said(c *channel, claimed string) (n int) {
	all := p.Messages(c.id)
	c.mu.Lock()
	defer c.mu.Unlock()
	last := ""
	for _, m := range all {
		if m.AppID != p.AppID() || m.ThreadTS != "" {
			continue
		}
		if c.claimed[m.TS] {
			last = m.TS
		}
		if last != "" && last == claimed {
			n++
		}
	}
	return n
}

// pressed returns what waits for the answer to a press: a message, or a form.
func (p *people) pressed(q *loadbench.Question, i *slackfake.Interaction) func(context.Context) {
	q.Replies = func() int { return len(i.Responses()) }
	return func(ctx context.Context) {
		acknowledged(ctx, q, i.Delivery)
		m, ok := first(ctx,
			func(ctx context.Context) (slackfake.Message, error) { return i.Response(ctx, 0) },
			func(ctx context.Context) (slackfake.Message, error) {
				_, err := i.Modal(ctx)
				return slackfake.Message{At: time.Now()}, err
			})
		if ok {
			q.Reply = m.At.Sub(q.Due)
		}
	}
}

// first returns the first message that comes, and whether one did before ctx ended.
func first(ctx context.Context, waits ...func(context.Context) (slackfake.Message, error)) (m slackfake.Message, ok bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	came := make(chan slackfake.Message, len(waits))
	for _, wait := range waits {
		go func() {
			if m, err := wait(ctx); err == nil {
				came <- m
			}
		}()
	}
	select {
	case m = <-came:
		return m, true
	case <-ctx.Done():
		return m, false
	}
}

// press lets who got an answer press a button of it; nil where there is none.
func (p *people) press() *slackfake.Interaction {
	b, ok := p.buttons.Take()
	if !ok {
		return nil
	}
	if _, there := p.Message(b.Channel, b.Message); !there {
		return nil // so many were written since that the fake has forgotten it
	}
	return p.Press(b.Channel, b.Message, b.User, b.ID)
}

// keep keeps a button of an answer.
func (p *people) keep(m *slackfake.Message, user string) {
	var ids []string
	for _, b := range m.Blocks {
		for _, e := range b.Elements {
			if e.Type == "button" && e.ActionID != "" {
				ids = append(ids, e.ActionID)
			}
		}
	}
	p.buttons.Add(loadbench.Button{Channel: m.ChannelID, Message: m.TS, User: user}, ids)
}
