package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Digests is what the commands about digests need. Without a store they say that they aren't available.
type Digests struct {
	Subscriptions digest.Store
	Editor        digest.Composer
	Desk          string // of the platform on which the bot is asked
}

// Subscribing returns the bot with the commands about digests.
func (b *Bot) Subscribing(d Digests) *Bot {
	out := *b
	out.Digests = d
	return &out
}

// Ids of the options of the commands about digests; LangOption is one, too.
const (
	EveryOption  = "every"  // a rhythm, or five fields
	TimeOption   = "time"   // of the day
	ZoneOption   = "zone"   // of the IANA database
	TopicsOption = "topics" // with commas between them
	SilentOption = "silent" // a flag: nothing is said where nothing changed
	LaterOption  = "later"  // a flag: it may come up to five minutes later
)

// subscribing returns the commands about digests.
func (b *Bot) subscribing() []Command {
	suggested := func(id string) Option {
		o := b.typed(id)
		o.Kind = OptionSuggest
		return o
	}
	return b.group("digest",
		b.command(chat.CommandDigestSubscribe, suggested(EveryOption), b.typed(TimeOption), suggested(ZoneOption), suggested(TopicsOption),
			b.chosen(LangOption, lexicon.Languages...), b.flag(SilentOption), b.flag(LaterOption)),
		b.command(chat.CommandDigestUnsubscribe), b.command(chat.CommandDigestPause), b.command(chat.CommandDigestResume),
		b.command(chat.CommandDigestList), b.command(chat.CommandDigestPreview), b.command(chat.CommandDigestWhy))
}

// digests reports a command about digests.
func digests(c chat.Command) bool { return strings.HasPrefix(string(c), "digest_") }

// digesting answers a command about digests.
func (b *Bot) digesting(ctx context.Context, req chat.Request) (chat.Reply, error) {
	a := turn{Request: req, who: moderation.Who{Tenant: req.Tenant, Actor: req.Actor, Now: req.Now}, w: b.writer(req.Lang)}
	if b.Subscriptions == nil {
		return a.w.Told(chat.Refused, "refused_unavailable"), nil
	}
	if req.Tenant == "" || req.From == "" && req.Command != chat.CommandDigestList { // which is also shown where nobody else hears it
		return a.w.Told(chat.Refused, "digest_nowhere"), nil
	}
	if changesDigest(req.Command) && !b.mayManage(ctx, &a) {
		return a.w.Told(chat.Refused, "digest_keeper"), nil
	}
	if req.Command == chat.CommandDigestList {
		return b.listDigests(ctx, &a)
	}
	s, err := b.Subscriptions.At(ctx, req.Tenant, b.Desk, req.From)
	there := err == nil
	switch {
	case !there && knowledge.KindOf(err) != knowledge.NotFound:
		return chat.Reply{}, err
	case req.Command == chat.CommandDigestSubscribe:
		return b.subscribe(ctx, &a, s)
	case req.Command == chat.CommandDigestPreview:
		return b.preview(ctx, &a, s, there)
	case !there:
		return a.w.Told(chat.Refused, "digest_none"), nil
	}
	return b.onDigest(ctx, &a, s)
}

// onDigest does what a command asks of the channel's subscription.
func (b *Bot) onDigest(ctx context.Context, a *turn, s digest.Subscription) (chat.Reply, error) {
	switch a.Command {
	case chat.CommandDigestUnsubscribe:
		return a.w.Told(chat.Done, "digest_unsubscribed"), b.Subscriptions.Delete(ctx, s.Tenant, s.ID)
	case chat.CommandDigestPause:
		return a.w.Told(chat.Done, "digest_paused"), b.Subscriptions.Pause(ctx, s.Tenant, s.ID, digest.Asked)
	case chat.CommandDigestResume:
		return b.resume(ctx, a, s)
	}
	past, err := b.Subscriptions.Slots(ctx, s.Tenant, s.ID, mostSlots)
	if err != nil {
		return chat.Reply{}, err
	}
	return a.w.Slots(described(&s), outcomes(&s, past)), nil
}

// mostSlots is how many slots are accounted for.
const mostSlots = 10

func changesDigest(c chat.Command) bool {
	switch c {
	case chat.CommandDigestSubscribe, chat.CommandDigestUnsubscribe, chat.CommandDigestPause, chat.CommandDigestResume:
		return true
	}
	return false
}

// mayManage reports whether somebody may say what digests come to a channel: whoever may manage it, and moderators.
func (b *Bot) mayManage(ctx context.Context, a *turn) bool {
	return a.Actor.ID != "" && (a.Actor.Keeper || a.Actor.Manager) || b.Council != nil && b.Council.May(ctx, a.who, moderation.Add) == nil
}

// subscribe makes the subscription of a channel, or changes it: what isn't said stays as it was.
func (b *Bot) subscribe(ctx context.Context, a *turn, s digest.Subscription) (chat.Reply, error) {
	schedule, err := scheduled(a, &s)
	if err != nil {
		return badSchedule(a, err)
	}
	every, err := b.everyTopic(ctx, a.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	topics, ok := read(every, a.Values[TopicsOption])
	if !ok {
		return a.w.Choose("digest_bad_topics", named(every, a.w.Lang())), nil
	}
	if s.ID == "" { // its first digest tells all there is, for the channel was told nothing yet
		s = digest.Subscription{
			ID: delivery.NewID(), Tenant: a.Tenant, Desk: b.Desk, To: a.From, By: a.Actor.ID, At: a.Now.UTC().Truncate(time.Microsecond), Topics: topics,
		}
	}
	if a.Values[TopicsOption] != "" {
		s.Topics = topics
	}
	s.Schedule, s.State, s.Why = schedule, digest.Active, ""
	s.Lang = cmp.Or(a.Values[LangOption], s.Lang, a.w.Lang())
	s.Silent = a.Values[SilentOption] != ""
	if s.Shift = 0; a.Values[LaterOption] != "" {
		s.Shift = digest.MostShift
	}
	return b.keep(ctx, a, s)
}

// keep keeps a subscription whose next slot comes from now on.
func (b *Bot) keep(ctx context.Context, a *turn, s digest.Subscription) (chat.Reply, error) {
	plan, err := s.Plan()
	if err != nil {
		return badSchedule(a, err)
	}
	s.Next, s.From = plan.Next(a.Now), a.Now.UTC().Truncate(time.Microsecond)
	if s, err = b.Subscriptions.Put(ctx, s); err != nil {
		return chat.Reply{}, err
	}
	return a.w.Subscribed(described(&s)), nil
}

// resume lets the digests of a channel come again; what changed meanwhile is told by the next.
func (b *Bot) resume(ctx context.Context, a *turn, s digest.Subscription) (chat.Reply, error) {
	s.State, s.Why = digest.Active, ""
	return b.keep(ctx, a, s)
}

// scheduled returns when a subscription is to come: every day at nine, where nothing else is said, by the person's own clock.
func scheduled(a *turn, s *digest.Subscription) (digest.Schedule, error) {
	every, at, zone := a.Values[EveryOption], a.Values[TimeOption], zoned(a.Values[ZoneOption])
	if every == "" && at == "" && s.ID != "" {
		out := s.Schedule
		out.Zone = cmp.Or(zone, out.Zone)
		_, err := out.Plan()
		return out, err
	}
	every = cmp.Or(every, string(digest.Daily))
	if at == "" && slices.Contains(digest.Rhythms(), digest.Rhythm(strings.ToLower(strings.TrimSpace(every)))) {
		at = "09:00"
	}
	return digest.New(every, at, cmp.Or(zone, s.Zone, a.Actor.Zone))
}

// badSchedule says what is wrong with a schedule; of a time zone that there isn't, which are meant perhaps.
func badSchedule(a *turn, err error) (chat.Reply, error) {
	if errors.Is(err, digest.ErrZone) {
		return a.w.Choose("digest_bad_zone", zonesLike(a.Values[ZoneOption])), nil
	}
	for cause, id := range map[error]string{
		digest.ErrTime: "digest_bad_time", digest.ErrFields: "digest_bad_fields", digest.ErrOften: "digest_bad_often", digest.ErrNever: "digest_bad_never",
	} {
		if errors.Is(err, cause) {
			return a.w.Told(chat.Refused, id), nil
		}
	}
	return chat.Reply{}, err
}

// preview shows the digest that would come now, to whoever asks alone.
func (b *Bot) preview(ctx context.Context, a *turn, s digest.Subscription, there bool) (chat.Reply, error) {
	if !there {
		s = digest.Subscription{Tenant: a.Tenant, Lang: a.w.Lang()}
	}
	s.Next = digest.Slot{} // it is for no hour
	r, _, _, err := b.Editor.Compose(ctx, s, a.Now)
	r.Outcome = chat.Listed
	return r, err
}

// listDigests shows the subscriptions of all of the tenant's channels that the person can see.
func (b *Bot) listDigests(ctx context.Context, a *turn) (chat.Reply, error) {
	all, err := b.Subscriptions.List(ctx, a.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	var places []chat.Address
	for _, s := range all {
		if s.Desk == b.Desk {
			places = append(places, s.To)
		}
	}
	seen := []chat.Address{a.From}
	if a.Sees != nil && len(places) > 0 {
		if seen, err = a.Sees(ctx, places); err != nil {
			return chat.Reply{}, err
		}
	}
	var out []answer.Subscribed
	for _, s := range all {
		if slices.Contains(seen, s.To) {
			out = append(out, described(&s))
		}
	}
	return a.w.Subscriptions(out), nil
}

// described returns what is told of a subscription.
func described(s *digest.Subscription) answer.Subscribed {
	out := answer.Subscribed{
		To: s.To, Rhythm: string(s.Rhythm()), Fields: s.Fields, Zone: s.Zone, Lang: s.Lang, Paused: string(s.Why),
		Silent: s.Silent, Later: s.Shift > 0,
	}
	if s.State == digest.Active && s.Next.Civil != "" {
		out.Next = strings.Replace(s.Next.Civil, "T", " ", 1)
	}
	for _, t := range s.Topics {
		out.Topics = append(out.Topics, string(t))
	}
	return out
}

// outcomes tells what became of slots, by the clocks of the subscription's zone.
func outcomes(s *digest.Subscription, past []digest.Past) (out []answer.Slot) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		zone = time.UTC
	}
	for _, p := range past {
		slot := answer.Slot{Civil: strings.Replace(p.Civil, "T", " ", 1), Outcome: string(p.Outcome)}
		if !p.SaidAt.IsZero() {
			slot.Said = p.SaidAt.In(zone).Format("2006-01-02 15:04")
		}
		if p.Outcome == digest.Written {
			slot.Outcome = cmp.Or(string(p.Said), string(digest.Written))
			if p.Why != "" {
				slot.Outcome = string(p.Why)
			}
		}
		out = append(out, slot)
	}
	return out
}
