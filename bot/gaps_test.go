package bot

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/gaptest"
	"github.com/whosays/whosays/knowledge"
)

// gapStore is a store that notes what it is given, unless it hangs.
type gapStore struct {
	*gaptest.Memory

	hangs bool
	noted []moderation.Asking
}

func (s *gapStore) Note(ctx context.Context, a moderation.Asking) error {
	if s.hangs {
		<-ctx.Done()
		return &knowledge.Error{Kind: knowledge.Unavailable, Msg: "away", Err: ctx.Err()}
	}
	s.noted = append(s.noted, a)
	return s.Memory.Note(ctx, a)
}

const unsourcedQuestion = "How many tanks has Ukraine lost?"

func TestGapsAreNoted(t *testing.T) {
	t.Parallel()
	ask := func(change func(*chat.Request)) chat.Request {
		r := chat.Request{
			Command: chat.CommandAsk, Text: unsourcedQuestion, Tenant: "post:1", From: "post:1/2", Actor: chat.Actor{ID: "post:9"}, Now: today,
		}
		change(&r)
		return r
	}
	for name, tc := range map[string]struct {
		request chat.Request
		scopes  []string
	}{
		"no answer":       {ask(func(*chat.Request) {}), []string{"group:equipment metric:losses party:ukraine"}},
		"a plain message": {ask(func(r *chat.Request) { r.Command = "" }), []string{"group:equipment metric:losses party:ukraine"}},
		"in other words": {ask(func(r *chat.Request) {
			r.Text = "Скільки танків втратила Україна?"
		}), []string{"group:equipment metric:losses party:ukraine"}},
		"an answer":        {ask(func(r *chat.Request) { r.Text = "How many Ukrainian soldiers have been killed?" }), nil},
		"a check":          {ask(func(r *chat.Request) { r.Command = chat.CommandCheck }), nil},
		"in private":       {ask(func(r *chat.Request) { r.From = "" }), nil},
		"of no tenant":     {ask(func(r *chat.Request) { r.Tenant = "" }), nil},
		"by nobody known":  {ask(func(r *chat.Request) { r.Actor.ID = "" }), nil},
		"about nothing":    {ask(func(r *chat.Request) { r.Text = "asdf qwer" }), nil},
		"a mail of theirs": {ask(func(r *chat.Request) { r.Text = "jane.doe@example.org 555-1234?" }), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &gapStore{Memory: gaptest.NewMemory()}
			handle(t, seedBot(t).With(Moderation{Gaps: moderation.NewGaps(s)}), tc.request)
			var got []string
			for _, a := range s.noted {
				got = append(got, a.Scope)
				if a.Tenant != "post:1" || a.Place != "post:1/2" || a.Day != (knowledge.Date{Year: 2026, Month: time.November, Day: 23}) {
					t.Errorf("noted %+v", a)
				}
			}
			if diff := cmp.Diff(tc.scopes, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A store that hangs doesn't keep the answer for longer than a moment.
func TestGapsKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	claims, err := fifteen()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		b, err := botOn(claims...)
		if err != nil {
			t.Fatal(err)
		}
		b = b.With(Moderation{Gaps: moderation.NewGaps(&gapStore{Memory: gaptest.NewMemory(), hangs: true})})
		began := time.Now()
		r, err := b.Handle(t.Context(), chat.Request{Text: unsourcedQuestion, Tenant: "post:1", From: "post:1/2", Actor: chat.Actor{ID: "post:9"}, Now: today})
		if took := time.Since(began); err != nil || r.Outcome != chat.Unsourced || took != 250*time.Millisecond {
			t.Errorf("after %v: %q, %v", took, r.Outcome, errors.Unwrap(err))
		}
	})
}
