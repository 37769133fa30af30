// Package adaptertest plays the same dialogues through every adapter, and judges what a person reads there: each figure
// with who says it, nothing that no source says, nobody pinged, nothing said unasked.
//
// What people do and what they must read is data, testdata/dialogues.yaml. An adapter's tests implement [Platform] on its
// real parts and call [Run].
package adaptertest

import (
	"testing"
	"time"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// Seen is what somebody sees in answer to what they did. The zero Seen is silence.
type Seen struct {
	Text    string         // all that can be read, line by line and without markup: the first line first, buttons and menus last
	Wrote   []string       // lines of Text, or parts of them, that are marked as the asker's own words
	Private bool           // nobody else sees it
	Actions []chat.Command // what its buttons and menus ask for, in their order
	Pinged  bool           // somebody was notified by name

	Form map[string]string // what is filled in of a form that has opened instead of an answer, by the ids of its fields; nil: none has
	File string            // what a file that came with it holds
}

// Platform is what a person does in a conversation, and what they see then. Each method waits for the answer, and ends the
// test where none comes. They are called one after the other, from the test's own goroutine.
type Platform interface {
	Ask(text string) Seen
	Command(command chat.Command, text string) Seen
	FactCheck(message string) Seen  // of somebody else, as it stands there
	Press(action chat.Command) Seen // the button of the last answer that has it
	Choose(n int) Seen              // from the last list to choose from; 1 is its first
	Report(text string) Seen        // of the last answer
	Overhear(text string)           // somebody says it, and not to the bot
	Said() int                      // how much the bot has said to all, once everything is done; nothing is asked after it
	Lacks() []Feature               // what there isn't on this platform: steps that need it aren't played
}

// Feature is something that not every platform has.
type Feature string

// The features.
const (
	Buttons     Feature = "buttons under an answer" // what can be asked further has to be known
	Overhearing Feature = "talk that isn't to the bot"
	Privacy     Feature = "answers that others don't see"
	Limits      Feature = "limits on asking"
	Pages       Feature = "answers of several pages"
	Reports     Feature = "reports of mistakes"
	Sharing     Feature = "answers that are shared"
)

// Crowd is how much goes on while somebody asks.
type Crowd string

// The crowds.
const (
	Calm    Crowd = ""
	Busy    Crowd = "busy"     // nothing more is taken
	TooFast Crowd = "too_fast" // everybody may ask once a minute
)

// Setting is what a dialogue takes place in.
type Setting struct {
	Bot   *bot.Bot // on the starter base
	Now   time.Time
	Lang  string // of the person's platform: one of lexicon.Languages
	Crowd Crowd
}

// now is the moment of every dialogue.
func now() time.Time { return time.Date(2026, time.November, 26, 12, 0, 0, 0, time.UTC) }

// Run plays every dialogue on a platform of its own, all at once.
func Run(t *testing.T, start func(t *testing.T, in Setting) Platform) {
	t.Helper()
	b, err := open()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range b.Dialogues {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			p := start(t, Setting{Bot: b.bot, Now: now(), Lang: d.Lang, Crowd: d.Crowd})
			left, problems := b.play(p, &d)
			for _, what := range left {
				t.Log("not played: ", what)
			}
			for _, what := range problems {
				t.Error(what)
			}
		})
	}
}
