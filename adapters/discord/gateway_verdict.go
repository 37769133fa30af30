package discord

import (
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/websocket"
)

// FatalError is the error of a gateway, or a token, that Discord refuses for good: until the operator changes something, another
// try would only use up the day's Identifies, or have the address banned.
type FatalError struct {
	Shard int // of the gateway; -1 where it isn't about one
	Code  int // a close code of the gateway, or 401 of REST
}

// Error says what was refused, and what has to be changed.
func (e *FatalError) Error() string {
	what := "the bot"
	if e.Shard >= 0 {
		what = fmt.Sprintf("shard %d", e.Shard)
	}
	return fmt.Sprintf("discord refused %s for good (%d): %s", what, e.Code, remedy(e.Code))
}

// remedy is what an operator can do about a code (docs: topics/opcodes-and-status-codes, "Gateway Close Event Codes").
func remedy(code int) string {
	switch code {
	case 401, 4004:
		return "the token is wrong or was reset: set the one of the developer portal (Bot, Reset Token)"
	case 4010:
		return "the sharding is wrong: let Discord recommend the number of shards, or give every replica the same one"
	case 4011:
		return "the bot is in too many servers for so few shards: let Discord recommend the number of shards, or raise it"
	case 4014:
		return "an intent isn't granted: turn it on in the developer portal (Bot, Privileged Gateway Intents)"
	default:
		return "this version of WhoSays is too old for Discord's gateway: update it"
	}
}

// fatalCode returns the code that ends all tries.
func fatalCode(err error) (int, bool) {
	var closed *websocket.CloseError
	switch {
	case !errors.As(err, &closed):
		return 0, false
	case closed.Code == 4004, closed.Code >= 4010 && closed.Code <= 4014:
		return closed.Code, true
	}
	return 0, false
}

// anew reports that after this error nothing is left to resume.
func anew(err error) bool {
	var closed *websocket.CloseError
	var invalid invalidSession
	switch {
	case errors.As(err, &closed):
		return closed.Code == 4003 || closed.Code == 4007 || closed.Code == 4009
	case errors.As(err, &invalid):
		return !invalid.resumable
	}
	return errors.Is(err, errAbandoned) || errors.Is(err, errLibrary)
}

// atLeast is how long Discord wants us to wait after an error, before the next try. random is in [0, 1).
func atLeast(err error, random float64) time.Duration {
	var invalid invalidSession
	var limited *limitedError
	switch {
	case errors.As(err, &limited):
		return limited.after
	case errors.As(err, &invalid) && !invalid.resumable:
		return time.Second + time.Duration(random*float64(4*time.Second)) // docs: events/gateway, "Resuming": 1 to 5 s
	}
	return 0
}

// reasonOf is a label of few values.
func reasonOf(err error) string {
	var closed *websocket.CloseError
	var invalid invalidSession
	switch {
	case errors.As(err, &closed):
		if closed.Code >= 1000 && closed.Code < 1016 || closed.Code >= 4000 && closed.Code < 4015 {
			return fmt.Sprint("close ", closed.Code)
		}
		return "close"
	case errors.As(err, &invalid):
		return "op 9"
	case errors.Is(err, errReconnect):
		return "op 7"
	case errors.Is(err, errSilent):
		return "silent"
	case errors.Is(err, errAbandoned):
		return "abandoned"
	case errors.As(err, new(*limitedError)):
		return "rate limited"
	case errors.As(err, new(refusedUpgrade)):
		return "refused"
	case errors.Is(err, errDropped):
		return "cut"
	}
	return "other"
}
