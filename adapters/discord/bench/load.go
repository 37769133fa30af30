package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

const (
	// tooLate is when Discord has given up on the first answer to an interaction
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction), and a person
	// on that to a mention.
	tooLate = 3 * time.Second
	// patience is how long an answer is waited for, and afterwards how long a second one.
	patience = 10 * time.Second
	again    = time.Second
)

// question is what somebody asked: with an interaction, or by a message that mentions the bot. All times are counted from
// when it was due, however late it was asked: a Discord that the bot keeps waiting is late by that as well.
type question struct {
	due         time.Time
	interaction *discordfake.Interaction
	message     *discordfake.Message
	asked       time.Duration
	ack, reply  time.Duration // zero: there was none
}

// greet mentions the bot once, before anything is measured: what it answers comes after the thousands of events with which
// it is told of its servers.
func (p *people) greet(ctx context.Context) error {
	q := &question{due: time.Now()}
	p.ask(0, q) //nolint:contextcheck // what a person has asked isn't taken back
	if p.await(ctx, q); q.reply == 0 {
		return errors.New("it doesn't answer the first mention")
	}
	return nil
}

// asks lets people ask a number of questions, at times that don't depend on the answers, and waits for these.
func (p *people) asks(ctx context.Context, rate int, lasting time.Duration) ([]*question, error) {
	all := make([]*question, int(lasting.Seconds()*float64(rate)))
	var answers sync.WaitGroup
	defer answers.Wait()
	tick := time.NewTimer(0)
	defer tick.Stop()
	begun := time.Now()
	for i := range all {
		q := &question{due: begun.Add(time.Duration(i) * time.Second / time.Duration(rate))}
		if wait := time.Until(q.due); wait > 0 {
			tick.Reset(wait)
			select {
			case <-tick.C:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		p.ask(i, q) //nolint:contextcheck // what a person has asked isn't taken back
		q.asked = time.Since(q.due)
		answers.Go(func() { p.await(ctx, q) })
		all[i] = q
	}
	return all, ctx.Err()
}

// await notes when a question was answered.
func (p *people) await(ctx context.Context, q *question) {
	ctx, cancel := context.WithDeadline(ctx, q.due.Add(p.patience))
	defer cancel()
	if q.interaction == nil {
		m, err := p.d.AwaitMessage(ctx, q.message.ChannelID, q.answeredBy)
		if err == nil {
			q.reply = m.At.Sub(q.due)
			p.buttons.add(&m, q.message.Author)
		}
		return
	}
	first, err := q.interaction.Answer(ctx)
	if err != nil {
		return
	}
	q.ack = q.interaction.At.Sub(q.due) + first.After
	switch first.Type {
	case formShown, leftAsItIs:
		q.reply = q.ack
	default:
		m, err := q.interaction.Response(ctx)
		if err != nil {
			return
		}
		q.reply = q.ack
		if !m.EditedAt.IsZero() { // it was thinking before
			q.reply = m.EditedAt.Sub(q.due)
		}
		p.buttons.add(&m, q.interaction.UserID)
	}
}

// The answers after which no message comes
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
const (
	leftAsItIs = 6
	formShown  = 9
)

func (q *question) answeredBy(m discordfake.Message) bool {
	return m.Reference != nil && m.Reference.MessageID == q.message.ID
}

// replies counts what was said to a question.
func (q *question) replies(d *discord) (n int) {
	if q.interaction != nil {
		return len(q.interaction.History())
	}
	for _, m := range d.Messages(q.message.ChannelID) {
		if m.Author == d.BotID() && q.answeredBy(m) {
			n++
		}
	}
	return n
}
