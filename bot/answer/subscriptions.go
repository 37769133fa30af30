package answer

import (
	"slices"
	"strings"
	"unicode"

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
	Outcome string // id behind "slot_"
	Said    string // when it was said, by the clocks of its zone; empty: it wasn't, or not yet
}

// Subscribed says when the digests of a channel come, and what about.
func (w Writer) Subscribed(s Subscribed) chat.Reply {
	r := w.Told(chat.Done, "digest_subscribed")
	r.Blocks = append(r.Blocks, w.subscription(s)...)
	return r
}

// Subscriptions shows the digests of all channels that somebody can see, a line each.
func (w Writer) Subscriptions(all []Subscribed) chat.Reply {
	if len(all) == 0 {
		return w.Told(chat.Listed, "digest_list_none")
	}
	r := w.Told(chat.Listed, "digest_list")
	for _, s := range all {
		b := w.place(s.To)
		b.Role = chat.RoleExample
		for _, said := range [][]chat.Part{{Own(w.rhythm(s))}, {Own(w.topicsOf(s.Topics))}, {Own(w.say("language_" + s.Lang))}, w.next(s)} {
			b.Parts = append(append(b.Parts, Own(" · ")), said...)
		}
		r.Blocks = append(r.Blocks, b)
	}
	return r
}

// Closed tells whoever subscribed that the digest of a channel is paused, for the bot can't speak there: its platform refused one.
func (w Writer) Closed(to chat.Address, refused string) chat.Reply {
	r := w.Told(chat.Refused, "digest_closed")
	r.Blocks = append(r.Blocks, w.place(to),
		chat.Block{Role: chat.RoleNote, Parts: append([]chat.Part{Own(w.say("digest_slot") + " ")}, tagged(refused)...)},
		w.Line(chat.RoleNote, "digest_closed_how"))
	return r
}

// place names a channel.
func (w Writer) place(to chat.Address) chat.Block {
	return chat.Block{Role: chat.RoleNote, Parts: []chat.Part{{Kind: chat.Own, Text: w.say("digest_place"), Place: to, Strong: true}}}
}

// Slots shows what became of the last slots of a channel's digest, a line each.
func (w Writer) Slots(s Subscribed, past []Slot) chat.Reply {
	r := w.Told(chat.Listed, "digest_why")
	for _, p := range past {
		b := chat.Block{Role: chat.RoleExample, Parts: []chat.Part{furniture(p.Civil), Own(" · " + w.say("slot_"+p.Outcome))}}
		if p.Said != "" && p.Said != p.Civil {
			b.Parts = append(b.Parts, Own(" · "), furniture(p.Said))
		}
		r.Blocks = append(r.Blocks, b)
	}
	if len(past) == 0 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "digest_why_none"))
	}
	next := chat.Block{Role: chat.RoleNote, Label: w.say("digest_next"), Parts: w.next(s)}
	r.Blocks = append(r.Blocks, next)
	return r
}

// Choose refuses what isn't one of several, and names some of those.
func (w Writer) Choose(id string, from []string) chat.Reply {
	r := w.Told(chat.Refused, id)
	for _, name := range from {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleExample, Parts: []chat.Part{Own(name)}})
	}
	return r
}

// subscription writes when digests come, what about, in which language, what is said where nothing changed, and whether it may come
// later. The asterisks of five fields are marks that no platform takes for markup.
func (w Writer) subscription(s Subscribed) []chat.Block {
	same := "digest_says_same"
	if s.Silent {
		same = "digest_is_silent"
	}
	out := []chat.Block{
		{Role: chat.RoleNote, Label: w.say("digest_next"), Parts: w.next(s)},
		{Role: chat.RoleNote, Label: w.say("digest_about"), Parts: []chat.Part{Own(w.topicsOf(s.Topics))}},
		{Role: chat.RoleNote, Label: w.say("digest_language"), Parts: []chat.Part{Own(w.say("language_" + s.Lang))}},
		w.Line(chat.RoleNote, same),
	}
	if s.Later {
		out = append(out, w.Line(chat.RoleNote, "digest_comes_later"))
	}
	if s.Rhythm == "" { // what somebody wrote stands by itself
		return append(out, w.field(w.say("digest_schedule"), strings.ReplaceAll(s.Fields, "*", "∗")))
	}
	return slices.Insert(out, 1, chat.Block{Role: chat.RoleNote, Label: w.say("digest_schedule"), Parts: []chat.Part{Own(w.rhythm(s))}})
}

// next writes when the next digest comes, or why none does.
func (w Writer) next(s Subscribed) []chat.Part {
	switch {
	case s.Paused != "":
		return []chat.Part{Own(w.say("digest_paused_" + s.Paused))}
	case s.Next == "":
		return []chat.Part{Own(w.say("digest_never_again"))}
	}
	return hour(s.Next, s.Zone)
}

// hour writes an hour with its zone.
func hour(civil, zone string) []chat.Part {
	return append([]chat.Part{furniture(civil), Own(" ")}, placed(zone)...)
}

// tagged writes the tag of a slot, "2026-11-30 09:00 Europe/Kyiv".
func tagged(tag string) []chat.Part {
	if n := len("2006-01-02 15:04"); len(tag) > n {
		return hour(tag[:n], strings.TrimSpace(tag[n:]))
	}
	return []chat.Part{furniture(tag)}
}

// placed writes the name of a zone. Few hold digits: "Etc/GMT+5"; those among letters are set apart, for they look like a part of a word.
func placed(zone string) []chat.Part {
	if !strings.ContainsAny(zone, "0123456789") {
		return []chat.Part{Own(zone)}
	}
	var b strings.Builder
	before := '/'
	for _, r := range zone {
		if unicode.IsLetter(before) && unicode.IsDigit(r) || unicode.IsDigit(before) && unicode.IsLetter(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return []chat.Part{furniture(b.String())}
}

// rhythm names how often a digest comes.
func (w Writer) rhythm(s Subscribed) string {
	if s.Rhythm == "" {
		return w.say("rhythm_fields")
	}
	return w.say("rhythm_" + s.Rhythm)
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
