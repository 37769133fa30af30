package answer

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// unsourced says that there is nothing, and what there is instead.
func (w Writer) unsourced(q question.Question, reach knowledge.Reach) chat.Reply {
	r := w.sentence("unsourced_lead")
	w.unread(&r, q)
	r.Blocks = append(r.Blocks, w.covers(reach)...)
	return r
}

// sentence returns a reply without claims, of one sentence.
func (w Writer) sentence(id string) chat.Reply {
	return chat.Reply{Lang: w.lang, Outcome: chat.Unsourced, Blocks: []chat.Block{w.Line(chat.RoleLead, id)}}
}

// covers says what can be asked about.
func (w Writer) covers(reach knowledge.Reach) []chat.Block {
	if !w.lex.Has(lexicon.Domain, "about") || !reach.Domain {
		return nil
	}
	return []chat.Block{w.Line(chat.RoleNote, "unsourced_covers", fields{About: w.label(lexicon.Domain, "about")})}
}

// Refusal returns the reply that goes out where the guard stopped one.
func (w Writer) Refusal() chat.Reply { return w.sentence("refused") }

// TooLong returns the reply to a text that isn't read.
func (w Writer) TooLong() chat.Reply { return w.sentence("too_long") }

// Nothing returns the reply to a text in which nothing can be looked up.
func (w Writer) Nothing(reach knowledge.Reach) chat.Reply {
	r := w.sentence("nothing")
	r.Blocks = append(r.Blocks, w.covers(reach)...)
	return r
}

// Help says what the bot does, with examples of the domain's own where the base is about it.
func (w Writer) Help(reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Help}
	if !reach.Domain || !w.lex.Has(lexicon.Domain, "about") {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "help_lead_any"), w.Line(chat.RoleNote, "help_how"), w.Line(chat.RoleNote, "help_where"))
		return r
	}
	about := w.label(lexicon.Domain, "about")
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "help_lead", fields{About: about}), w.Line(chat.RoleNote, "help_how"), w.Line(chat.RoleNote, "help_where"))
	for _, c := range w.lex.Of(lexicon.Domain) {
		if c.Is("example") {
			r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleExample, Parts: []chat.Part{Own(c.In(w.lang))}})
		}
	}
	return r
}

// Notice returns what the bot says of itself. Of a notice that doesn't exist it says that it doesn't know it.
func (w Writer) Notice(n chat.Notice) chat.Reply {
	id := "notice_" + string(n)
	if w.say(id) == id {
		id = "notice_" + string(chat.NoticeUnknown)
	}
	return chat.Reply{Lang: w.lang, Outcome: chat.Help, Blocks: []chat.Block{w.Line(chat.RoleLead, id)}}
}

// Term returns the name or the description of a command, button or form by its id; of one without, the id.
func (w Writer) Term(id string) string { return w.say(id) }
