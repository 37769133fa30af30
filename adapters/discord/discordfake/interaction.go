package discordfake

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// The types of interactions, and of answers to them (docs: interactions/receiving-and-responding).
const (
	pingInteraction         = 1
	commandInteraction      = 2
	componentInteraction    = 3
	autocompleteInteraction = 4
	modalInteraction        = 5

	answerPong           = 1
	answerMessage        = 4
	answerDeferred       = 5
	answerDeferredUpdate = 6
	answerUpdate         = 7
	answerChoices        = 8
	answerModal          = 9
)

// Interaction is what a person did with a command, a component or a modal, and what came of it.
type Interaction struct {
	ID, Token          string
	Kind               int // Discord's type of interaction
	ChannelID, GuildID string
	UserID             string
	At                 time.Time

	s         *Server
	source    *Message // whose component was used
	changed   signal
	answer    *Answer
	failed    error
	original  *Message
	followUps []*Message
	history   []Message
}

// Answer is the first answer to an interaction.
type Answer struct {
	Type      int           // Discord's type of callback, such as 5 for "thinking…"
	Message   Message       // of types 4 and 7: as it was sent
	Ephemeral bool          // only who acted sees it
	Modal     Modal         // of type 9
	Choices   []Choice      // of type 8
	After     time.Duration // since the person acted
}

// Modal is a form that was shown to a person.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// Answer waits for the first answer. It fails when ctx ends, or the endpoint answered with something else.
func (i *Interaction) Answer(ctx context.Context) (Answer, error) {
	err := i.await(ctx, "the answer to an interaction", func() bool { return i.answer != nil })
	if err != nil {
		return Answer{}, err
	}
	return *i.answer, nil // it is never changed
}

// Response waits for the message that the person sees at last: at once, or after "thinking…", or the changed message
// whose component was used.
func (i *Interaction) Response(ctx context.Context) (m Message, err error) {
	err = i.await(ctx, "the message that answers an interaction", func() bool {
		if len(i.history) == 0 {
			return false
		}
		m = i.history[0]
		return true
	})
	return m, err
}

// FollowUp waits for the nth message after the answer, from 0 on.
func (i *Interaction) FollowUp(ctx context.Context, n int) (m Message, err error) {
	err = i.await(ctx, "a follow-up", func() bool {
		if len(i.followUps) <= n {
			return false
		}
		m = *i.followUps[n]
		return true
	})
	return m, err
}

// Original returns the message of the answer as it stands, and whether there is one.
func (i *Interaction) Original() (Message, bool) {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	if i.original == nil || i.s.messages[i.original.ID] == nil {
		return Message{}, false
	}
	return *i.original, true
}

// History returns what the person saw, in order: the answer, each change of it, and the follow-ups.
func (i *Interaction) History() []Message {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return slices.Clone(i.history)
}

func (i *Interaction) await(ctx context.Context, what string, done func() bool) error {
	var failed error
	err := i.s.await(ctx, &i.changed, what, func() bool {
		failed = i.failed
		return failed != nil || done()
	})
	if failed != nil {
		return failed
	}
	return err
}

// note keeps how a message looks now.
func (i *Interaction) note(m *Message) {
	i.history = append(i.history, *m)
	i.changed.broadcast()
}

func (i *Interaction) fail(format string, args ...any) {
	i.failed = fmt.Errorf("discordfake: the interaction failed: "+format, args...)
	i.changed.broadcast()
}
