package telemetry

import (
	"context"
	"errors"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
)

// Outcomes of events beside those of replies (chat.Outcome).
const (
	nothing     = "none"        // nothing was asked of the bot: a notice, a form, what was said before
	stopping    = "stopped"     // the guard refused the reply, and another was sent in its place
	unavailable = "unavailable" // the base couldn't be reached
	failing     = "failed"
	panicking   = "panicked"
)

// outcomeOf names what came of a request.
func outcomeOf(m chat.Mark) string {
	switch {
	case m.Err == nil:
		return string(m.Outcome)
	case knowledge.KindOf(m.Err) == knowledge.Unavailable:
		return unavailable
	}
	return failing
}

// failureOf names why a step failed. What the error says isn't told: it may quote what somebody wrote.
func failureOf(err error) string {
	var known *knowledge.Error
	var refused *guard.Error
	var delayed *chat.Delayed
	switch {
	case errors.As(err, &known):
		return string(known.Kind)
	case errors.As(err, &refused):
		return "refused by the guard"
	case errors.As(err, &delayed):
		return "the platform asks to wait"
	case errors.Is(err, chat.ErrRefused):
		return "refused by the platform"
	case errors.Is(err, context.DeadlineExceeded):
		return "out of time"
	case errors.Is(err, context.Canceled):
		return "given up"
	}
	return failing
}
