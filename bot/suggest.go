package bot

import (
	"context"

	"github.com/whosays/whosays/bot/chat"
)

// Suggest returns what an option of a command may be filled in with, by what is typed of it so far: at most 25 choices, the likeliest
// first, in the request's language. Of the request it takes the command, the tenant, the actor and the language; who may not use the
// command is suggested nothing. The error is one of the base.
func (b *Bot) Suggest(ctx context.Context, req chat.Request, option, typed string) ([]chat.Choice, error) {
	return nil, ctx.Err()
}
