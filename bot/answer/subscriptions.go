package answer

import (
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Subscribed is what is told of a subscription to digests.
type Subscribed struct {
	To     chat.Address
	Rhythm string // "daily"; empty: none that has a name
	Fields string // of its schedule
	Zone   string
	Next   string // the civil time of the next slot; empty: none comes
	Topics []string
	Lang   string
	Silent bool
	Later  bool   // it may come some minutes later
	Paused string // why, "asked" or "refused"; empty: it isn't
}

// Slot is what became of one slot.
type Slot struct {
	Civil   string
	Outcome string    // id behind "slot_"
	At      time.Time // when it was said; zero: it wasn't, or not yet
}

// Subscribed says when the digests of a channel come, and what about.
func (w Writer) Subscribed(s Subscribed) chat.Reply {
	r := w.Told(chat.Done, "digest_subscribed")
	r.Blocks = append(r.Blocks, w.subscription(s)...)
	return r
}

// Subscriptions shows the digests of all channels that somebody can see.
func (w Writer) Subscriptions(all []Subscribed) chat.Reply {
	if len(all) == 0 {
		return w.Told(chat.Listed, "digest_list_none")
	}
	r := w.Told(chat.Listed, "digest_list")
	for _, s := range all {
		r.Blocks = append(append(r.Blocks, w.place(s.To)), w.subscription(s)...)
	}
	return r
}

// Closed tells whoever subscribed that the digest of a channel is paused, for the bot can't speak there: its platform refused one.
func (w Writer) Closed(to chat.Address, refused string) chat.Reply {
	r := w.Told(chat.Refused, "digest_closed")
	r.Blocks = append(r.Blocks, w.place(to),
		chat.Block{Role: chat.RoleNote, Parts: []chat.Part{Own(w.say("digest_slot") + " "), furniture(refused)}},
		w.Line(chat.RoleNote, "digest_closed_how"))
	return r
}

// place names a channel.
func (w Writer) place(to chat.Address) chat.Block {
	return chat.Block{Role: chat.RoleNote, Parts: []chat.Part{{Kind: chat.Own, Text: w.say("digest_place"), Place: to, Strong: true}}}
}

// Slots shows what became of the last slots of a channel's digest.
func (w Writer) Slots(s Subscribed, past []Slot) chat.Reply {
	r := w.Told(chat.Listed, "digest_why")
	r.Blocks = append(r.Blocks, w.subscription(s)...)
	for _, p := range past {
		b := chat.Block{Role: chat.RoleNote, Parts: []chat.Part{furniture(p.Civil), Own(" · " + w.say("slot_"+p.Outcome))}}
		if !p.At.IsZero() {
			b.Parts = append(b.Parts, Own(" · "), furniture(p.At.UTC().Format("2006-01-02 15:04")+" UTC"))
		}
		r.Blocks = append(r.Blocks, b)
	}
	if len(past) == 0 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "digest_why_none"))
	}
	return r
}

// subscription writes when digests come, what about, in which language, what is said where nothing changed, and whether it may
// come later.
func (w Writer) subscription(s Subscribed) []chat.Block {
	next := chat.Block{Role: chat.RoleNote, Label: w.say("digest_next")}
	switch {
	case s.Paused != "":
		next.Parts = []chat.Part{Own(w.say("digest_paused_" + s.Paused))}
	case s.Next == "":
		next.Parts = []chat.Part{Own(w.say("digest_never_again"))}
	default:
		next.Parts = []chat.Part{furniture(s.Next + " " + s.Zone)}
	}
	about := chat.Block{Role: chat.RoleNote, Label: w.say("digest_about"), Parts: []chat.Part{Own(w.topicsOf(s.Topics))}}
	same := "digest_says_same"
	if s.Silent {
		same = "digest_is_silent"
	}
	out := []chat.Block{next, w.schedule(s), about, w.Line(chat.RoleNote, same)}
	if s.Later {
		out = append(out, w.Line(chat.RoleNote, "digest_comes_later"))
	}
	return out
}

// schedule writes how often a digest comes. The asterisks of five fields are marks that no platform takes for markup.
func (w Writer) schedule(s Subscribed) chat.Block {
	if s.Rhythm != "" {
		return chat.Block{Role: chat.RoleNote, Label: w.say("digest_schedule"), Parts: []chat.Part{Own(w.say("rhythm_" + s.Rhythm))}}
	}
	return w.field(w.say("digest_schedule"), strings.ReplaceAll(s.Fields, "*", "∗"))
}

// topicsOf names what a digest is about.
func (w Writer) topicsOf(topics []string) string {
	if len(topics) == 0 {
		return w.say("topic_all")
	}
	names := make([]string, 0, len(topics))
	for _, t := range topics {
		if w.lex.Has(lexicon.Topic, t) {
			names = append(names, w.label(lexicon.Topic, t))
		} else {
			names = append(names, w.say("topic_"+t))
		}
	}
	return strings.Join(names, ", ")
}
