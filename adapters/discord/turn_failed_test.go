package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// refusing is a refusal of Discord's, once.
func refusing(match func(*http.Request) bool) discordfake.Fault {
	return discordfake.Fault{
		Match: match, Times: 1, Status: http.StatusBadRequest, Body: `{"code":50035,"message":"Invalid Form Body"}`, Header: http.Header{"Content-Type": {"application/json"}},
	}
}

// TestRefusedAnswer: where Discord takes an answer for certain not, the person is told that there is none.
func TestRefusedAnswer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pace  turnPace
		fault discordfake.Fault
	}{
		"at once":                               {calm(false), refusing(acknowledging)},
		"after it was said that the bot thinks": {hasty(false), refusing(hooking(http.MethodPatch))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{pace: test.pace})
			if test.pace.patience > 0 {
				r.discord.Inject(test.fault)
			}
			let := r.occupy()
			i := r.discord.Slash(r.channel, r.olena, "help")
			if test.pace.patience == 0 {
				_, err := i.Answer(r.soon())
				r.ok(err)
				r.discord.Inject(test.fault)
			}
			let()
			if m := r.response(i); m.For != r.olena || !r.tells(m.Content, chat.NoticeOut) {
				t.Errorf("for %q: %q", m.For, m.Content)
			}
		})
	}
}

// TestSecondAnswer: after a failure there is another answer only where it is certain that there is none yet.
func TestSecondAnswer(t *testing.T) {
	t.Parallel()
	lost := errors.New("no answer")
	for name, test := range map[string]struct {
		errs  []error // of the tries
		again bool
	}{
		"refused":                    {[]error{&refusal{status: http.StatusBadRequest}}, true},
		"by a token that has ended":  {[]error{&refusal{status: http.StatusUnauthorized}}, false},
		"delayed":                    {[]error{&chat.Delayed{After: time.Hour, Err: lost}}, true},
		"lost":                       {[]error{fmt.Errorf("discord: %w", lost), &chat.Delayed{After: time.Hour, Err: lost}}, false},
		"lost, and refused after it": {[]error{lost, &refusal{status: http.StatusNotFound}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			tries := 0
			turn := r.client.begin(t.Context(), interaction{}, true, func(context.Context, *interaction, callback) (posted, error) {
				if tries++; tries > len(test.errs) {
					return posted{}, nil
				}
				return posted{}, test.errs[tries-1]
			})
			if _, err := turn.say(t.Context(), message{Content: "x"}); err == nil {
				t.Fatal("nothing has failed")
			}
			r.ok(r.adapter.excuse(t.Context(), turn, chat.NoticeOut))
			if again := tries > len(test.errs); again != test.again {
				t.Errorf("another answer: %t", again)
			}
		})
	}
}

// TestFileIsNoFirstAnswer: an upload takes its time, and the first answer has three seconds.
func TestFileIsNoFirstAnswer(t *testing.T) {
	t.Parallel()
	for name, private := range map[string]bool{"for one": true, "for all, as was thought": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			i, turn := r.begun(private)
			r.ok(r.adapter.show(t.Context(), turn, turn.key(), exported("id\n"), true))
			a, err := i.Answer(r.soon())
			r.ok(err)
			if a.Type != int(discordgo.InteractionResponseDeferredChannelMessageWithSource) || !a.Ephemeral {
				t.Errorf("type %d, ephemeral %t", a.Type, a.Ephemeral)
			}
			r.file(i, "id\n")
		})
	}
}

// TestFileThatIsRefused: of a file that Discord doesn't take, or wouldn't, the person hears.
func TestFileThatIsRefused(t *testing.T) {
	t.Parallel()
	t.Run("too long", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, rigOptions{})
		i, turn := r.begun(true)
		r.ok(r.adapter.show(t.Context(), turn, turn.key(), exported(strings.Repeat("x", maxFile+1)), true))
		if m := r.response(i); m.For != r.olena || !r.tells(m.Content, chat.NoticeOut) || len(m.Attachments) != 0 {
			t.Errorf("for %q: %q", m.For, m.Content)
		}
		r.logs("too long")
	})
	t.Run("by Discord", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, rigOptions{})
		r.discord.Inject(refusing(hooking(http.MethodPatch)))
		i, turn := r.begun(true)
		if err := r.adapter.show(t.Context(), turn, turn.key(), exported("id\n"), true); !errors.Is(err, chat.ErrRefused) {
			t.Error(err)
		}
		r.ok(r.adapter.excuse(t.Context(), turn, chat.NoticeOut))
		if m := r.response(i); m.For != r.olena || !r.tells(m.Content, chat.NoticeOut) {
			t.Errorf("for %q: %q", m.For, m.Content)
		}
	})
	t.Run("can't be written", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, rigOptions{})
		tries := 0
		err := persist(t.Context(), func() error {
			if tries++; tries > 1 {
				return nil
			}
			m := render(exported(strings.Repeat("x", maxFile+1)), view{Label: labels("en"), Private: true})
			return r.client.call(t.Context(), http.MethodPost, discordgo.EndpointWebhookToken("1", "t"), "t", m, nil)
		})
		if !errors.Is(err, chat.ErrRefused) || tries != 1 {
			t.Errorf("%d tries: %v", tries, err)
		}
	})
}
