package loadbench

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// TooLate is when Discord and Slack have given up on an acknowledgement
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction,
	// https://docs.slack.dev/apis/events-api#responding), and a person on an answer.
	TooLate = 3 * time.Second
	// patience is how long an answer is waited for, and afterwards how long a second one.
	patience = 10 * time.Second
	again    = time.Second
)

// Question is what somebody asked, and when that was acknowledged and answered. All times are counted from when it was
// due, however late it was asked: a platform that the bot keeps waiting is late by that as well.
type Question struct {
	Due        time.Time
	Asked      time.Duration
	Ack, Reply time.Duration // zero: there was none
	NeedsAck   bool          // the platform waits for an acknowledgement
	Replies    func() int    // how many answers there are by now
}

// ask lets people ask a number of questions, at times that don't depend on the answers, and waits for these.
func ask(ctx context.Context, s Scene, rate int, lasting, patience time.Duration) ([]*Question, error) {
	all := make([]*Question, int(lasting.Seconds()*float64(rate)))
	var answers sync.WaitGroup
	defer answers.Wait()
	tick := time.NewTimer(0)
	defer tick.Stop()
	begun := time.Now()
	for i := range all {
		q := &Question{Due: begun.Add(time.Duration(i) * time.Second / time.Duration(rate))}
		if wait := time.Until(q.Due); wait > 0 {
			tick.Reset(wait)
			select {
			case <-tick.C:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		await := s.Ask(i, q)
		q.Asked = time.Since(q.Due)
		answers.Go(func() { q.await(ctx, await, patience) })
		all[i] = q
	}
	return all, ctx.Err()
}

func (q *Question) await(ctx context.Context, await func(context.Context), patience time.Duration) {
	ctx, cancel := context.WithDeadline(ctx, q.Due.Add(patience))
	defer cancel()
	await(ctx)
}

// greet asks once, before anything is measured: what a bot is told of its platform at first comes before the answer. Then it
// waits, since on Slack a channel takes one message a second.
func greet(ctx context.Context, s Scene) error {
	q := &Question{Due: time.Now()}
	if q.await(ctx, s.Ask(0, q), patience); q.Reply == 0 {
		return errors.New("it doesn't answer the first question")
	}
	select {
	case <-time.After(again):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
