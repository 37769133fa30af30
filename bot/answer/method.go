package answer

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Method writes how claims are known: the words of each source, on what basis it was said by whom, where it was read,
// what is to be known about it, and what became of it in the base. changes are those of each claim, by its id.
func (w Writer) Method(n Named, changes map[string][]knowledge.Change, reach knowledge.Reach) chat.Reply {
	return w.each("method_lead", n, reach, func(c knowledge.Claim) []chat.Block {
		out := append([]chat.Block{w.told(c)}, w.quotes(c)...)
		out = append(out, w.said(c), w.basis(c), w.origin(c))
		out = append(out, w.caveats(c)...)
		return append(out, w.life(c, changes[c.ID]))
	})
}

// quotes writes the words in which a claim stands in its sources, each in its own language.
func (w Writer) quotes(c knowledge.Claim) []chat.Block {
	out := make([]chat.Block, 0, len(c.Sources))
	for _, s := range readable(c.Sources) {
		b := chat.Block{Role: chat.RoleSource, Label: w.say("label_quote"), ClaimID: c.ID}
		if s.Quote == "" {
			b.Parts = append(b.Parts, Own(w.say("quote_none")))
		} else {
			b.Parts = append(b.Parts, Sourced(c, "“"+s.Quote+"”"))
		}
		if s.Quote != "" && slices.Contains(lexicon.Languages, s.Lang) {
			b.Parts = append(b.Parts, Own(" ("+w.say("language_"+s.Lang)+")"))
		}
		b.Parts = append(b.Parts, Own(" — "), namedSource(c, s))
		out = append(out, b)
	}
	return out
}

// basis says in a sentence how a claim came about, and of whom a side speaks.
func (w Writer) basis(c knowledge.Claim) chat.Block {
	a := c.Attribution
	sentences := []string{w.method(a.Method)}
	speaker, known := w.lex.Get(lexicon.Claimant, a.Speaker)
	standing, _ := w.lex.Get(lexicon.Standing, a.Standing)
	if Countable(c) && known && standing != nil && standing.Is("disputant") && speaker.Party != "" && w.isSide(c.Scope.Party) {
		if speaker.Party == c.Scope.Party {
			sentences = append(sentences, w.say("speaks_of_itself"))
		} else {
			sentences = append(sentences, w.say("speaks_of_other"))
		}
	}
	return chat.Block{Role: chat.RoleNote, Label: w.say("label_basis"), ClaimID: c.ID, Parts: []chat.Part{Own(strings.Join(sentences, " "))}}
}

// method says how a claim came about; of a method without a sentence of its own, its name.
func (w Writer) method(id string) string {
	if id == "" {
		id = "unstated"
	}
	if s := w.say("method_" + id); s != "method_"+id {
		return s
	}
	return w.label(lexicon.Method, id) + "."
}

// isSide reports a party to the dispute.
func (w Writer) isSide(party string) bool {
	c, ok := w.lex.Get(lexicon.Party, party)
	return ok && c.Is("side")
}

// origin says whether a claim was read with its claimant or elsewhere, and on whose figures it is built.
func (w Writer) origin(c knowledge.Claim) chat.Block {
	b := chat.Block{Role: chat.RoleNote, Label: w.say("label_origin"), ClaimID: c.ID}
	switch {
	case c.Attribution.Speaker == "":
		b.Parts = append(b.Parts, Own(w.say("origin_nobody")))
	case slices.ContainsFunc(c.Sources, func(s knowledge.Source) bool { return w.publishes(c.Attribution.Speaker, s) }):
		b.Parts = append(b.Parts, Own(w.say("origin_own")))
	default:
		b.Parts = append(b.Parts, Own(w.say("origin_elsewhere")))
	}
	if len(c.DrawsOn) > 0 {
		names := make([]string, 0, len(c.DrawsOn))
		for _, id := range c.DrawsOn {
			names = append(names, w.label(lexicon.Claimant, id))
		}
		b.Parts = append(b.Parts, Own(" "+w.say("origin_draws_on", fields{Text: strings.Join(names, ", ")})))
	}
	return b
}

// publishes reports a source that comes from a claimant itself, or from the body above or below it.
func (w Writer) publishes(speaker string, s knowledge.Source) bool {
	if strings.EqualFold(speaker, s.Publisher) {
		return true
	}
	return slices.ContainsFunc(w.lex.Analyze(s.Publisher).Mentions, func(m lexicon.Mention) bool {
		return m.Class == lexicon.Claimant && (within(w.lex, lexicon.Claimant, speaker, m.ID) || within(w.lex, lexicon.Claimant, m.ID, speaker))
	})
}
