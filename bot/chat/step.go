package chat

import "context"

// Step is a part of the way from an event to its reply.
type Step string

// The steps. Those from understand to guard are parts of handle.
const (
	StepHandle     Step = "handle"     // from the request to the reply
	StepUnderstand Step = "understand" // what is asked or stated
	StepFind       Step = "find"       // what the base has of it
	StepCompose    Step = "compose"    // the reply
	StepGuard      Step = "guard"      // the last look at it
	StepSend       Step = "send"       // one try to say something
)

// Mark is what came of a step. No word of anybody's stands in it, and no person.
type Mark struct {
	Command Command // of handle: what was asked for
	Outcome Outcome // of handle: how far the reply answers it
	Err     error   // why the step failed; what it says may be private, what it is of isn't
}

// Watch is called as a step begins, with the context of whoever takes it; the step is taken in the context that it returns, and ends
// with one call of the function. Both are called on the way to the answer: they return at once.
type Watch func(ctx context.Context, s Step) (context.Context, func(Mark))

// watching is the key of a watch in a context.
type watching struct{}

// WithWatch returns a context in which the steps are watched.
func WithWatch(ctx context.Context, w Watch) context.Context {
	return context.WithValue(ctx, watching{}, w)
}

// Begin begins a step, and returns its context and what ends it, which is called once. Where nobody watches, it does nothing.
func (s Step) Begin(ctx context.Context) (context.Context, func(Mark)) {
	if w, ok := ctx.Value(watching{}).(Watch); ok {
		return w(ctx, s)
	}
	return ctx, unwatched
}

func unwatched(Mark) {}
