package slack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/chat"
)

// Tokens are the bot's tokens in the teams that have installed it: OneToken, or Teams.
type Tokens interface {
	// Token returns the token in a team. The error is a chat.ErrRefused where it has none, else of a store that doesn't answer.
	Token(ctx context.Context, team string) (string, error)
	// Refused takes it that Slack has refused a token. It returns nil where there is another by now, else what the request ends with.
	Refused(ctx context.Context, team, token, code string) error
	// Leave takes it that a team has removed the bot at a time: from then on it has no token. It returns false where the team has it
	// nevertheless: it has installed it again since, or (where it isn't sure) the token is as good as before.
	Leave(ctx context.Context, team string, at time.Time, sure bool) (bool, error)
	// Left ends what Leave has begun, once all else that was kept of the team is deleted.
	Left(ctx context.Context, team string) error
	// Leaving returns the teams of which Leave has begun and Left hasn't ended it: the process was killed between.
	Leaving(ctx context.Context) ([]string, error)
}

// notInstalled is the error of a team that has no token. It is final: a new installation is a new beginning.
type notInstalled struct{ team, why string }

func (n *notInstalled) Error() string {
	return fmt.Sprintf("slack: the bot isn't installed in %.32q: %.100s", n.team, n.why)
}

// Unwrap tells that it is final.
func (n *notInstalled) Unwrap() error { return chat.ErrRefused }

const tokenExpired = "token_expired"

// ofTokens are the codes that say that a token is no good, whatever was asked with it
// (https://docs.slack.dev/reference/methods/auth.test#errors).
func ofTokens(code string) bool {
	return slices.Contains([]string{tokenExpired, "invalid_auth", "token_revoked", "account_inactive", "not_authed"}, code)
}

// OneToken returns the tokens of an app that one team has installed. Slack refuses it where it is another's.
func OneToken(token string) Tokens { return oneToken(token) }

type oneToken string

func (o oneToken) Token(context.Context, string) (string, error) { return string(o), nil }

func (oneToken) Refused(_ context.Context, _, _, code string) error { return &refusal{code} }

func (oneToken) Leave(context.Context, string, time.Time, bool) (bool, error) { return true, nil }

func (oneToken) Left(context.Context, string) error { return nil }

func (oneToken) Leaving(context.Context) ([]string, error) { return nil, nil }
