package discord

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/chat"
)

// What comes after the first answer is tried as long as a person is likely to wait; the token would last for fifteen minutes.
const lateFor = 30 * time.Second

// codeUnknownMessage is the code of a message that isn't there.
const codeUnknownMessage = 10008

// errNotYet is the error of what follows a first answer before Discord knows of that.
var errNotYet = errors.New("discord: it doesn't know of the first answer yet")

// late asks for something that follows the first answer, at an address behind the interaction's own.
func (t *turn) late(ctx context.Context, method, behind string, m any, stored *posted) error {
	address := discordgo.EndpointWebhookToken(t.in.ApplicationID, t.in.Token) + behind
	var answer any // nothing is read of what has none
	if stored != nil {
		answer = stored
	}
	err := t.client.call(ctx, method, address, t.in.Token, m, answer)
	if r, ok := errors.AsType[*refusal](err); ok && r.status == http.StatusNotFound && time.Since(t.given) < t.client.pace.settling {
		return errNotYet
	}
	return err
}

// original is where the message of the first answer is.
const original = "/messages/@original"

// edit replaces what says that the bot thinks.
func (t *turn) edit(ctx context.Context, m message) (stored posted, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateFor)
	defer cancel()
	m.Flags = 0 // whether it is seen by all was settled by the first answer
	err = persist(ctx, func() error { return t.tried(t.late(ctx, http.MethodPatch, original, m, &stored)) })
	return stored, err
}

// whisper tells the person alone, though all see that the bot thinks: that is taken back before, for until then whatever follows
// takes its place, and is seen by all
// (https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
func (t *turn) whisper(ctx context.Context, m message) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateFor)
	defer cancel()
	if err := t.retract(ctx); err != nil {
		return err
	}
	var lost error // Discord knows no nonce of these: what may stand there isn't said again
	err := persist(ctx, func() error {
		err := t.tried(t.late(ctx, http.MethodPost, "", m, nil))
		if _, delayed := errors.AsType[*chat.Delayed](err); err != nil && !delayed {
			lost = err
			return nil
		}
		return err
	})
	return errors.Join(err, lost)
}

// retract takes back what says that the bot thinks.
func (t *turn) retract(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateFor)
	defer cancel()
	lost := false
	return persist(ctx, func() error {
		err := t.late(ctx, http.MethodDelete, original, nil, nil)
		r, refused := errors.AsType[*refusal](err)
		switch _, delayed := errors.AsType[*chat.Delayed](err); {
		case refused && r.code == codeUnknownMessage && lost: // by the try whose answer was lost
			return nil
		case err != nil && !refused && !delayed && !errors.Is(err, errNotYet):
			lost = true
		}
		return err
	})
}

// original returns the message that a first answer has made, for one whose answer didn't tell; none where it can't be
// found: corrections won't reach it then.
func (c *Client) original(ctx context.Context, in *interaction) (stored posted) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.pace.looking)
	defer cancel()
	address := discordgo.EndpointWebhookToken(in.ApplicationID, in.Token) + original
	var err error
	for wait := pause; ; wait *= 2 { // after an answer by HTTP it is there once the response has reached Discord
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			c.log.WarnContext(ctx, "a message that an answer has made can't be found: corrections won't reach it", "error", err)
			return posted{}
		}
		if err = c.call(ctx, http.MethodGet, address, in.Token, nil, &stored); err == nil {
			return stored
		}
	}
}
