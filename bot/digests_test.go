package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest"
	digesttest "github.com/whosays/whosays/bot/digest/storetest"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// newsroom is a place with a bot that keeps digests.
type newsroom struct {
	*place
	store *digesttest.Memory
}

func newNewsroom(t testing.TB) *newsroom {
	t.Helper()
	p := newPlace(t)
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	editor, err := digest.NewEditor(p.base, lex)
	if err != nil {
		t.Fatal(err)
	}
	n := &newsroom{p, digesttest.NewMemory(deliverytest.NewMemory())}
	p.bot = p.bot.Subscribing(Digests{Subscriptions: n.store, Editor: editor, Desk: "test"})
	return n
}

func keeper() chat.Actor {
	return chat.Actor{ID: "test:keeper", Keeper: true, Zone: "Europe/Kyiv"}
}

// in asks in a channel, as whoever keeps it if as nobody else.
func (n *newsroom) in(place chat.Address, c chat.Command, values ...string) chat.Reply {
	n.t.Helper()
	return n.as(keeper(), place, c, values...)
}

func (n *newsroom) as(who chat.Actor, place chat.Address, c chat.Command, values ...string) chat.Reply {
	n.t.Helper()
	req := chat.Request{Command: c, Tenant: "test:T1", From: place, Actor: who, Lang: "en", Now: today, Values: map[string]string{}}
	for i := 0; i < len(values); i += 2 {
		req.Values[values[i]] = values[i+1]
	}
	r := handle(n.t.(fataler), n.bot, req)
	if err := guard.Check(r); err != nil {
		n.t.Errorf("%s: %v", c, err)
	}
	return r
}

// says reports whether a reply holds some words.
func (n *newsroom) holds(r chat.Reply, outcome chat.Outcome, words ...string) {
	n.t.Helper()
	text := plain(r)
	missing := slices.DeleteFunc(words, func(w string) bool { return strings.Contains(text, w) })
	if r.Outcome != outcome || len(missing) > 0 {
		n.t.Errorf("%s: no %q in\n%s", r.Outcome, missing, text)
	}
}

// told has a channel's digest told all that is known now.
func (n *newsroom) told(place chat.Address) {
	n.t.Helper()
	view, err := n.base.View(n.t.Context(), "test:T1", today)
	if err != nil {
		n.t.Fatal(err)
	}
	s, err := n.store.At(n.t.Context(), "test:T1", "test", place)
	if err != nil {
		n.t.Fatal(err)
	}
	s.Since = view.At()
	if _, err := n.store.Put(n.t.Context(), s); err != nil {
		n.t.Fatal(err)
	}
}

func TestDigestCommands(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	const place = "test:C1"
	n.holds(n.in(place, chat.CommandDigestWhy), chat.Refused, "No digest comes")
	n.holds(n.in(place, chat.CommandDigestList), chat.Listed, "No digests come")
	n.holds(n.in(place, chat.CommandDigestSubscribe), chat.Done, "Digests come", "09:00 Europe/Kyiv", "daily", "everything")
	n.holds(n.in(place, chat.CommandDigestSubscribe, "every", "weekly", "time", "18:30", "zone", "Asia/Tokyo", "topics", "casualty figures, territory", "silent", "true"),
		chat.Done, "18:30 Asia/Tokyo", "weekly", "casualty figures, territory", "nothing is said")
	all, err := n.store.List(t.Context(), "test:T1")
	if err != nil || len(all) != 1 || all[0].By != "test:keeper" || !all[0].Silent {
		t.Errorf("%+v, %v", all, err)
	}
	n.holds(n.in(place, chat.CommandDigestSubscribe, "every", "15 7,19 * * mon-fri"), chat.Done, "15 7,19 ∗ ∗ mon-fri")
	n.holds(n.in(place, chat.CommandDigestSubscribe, "every", "weekly", "time", "18:30", "silent", "true"), chat.Done, "Asia/Tokyo")
	n.holds(n.in(place, chat.CommandDigestSubscribe, "zone", "new york"), chat.Done, "America/New_York")
	n.holds(n.in(place, chat.CommandDigestSubscribe, "zone", "asia/TOKYO"), chat.Done, "Asia/Tokyo")
	n.holds(n.in(place, chat.CommandDigestPause), chat.Done, "paused")
	n.holds(n.in(place, chat.CommandDigestList), chat.Listed, "paused, as was asked")
	n.holds(n.in(place, chat.CommandDigestResume), chat.Done, "18:30 Asia/Tokyo")
	n.holds(n.in(place, chat.CommandDigestWhy), chat.Listed, "None was due yet")
	n.holds(n.in(place, chat.CommandDigestUnsubscribe), chat.Done, "any more")
	n.holds(n.in(place, chat.CommandDigestUnsubscribe), chat.Refused, "No digest comes")
}

func TestDigestRefusals(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for name, tc := range map[string]struct {
		values []string
		says   string
	}{
		"a zone alone":     {[]string{"every", "CRON_TZ=UTC"}, "can't read that schedule"},
		"every nothing":    {[]string{"every", "@every 0s"}, "can't read that schedule"},
		"out of range":     {[]string{"every", "99 99 * * *"}, "once an hour at most"},
		"every minute":     {[]string{"every", "* * * * *"}, "once an hour at most"},
		"no such day":      {[]string{"every", "0 9 30 2 *"}, "never due"},
		"no such time":     {[]string{"time", "25:00"}, "can't read the time"},
		"no such zone":     {[]string{"zone", "Mars/Olympus"}, "don't know that time zone"},
		"a place alone":    {[]string{"zone", "indiana"}, "America/Indiana/Knox"},
		"no such topic":    {[]string{"topics", "negotiations, football"}, "the nuclear power plant"},
		"two times at all": {[]string{"every", "0 9 * * *", "time", "10:00"}, "can't read the time"},
	} {
		n.holds(n.in("test:C1", chat.CommandDigestSubscribe, tc.values...), chat.Refused, tc.says)
		if all, _ := n.store.List(t.Context(), "test:T1"); len(all) > 0 {
			t.Errorf("%s: kept", name)
		}
	}
	for _, c := range []chat.Command{chat.CommandDigestSubscribe, chat.CommandDigestUnsubscribe, chat.CommandDigestPause, chat.CommandDigestResume} {
		n.holds(n.as(stranger(), "test:C1", c), chat.Refused, "those who manage this channel")
		n.holds(n.in("", c), chat.Refused, "this isn't one")
	}
	n.holds(n.as(chat.Actor{Keeper: true}, "test:C1", chat.CommandDigestSubscribe), chat.Refused, "those who manage")
	n.holds(n.as(manager(), "test:C1", chat.CommandDigestSubscribe, "zone", "UTC"), chat.Done, "UTC")
}

// A preview is what would come now, and leaves no trace: the next digest tells the same again.
func TestDigestPreview(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.holds(n.as(stranger(), "test:C1", chat.CommandDigestPreview), chat.Listed, "Where the negotiations stand", "Contested")
	n.in("test:C1", chat.CommandDigestSubscribe)
	n.holds(n.in("test:C1", chat.CommandDigestPreview), chat.Listed, "Where the negotiations stand", "Contested")
	n.told("test:C1")
	n.holds(n.in("test:C1", chat.CommandDigestPreview), chat.Listed, "Nothing that I know has changed", "last reviewed")
	if _, err := n.base.Retract(t.Context(), knowledge.By{Actor: "x", Reason: "withdrawn", At: today}, knowledge.Key{ID: "ukraine-soldiers-killed-zelenskyy"}, 0); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		n.holds(n.in("test:C1", chat.CommandDigestPreview), chat.Listed, "Taken back", "withdrawn")
	}
}

// Lists show what the person can see.
func TestDigestList(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for i := range 3 {
		n.in(chat.Address(fmt.Sprint("test:C", i)), chat.CommandDigestSubscribe)
	}
	n.holds(n.in("test:C1", chat.CommandDigestList), chat.Listed, "a channel")
	places := 0
	for _, b := range n.in("test:C1", chat.CommandDigestList).Blocks {
		for _, p := range b.Parts {
			if p.Place != "" {
				places++
			}
		}
	}
	if places != 1 {
		t.Errorf("%d channels are shown to whom one is known to be seen", places)
	}
}

// TestSubscribingTwiceIsOneSubscription: what isn't said the second time stays as it was.
func TestSubscribingTwiceIsOneSubscription(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.in("test:C1", chat.CommandDigestSubscribe, "topics", "corrections", "lang", "uk", "time", "08:15")
	n.told("test:C1")
	first, err := n.store.At(t.Context(), "test:T1", "test", "test:C1")
	if err != nil {
		t.Fatal(err)
	}
	n.as(manager(), "test:C1", chat.CommandDigestSubscribe, "every", "weekly", "time", "18:30")
	all, err := n.store.List(t.Context(), "test:T1")
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	want := first
	want.Fields, want.From, want.Next = "30 18 * * 1", all[0].From, all[0].Next
	if diff := cmp.Diff(want, all[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDigestSuggestions(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for name, tc := range map[string]struct {
		option, typed string
		want          chat.Choice // the first
		most          int
	}{
		"every":                {EveryOption, "", chat.Choice{Value: "daily", Label: "щодня"}, 3},
		"the person's zone":    {ZoneOption, "", chat.Choice{Value: "Europe/Kyiv", Label: "Europe/Kyiv"}, 25},
		"another zone":         {ZoneOption, "tokyo", chat.Choice{Value: "Asia/Tokyo", Label: "Asia/Tokyo"}, 1},
		"topics":               {TopicsOption, "", chat.Choice{Value: "negotiations", Label: "переговори"}, 5},
		"an issue":             {TopicsOption, "терит", chat.Choice{Value: "territory", Label: "територія"}, 1},
		"an issue behind one":  {TopicsOption, "виправлення, те", chat.Choice{Value: "corrections, territory", Label: "виправлення, територія"}, 1},
		"what follows a comma": {TopicsOption, "negotiations,", chat.Choice{Value: "negotiations, casualties", Label: "переговори, дані про втрати"}, 4},
	} {
		req := chat.Request{Command: chat.CommandDigestSubscribe, Tenant: "test:T1", Actor: keeper(), Lang: "uk"}
		got, err := n.bot.Suggest(t.Context(), req, tc.option, tc.typed)
		if err != nil || len(got) != tc.most || got[0] != tc.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// TestDigestOfEachZone: an hour of any zone can be told.
func TestDigestOfEachZone(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	w := n.bot.writer("en")
	for _, zone := range append(digest.Zones(), "EST5EDT", "Etc/GMT+5", "GMT0", "UTC") {
		s := answer.Subscribed{Rhythm: "daily", Zone: zone, Next: "2026-12-01 09:00", Lang: "en", To: "test:C1"}
		for _, r := range []chat.Reply{
			w.Subscribed(s), w.Subscriptions([]answer.Subscribed{s}), w.Slots(s, []answer.Slot{{Civil: s.Next, Outcome: "sent", Said: "2026-12-01 09:01"}}),
			w.Edition(w.Digest(answer.Digest{}, knowledge.Reach{}), s.Next+" "+zone), w.Closed("test:C1", s.Next+" "+zone),
		} {
			if err := guard.Check(r); err != nil {
				t.Errorf("%s: %v", zone, err)
			}
		}
	}
}

// TestEveryOutcomeOfASlotIsTold in words of its own, in each language.
func TestEveryOutcomeOfASlotIsTold(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	ids := []string{"digest_paused_" + string(digest.Asked), "digest_paused_" + string(digest.Refused)}
	for _, of := range []string{
		string(digest.Written), string(digest.Nothing), string(digest.Missed), string(digest.Stopped), string(delivery.StatePending), string(delivery.StateSending),
		string(delivery.StateSent), string(delivery.StateUnknown), string(delivery.StateFailed), string(delivery.ReasonRefused), string(delivery.ReasonGuard),
		string(delivery.ReasonDelayed), string(delivery.ReasonLate), string(delivery.ReasonLost), string(delivery.ReasonChanged),
	} {
		ids = append(ids, "slot_"+of)
	}
	for _, r := range digest.Rhythms() {
		ids = append(ids, "rhythm_"+string(r))
	}
	for _, lang := range lexicon.Languages {
		for _, id := range ids {
			if n.bot.writer(lang).Term(id) == id {
				t.Errorf("%s lacks %s", lang, id)
			}
		}
	}
}

// Who subscribes may let a digest come some minutes later, where many are due at once, and is told so.
func TestDigestComesLater(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for i, lang := range lexicon.Languages {
		place := chat.Address(fmt.Sprint("test:C", i))
		for _, later := range []string{"true", ""} {
			r := handle(n.t.(fataler), n.bot, chat.Request{
				Command: chat.CommandDigestSubscribe, Tenant: "test:T1", From: place, Actor: keeper(), Lang: lang, Now: today,
				Values: map[string]string{LaterOption: later},
			})
			if err := guard.Check(r); err != nil {
				t.Error(err)
			}
			s, err := n.store.At(t.Context(), "test:T1", "test", place)
			if err != nil {
				t.Fatal(err)
			}
			words := map[string]string{"en": "some minutes later", "uk": "кілька хвилин пізніше", "ru": "несколько минут позже"}[lang]
			said := strings.Contains(plain(r), words)
			if wish := later != ""; said != wish || (s.Shift == digest.MostShift) != wish || !wish && s.Shift != 0 {
				t.Errorf("%s, %q: put off by %s, and said:\n%s", lang, later, s.Shift, plain(r))
			}
		}
	}
}
