package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/chat"
)

// turnPace is how long the steps of an answer may take.
type turnPace struct {
	patience time.Duration // until it is said that the bot thinks
	first    time.Duration // until when the first answer is tried
	settling time.Duration // so long after a first answer Discord may not know of it yet: one by HTTP is on its way
	looking  time.Duration // for the message of an answer by HTTP
}

// realPace is that of Discord, which waits three seconds for the first answer to an interaction
// (https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction). By then the answer
// has to be there: half of that is left for the way.
func realPace() turnPace {
	return turnPace{patience: 1500 * time.Millisecond, first: 2900 * time.Millisecond, settling: 2 * time.Second, looking: requestTimeout}
}

// pause is the time between two tries at least.
const pause = 250 * time.Millisecond

// callback is the first answer to an interaction.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// acknowledge takes the first answer to an interaction, and returns the message that it has made, as far as Discord tells.
type acknowledge func(ctx context.Context, in *interaction, c callback) (posted, error)

// turn is one interaction on its way to its answer. Whatever comes first of the answer and the end of the patience is the
// first answer: in the second case it says that the bot thinks, and the answer is an edit of that.
type turn struct {
	in      interaction
	client  *Client
	first   acknowledge
	began   time.Time
	private bool // whether what says that the bot thinks is seen by the person alone

	mu       sync.Mutex
	timer    *time.Timer
	deferred bool      // it was said that the bot thinks, perhaps
	given    time.Time // when the first answer was given, by whomever
	others   bool      // the first answer was given by another replica, which has the same event
	won      bool      // the answer is noted as this turn's: no other replica gives one
	over     bool      // it was answered, or perhaps was, or nobody is to answer it
	unsure   bool      // a try whose outcome isn't known may have answered it
	untold   bool      // its answer has made a message that all see, and Discord didn't tell which
}

// begin starts the wait for the answer, which is likely to be private or not: an edit can't change that.
func (c *Client) begin(ctx context.Context, in interaction, private bool, first acknowledge) *turn {
	t := &turn{in: in, client: c, first: first, began: time.Now(), private: private}
	ctx = context.WithoutCancel(ctx)
	t.timer = time.AfterFunc(c.pace.patience, func() { t.think(ctx) })
	return t
}

// think tells Discord that the answer is still to come.
func (t *turn) think(ctx context.Context) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over || t.deferred || t.others {
		return
	}
	t.over = t.postpone(ctx, t.private) != nil
}

// postpone tells Discord that the answer is still to come, and to whom. The error is Discord's refusal, and logged.
func (t *turn) postpone(ctx context.Context, private bool) error {
	var data struct {
		Flags discordgo.MessageFlags `json:"flags,omitempty"`
	}
	if private {
		data.Flags = discordgo.MessageFlagsEphemeral
	}
	_, err := t.acknowledge(ctx, callback{discordgo.InteractionResponseDeferredChannelMessageWithSource, data})
	t.given, t.unsure = time.Now(), false // it is no answer
	if t.others = acknowledged(err); t.others {
		return nil
	}
	if err != nil {
		t.client.log.WarnContext(ctx, "an interaction couldn't be acknowledged", "error", err)
	}
	if errors.Is(err, chat.ErrRefused) {
		return err
	}
	t.deferred, t.private = true, private // where the outcome isn't known, Discord may have taken it: the answer is tried
	return nil
}

// acknowledged reports the refusal of a second first answer.
func acknowledged(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && r.code == codeAcknowledged
}

// win notes that the answer is this turn's to give.
func (t *turn) win() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.won = true
}

// drop ends the wait: somebody else answers.
func (t *turn) drop() {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over = true
}

// say answers with a message, and returns where it stands; nowhere where one person alone sees it. Where it failed for certain, something
// else can be said; where the outcome isn't known, nothing can be: that might be a second answer.
func (t *turn) say(ctx context.Context, m message) (chat.MessageRef, error) {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return "", nil
	}
	if m.empty() {
		return "", errors.New("discord: the reply has nothing to show")
	}
	t.over, t.unsure = true, false // also where it panics
	ctx, end := chat.StepSend.Begin(ctx)
	stored, err := t.put(ctx, m)
	end(chat.Mark{Err: err})
	t.over = err == nil || t.unsure || ended(err)
	if err != nil || m.Flags&discordgo.MessageFlagsEphemeral != 0 {
		return "", err
	}
	if t.untold = stored.ID == ""; t.untold {
		return "", nil
	}
	return spot{t.in.place(), stored.ID}.ref(), nil
}

// ended reports the refusal of an interaction's token, by which nothing can be said any more.
func ended(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && r.status == http.StatusUnauthorized
}

// tried notes what became of a try to answer, and returns that.
func (t *turn) tried(err error) error {
	_, delayed := errors.AsType[*chat.Delayed](err)
	if err != nil && !delayed && !errors.Is(err, chat.ErrRefused) && !errors.Is(err, errNotYet) {
		t.unsure = true
	}
	return err
}

// put answers with a message, at first or later; with a file always later: an upload takes its time, and the first answer has little.
// Where another replica was the first to answer, by that it thinks or that it is
// busy, that makes way for the answer; what isn't won is left to the other.
func (t *turn) put(ctx context.Context, m message) (stored posted, err error) {
	switch first := !t.deferred && !t.others; {
	case first && m.file != nil:
		if err := t.postpone(ctx, m.Flags&discordgo.MessageFlagsEphemeral != 0); err != nil {
			return posted{}, err
		}
	case first:
		stored, err = t.acknowledge(ctx, callback{discordgo.InteractionResponseChannelMessageWithSource, m})
		if t.others = acknowledged(err); !t.others {
			return stored, err
		}
		t.given = time.Now()
	}
	switch {
	case t.others && !t.won:
		return posted{}, nil
	case m.Flags&discordgo.MessageFlagsEphemeral != 0 && !t.private:
		return posted{}, t.whisper(ctx, m)
	}
	return t.edit(ctx, m)
}

// open answers with a form, and returns false where it can't: a form that was submitted isn't answered with another, nor is a turn
// that is thinking. Of what is over it returns true: nothing is left to be said.
func (t *turn) open(ctx context.Context, form discordgo.InteractionResponseData) (bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.over:
		return true, nil
	case t.deferred || t.others || t.in.Type == discordgo.InteractionModalSubmit:
		return false, nil
	}
	t.timer.Stop()
	ctx, end := chat.StepSend.Begin(ctx)
	_, err := t.acknowledge(ctx, callback{discordgo.InteractionResponseModal, form})
	end(chat.Mark{Err: err})
	if t.others = acknowledged(err); t.others { // it was said meanwhile that the bot thinks, or another replica has answered
		t.given = time.Now()
		return false, nil
	}
	if errors.Is(err, chat.ErrRefused) {
		t.client.log.WarnContext(ctx, "a form couldn't be opened", "error", err)
		return false, nil
	}
	t.over = true
	return true, err
}

// leave answers a component by nothing: its message stays as it is, and nobody thinks any more.
func (t *turn) leave(ctx context.Context) error {
	t.timer.Stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over || t.others {
		return nil
	}
	t.over = true
	if t.deferred {
		return t.retract(ctx)
	}
	_, err := t.acknowledge(ctx, callback{Type: discordgo.InteractionResponseDeferredMessageUpdate})
	return err
}

// acknowledge gives the first answer, again as long as there is time: a second one is refused by Discord, so that no try
// can answer twice.
func (t *turn) acknowledge(ctx context.Context, c callback) (posted, error) {
	ctx, cancel := context.WithDeadline(context.WithoutCancel(ctx), t.began.Add(t.client.pace.first))
	defer cancel()
	var stored posted
	tries := 0
	err := persist(ctx, func() error {
		tries++
		var err error
		stored, err = t.first(ctx, &t.in, c)
		return t.tried(err)
	})
	if acknowledged(err) && tries > 1 { // by the try whose answer was lost
		return posted{}, nil
	}
	return stored, err
}

// persist tries until it works, is refused, for good or because the bot is, or the context ends; as often as Discord asks to wait, no more often than it lets.
func persist(ctx context.Context, try func() error) error {
	for wait := pause; ; wait *= 2 {
		err := try()
		if err == nil || errors.Is(err, chat.ErrRefused) || errors.As(err, new(*FatalError)) {
			return err
		}
		next := wait
		if delayed, ok := errors.AsType[*chat.Delayed](err); ok {
			next = max(delayed.After, wait)
		}
		if until, ok := ctx.Deadline(); ok && time.Until(until) < next {
			return err
		}
		select {
		case <-time.After(next):
		case <-ctx.Done():
			return err
		}
	}
}

// respond gives the first answer by Discord's API, where it doesn't ask for it by HTTP.
func (c *Client) respond(ctx context.Context, in *interaction, cb callback) (posted, error) {
	var made struct {
		Resource struct {
			Message posted `json:"message"`
		} `json:"resource"`
	}
	address := discordgo.EndpointInteractionResponse(in.ID, in.Token) + "?with_response=true"
	err := c.call(ctx, http.MethodPost, address, in.Token, cb, &made)
	return made.Resource.Message, err
}
