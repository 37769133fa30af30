package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/chat"
)

var _ chat.Sender = (*Client)(nil)

// Nonces is how long Discord drops a second post of one nonce: "the past few minutes", of which three are counted on
// (https://docs.discord.com/developers/resources/message#create-message).
const Nonces = 3 * time.Minute

// posted is what is read of a message that Discord has stored.
type posted struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
}

// Send posts a reply into a channel, as an answer where it is one. Discord drops a second post of the same key.
func (c *Client) Send(ctx context.Context, p chat.Post) (chat.MessageRef, error) {
	ctx, end := chat.StepSend.Begin(ctx)
	ref, err := c.send(ctx, p)
	end(chat.Mark{Err: err})
	return ref, err
}

func (c *Client) send(ctx context.Context, p chat.Post) (chat.MessageRef, error) {
	m := c.render(p.Reply, p.ID, 0, false).once(p.Nonce())
	if p.ReplyTo != "" {
		answered, err := parseRef(p.ReplyTo)
		if err != nil {
			return "", fmt.Errorf("discord: %w: %w", chat.ErrRefused, err)
		}
		m = m.answering(answered)
	}
	if m.empty() {
		return "", fmt.Errorf("discord: %w: the reply has nothing to show", chat.ErrRefused)
	}
	to, err := c.where(ctx, p.To)
	if err == nil {
		err = c.turn(ctx)
	}
	if err != nil {
		return "", undone(err)
	}
	address := discordgo.EndpointChannelMessages(to.Channel)
	var stored posted
	err = c.call(ctx, http.MethodPost, address, address, m, &stored)
	switch {
	case errors.As(err, new(*FatalError)): // an operator mends it, perhaps while somebody still waits for the answer
		return "", &chat.Delayed{Err: err}
	case err != nil:
		return "", err
	}
	if !snowflake(stored.ID) { // it may stand there: the next try, with the same nonce, tells
		return "", errors.New("discord: the answer to a post names no message")
	}
	return spot{to, stored.ID}.ref(), nil
}

// undone says that a post wasn't even tried.
func undone(err error) error {
	if _, ok := errors.AsType[*chat.Delayed](err); ok || errors.Is(err, chat.ErrRefused) {
		return err
	}
	return &chat.Delayed{Err: err}
}

// render renders a page of a reply that is kept under a record, in the words of its language.
func (c *Client) render(r chat.Reply, record string, page int, private bool) message {
	v := view{
		Record: record, Page: page, Private: private,
		Label: func(cmd chat.Command) string { return c.label(cmd, r.Lang) },
	}
	if slices.Contains(r.Offers, chat.CommandShow) { // it is a list to choose from
		v.Command = chat.CommandNear
	}
	return render(r, v)
}

// empty reports a message that Discord would refuse.
func (m *message) empty() bool { return m.Content == "" && len(m.Embeds) == 0 }
