package adaptertest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	moderationtest "github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// Who is somebody in the scenes of moderators.
type Who string

// The people of the scenes.
const (
	Chief  Who = "chief"  // manages the place, as the platform says
	Editor Who = "editor" // is made a moderator
	Second Who = "second" // another one
	Reader Who = "reader" // nothing of it
)

// Room is a channel in which all of them are.
type Room interface {
	Hand(who Who) Hand   // what somebody does there; the same one for the same person
	Direct(who Who) Hand // in a direct conversation with the bot
}

// Hand is what one person does with commands, buttons and forms, and what they see then. Each method waits for the answer, and
// ends the test where none comes.
type Hand interface {
	Command(c chat.Command, options map[string]string) Seen // options by their ids; the account of somebody is their Who
	Ask(text string) Seen                                   // as the command does
	Press(action chat.Command) Seen                         // the button of the last answer that has it
	Pick(value string) Seen                                 // from the last menu that has it
	Fill(values map[string]string) Seen                     // in the form that is open, or that the last answer can open; and sends it
	Twice(action chat.Command) [2]Seen                      // presses as Press does, and once more before there is an answer
}

// scene is what moderators do, and must see.
type scene struct {
	name string
	play func(*stage)
}

// Moderate plays every scene of moderators in a room of its own, each on a base of its own.
func Moderate(t *testing.T, start func(t *testing.T, in Setting) Room) {
	t.Helper()
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			b, err := Moderated()
			if err != nil {
				t.Fatal(err)
			}
			commands := slices.DeleteFunc(b.Commands(), func(c bot.Command) bool { return c.Message || c.Group == nil })
			s.play(&stage{T: t, Room: start(t, Setting{Bot: b, Now: now(), Lang: "en"}), commands: commands})
		})
	}
}

// Starter returns a bot on a starter base of its own, and the base with its store.
func Starter() (*bot.Bot, *knowledge.Base, *knowledge.Memory, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, nil, nil, err
	}
	claims, err := starter.Claims()
	if err != nil {
		return nil, nil, nil, err
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		return nil, nil, nil, err
	}
	base, err := knowledge.NewBase(context.Background(), lex, store)
	if err != nil {
		return nil, nil, nil, err
	}
	b, err := bot.New(base, lex)
	return b, base, store, err
}

// Moderated returns a bot with a council, on a starter base of its own.
func Moderated() (*bot.Bot, error) {
	b, base, store, err := Starter()
	if err != nil {
		return nil, err
	}
	return b.With(bot.Moderation{Council: moderation.New(base, moderationtest.NewMemory(store))}), nil
}

// stage is a scene being played.
type stage struct {
	*testing.T
	Room
	commands []bot.Command // those that belong to a group
}

// appoint lets the chief make people moderators.
func (s *stage) appoint(who ...Who) {
	s.Helper()
	for _, w := range who {
		s.sees(s.Hand(Chief).Command(chat.CommandModAdd, map[string]string{bot.AccountOption: string(w)}), "Added as a moderator.")
	}
}

// sees holds that what a moderator was shown is for them alone, pings nobody, and says some words.
func (s *stage) sees(seen Seen, words ...string) Seen {
	s.Helper()
	if !seen.Private && seen.Form == nil {
		s.Errorf("all see %q", seen.Text)
	}
	s.reads(seen, words...)
	return seen
}

// reads holds that somebody reads some words, and that nobody is pinged by it.
func (s *stage) reads(seen Seen, words ...string) {
	s.Helper()
	if seen.Pinged {
		s.Errorf("it pings: %s", seen.Text)
	}
	for _, w := range words {
		if !strings.Contains(seen.Text, w) {
			s.Errorf("%q can't be read in:\n%s", w, seen.Text)
		}
	}
}

// offers holds that there is a button for an action, or isn't.
func (s *stage) offers(seen Seen, action chat.Command, want bool) {
	s.Helper()
	if slices.Contains(seen.Actions, action) != want {
		s.Errorf("the button %q: %t, among %v, of:\n%s", action, !want, seen.Actions, seen.Text)
	}
}

// opened holds that a form has opened, with some of what is filled in.
func (s *stage) opened(seen Seen, filled map[string]string) {
	s.Helper()
	if seen.Form == nil {
		s.Fatalf("no form has opened, but:\n%s", seen.Text)
	}
	for id, want := range filled {
		if got := seen.Form[id]; got != want {
			s.Errorf("the field %q is filled in with %q, want %q", id, got, want)
		}
	}
}
