package discord

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
)

// underway is an answer on its way to a Discord that takes it, or not.
type underway struct {
	unknown bool                                     // the answer
	takes   func(ctx context.Context, try int) error // nil: Discord takes all
	want    []discordgo.InteractionResponseType      // that it has taken
	tries   int
}

// TestThreeSeconds holds that Discord has an answer within the time that it waits for one, as far as it takes any.
func TestThreeSeconds(t *testing.T) {
	t.Parallel()
	answer := []discordgo.InteractionResponseType{discordgo.InteractionResponseChannelMessageWithSource}
	thinking := []discordgo.InteractionResponseType{discordgo.InteractionResponseDeferredChannelMessageWithSource}
	broken := errors.New("discord: broken")
	never := func(context.Context, int) error { return broken }
	second := func(_ context.Context, try int) error { return map[int]error{1: broken}[try] }
	silent := func(ctx context.Context, _ int) error { <-ctx.Done(); return ctx.Err() }
	for name, u := range map[string]underway{
		"known":                        {want: answer, tries: 1},
		"known, taken at the second":   {takes: second, want: answer, tries: 2},
		"known, never taken":           {takes: never, tries: 4},
		"known, not answered":          {takes: silent, tries: 1},
		"unknown":                      {unknown: true, want: thinking, tries: 1},
		"unknown, taken at the second": {unknown: true, takes: second, want: thinking, tries: 2},
		"unknown, never taken":         {unknown: true, takes: never, tries: 3},
		"unknown, not answered":        {unknown: true, takes: silent, tries: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, u.inTime)
		})
	}
}

// inTime runs in a bubble, whose clock no busy machine delays.
func (u underway) inTime(t *testing.T) {
	const waits = 3 * time.Second
	client, err := NewClient(ClientOptions{Token: "a.b.c"})
	if err != nil {
		t.Fatal(err)
	}
	began, tries := time.Now(), 0
	var taken []discordgo.InteractionResponseType
	turn := client.begin(t.Context(), interaction{}, false, func(ctx context.Context, _ *interaction, c callback) (posted, error) {
		tries++
		var err error
		if u.takes != nil {
			err = u.takes(ctx, tries)
		}
		if err == nil {
			taken = append(taken, c.Type)
		}
		if after := time.Since(began); after >= waits {
			t.Errorf("try %d ends after %v", tries, after)
		}
		return posted{ID: "1"}, err
	})
	if !u.unknown {
		if _, err := turn.say(t.Context(), message{Content: "so many"}); (err == nil) != (u.want != nil) {
			t.Error(err)
		}
	}
	time.Sleep(time.Minute)
	synctest.Wait()
	if diff := cmp.Diff(u.want, taken); diff != "" || tries != u.tries {
		t.Errorf("%d tries, taken: %s", tries, diff)
	}
}
