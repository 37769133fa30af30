package slack

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// people are the letters with which the ids of people begin.
const people = "UW"

// Direct returns where somebody of a team is told something alone: slack:<team>/<user>. It is false where the tenant isn't a team, or the
// person nobody on Slack.
func Direct(tenant, person string) (chat.Address, bool) {
	team, ours := strings.CutPrefix(tenant, scheme)
	user, account := strings.CutPrefix(person, scheme)
	if !ours || !account || !identifier(team, "TE") || !identifier(user, people) {
		return "", false
	}
	return chat.Address(scheme + team + "/" + user), true
}

// where returns the conversation of an address, which for a person is opened.
func (c *Client) where(ctx context.Context, a chat.Address) (place, error) {
	rest, _ := strings.CutPrefix(string(a), scheme)
	team, user, _ := strings.Cut(rest, "/")
	if is, ok := Direct(scheme+team, scheme+user); ok && is == a {
		return c.conversation(ctx, team, user)
	}
	to, err := parseAddress(a)
	if err != nil {
		err = fmt.Errorf("slack: %w: %w", chat.ErrRefused, err)
	}
	return to, err
}

// undone says that a post wasn't even tried.
func undone(err error) error {
	if _, ok := errors.AsType[*chat.Delayed](err); ok || errors.Is(err, chat.ErrRefused) {
		return err
	}
	return &chat.Delayed{Err: err}
}
