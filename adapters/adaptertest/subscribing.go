package adaptertest

import (
	"context"
	"time"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest"
	digesttest "github.com/whosays/whosays/bot/digest/storetest"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Subscribed returns a bot that keeps digests, on a starter base of its own, and their store. Its desk is the name of a platform.
func Subscribed(desk string) (*bot.Bot, *digesttest.Memory, error) {
	b, base, _, err := Starter()
	if err != nil {
		return nil, nil, err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return nil, nil, err
	}
	editor, err := digest.NewEditor(base, lex)
	if err != nil {
		return nil, nil, err
	}
	store := digesttest.NewMemory(deliverytest.NewMemory())
	return b.Subscribing(bot.Digests{Subscriptions: store, Editor: editor, Desk: desk}), store, nil
}

// Subscribing returns what somebody is told who keeps the digests of two channels, by what they ask for, in a language. The first is the
// one where they ask; both are seen by them.
func Subscribing(lang string, here, there chat.Address) (map[string]chat.Reply, error) {
	b, _, err := Subscribed("test")
	if err != nil {
		return nil, err
	}
	out, now := map[string]chat.Reply{}, digestDay()
	ask := func(name string, to chat.Address, c chat.Command, values map[string]string) {
		if err != nil {
			return
		}
		out[name], err = b.Handle(context.Background(), chat.Request{
			Command: c, Tenant: "test:T1", From: to, Actor: chat.Actor{ID: "test:keeper", Keeper: true, Zone: "Europe/Kyiv"}, Lang: lang, Now: now, Values: values,
			Sees: func(_ context.Context, places []chat.Address) ([]chat.Address, error) { return places, nil },
		})
		now = now.Add(time.Minute)
	}
	ask("none", here, chat.CommandDigestWhy, nil)
	ask("zone", here, chat.CommandDigestSubscribe, map[string]string{bot.ZoneOption: "indiana"})
	ask("topics", here, chat.CommandDigestSubscribe, map[string]string{bot.TopicsOption: "football"})
	ask("subscribe", here, chat.CommandDigestSubscribe, map[string]string{
		bot.EveryOption: "weekdays", bot.TimeOption: "18:30", bot.TopicsOption: "territory, corrections", bot.LangOption: "uk", bot.SilentOption: "true",
	})
	ask("fields", there, chat.CommandDigestSubscribe, map[string]string{bot.EveryOption: "15 7,19 * * mon-fri", bot.ZoneOption: "Asia/Tokyo"})
	ask("pause", there, chat.CommandDigestPause, nil)
	ask("list", here, chat.CommandDigestList, nil)
	ask("resume", there, chat.CommandDigestResume, nil)
	ask("preview", here, chat.CommandDigestPreview, nil)
	ask("unsubscribe", here, chat.CommandDigestUnsubscribe, nil)
	if err == nil {
		out["why"], err = why(lang)
	}
	return out, err
}

// why returns what is told of ten slots, each of which ended otherwise.
func why(lang string) (chat.Reply, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return chat.Reply{}, err
	}
	writers, err := answer.Writers(lex)
	return writers[lang].Slots(answer.Subscribed{Rhythm: "daily", Zone: "Europe/Kyiv", Next: "2026-12-01 09:00", Lang: lang}, []answer.Slot{
		{Civil: "2026-11-30 09:00", Outcome: string(delivery.StatePending)},
		{Civil: "2026-11-29 09:00", Outcome: string(delivery.StateSent), Said: "2026-11-29 09:00"},
		{Civil: "2026-11-28 09:00", Outcome: string(delivery.StateSent), Said: "2026-11-28 09:04"},
		{Civil: "2026-11-27 09:00", Outcome: string(digest.Nothing)},
		{Civil: "2026-11-26 09:00", Outcome: string(digest.Missed)},
		{Civil: "2026-11-25 09:00", Outcome: string(digest.Stopped)},
		{Civil: "2026-11-24 09:00", Outcome: string(delivery.ReasonLost)},
		{Civil: "2026-11-23 09:00", Outcome: string(delivery.StateUnknown)},
		{Civil: "2026-11-22 09:00", Outcome: string(delivery.ReasonRefused)},
		{Civil: "2026-11-21 09:00", Outcome: string(delivery.ReasonChanged)},
	}), err
}
