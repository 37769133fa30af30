package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// Wish is what is wanted of figures besides the figures themselves.
type Wish uint8

// The wishes. Arithmetic and Judgement are declined, with the figures side by side.
const (
	WishNone   Wish = iota
	Arithmetic      // to add up, to compare by arithmetic, to convert
	Judgement       // which of them is right
	Change          // how a count changed over time
	Rivals          // who doesn't accept a figure, or whether it is so: what stands beside it
)

// wish reads what is wanted of the figures that the parts ask for.
func (r *reader) wish(parts []Part) Wish {
	switch {
	case r.mode != asking:
		return WishNone
	case r.computes(parts):
		return Arithmetic
	case (r.has("right") || r.whichIsRight() || r.eitherIsRight(parts)) && counting(parts):
		return Judgement
	case (r.has("changed") || r.has("yearly")) && counting(parts):
		return Change
	case len(parts) == 1 && r.opposes(&parts[0]):
		return Rivals
	}
	return WishNone
}

// opposer reports a side that a question names as who doesn't accept a figure: it isn't the side that is counted.
func (r *reader) opposer(side lexicon.Mention) bool {
	i := side.Last + 1
	for i < len(r.Tokens) && !r.form(i, "opposes") {
		if _, light := r.find(i, lexicon.Light); !light {
			return false
		}
		i++
	}
	return r.mode == asking && i < len(r.Tokens)
}

// opposesACount reports that somebody doesn't accept the figure of somebody who is named.
func (r *reader) opposesACount() bool {
	named := func(list string) bool {
		return slices.ContainsFunc(r.Tokens, func(t lexicon.Token) bool { return r.lex.IsForm(list, t.Norm) })
	}
	return named("opposes") && named("count_word") &&
		slices.ContainsFunc(r.Mentions, func(m lexicon.Mention) bool { return m.Class == lexicon.Claimant })
}

// opposes reports a question of who doesn't accept one figure, or whether that is right. It is named by its number, or by whose it is.
func (r *reader) opposes(p *Part) bool {
	if r.mode != asking || p.Quantity == nil && len(p.Claimants) == 0 {
		return false
	}
	figure, opposed := p.Quantity != nil, false
	for i := range r.Tokens {
		figure = figure || r.form(i, "count_word")
		opposed = opposed || r.form(i, "opposes") || r.form(i, "correct") && p.Metric == "" && p.Quantity != nil
	}
	return figure && opposed
}

// whichIsRight reports "which … is right": a word that asks for one of several, and behind it what that one should be.
func (r *reader) whichIsRight() bool {
	asked := false
	for i := range r.Tokens {
		asked = asked || r.form(i, "one_of")
		if asked && r.form(i, "correct") {
			return true
		}
	}
	return false
}

// eitherIsRight reports "is … or … right": two who are named, of whom one should be.
func (r *reader) eitherIsRight(parts []Part) bool {
	correct := slices.ContainsFunc(r.Tokens, func(t lexicon.Token) bool { return r.lex.IsForm("correct", t.Norm) })
	return correct && r.has("or") && slices.ContainsFunc(parts, func(p Part) bool { return len(p.Claimants) > 1 })
}

// counting reports whether figures are asked about, and nothing that somebody says or does.
func counting(parts []Part) bool {
	return slices.ContainsFunc(parts, func(p Part) bool { return p.Metric != "" || p.Quantity != nil }) &&
		!slices.ContainsFunc(parts, func(p Part) bool { return slices.ContainsFunc(p.Topics, deeds) })
}

func deeds(t Topic) bool { return t.Is("deed") || t.Is("matter") || t.Is("setting") }

// wishful reports a question about figures as such, whichever they are.
func (r *reader) wishful() bool {
	return r.mode == asking && slices.ContainsFunc([]string{"compute", "rate", "right", "changed", "yearly", "known"}, r.has) ||
		r.mode == asking && (r.whichIsRight() || r.opposesACount())
}

// assume fills in the domain's usual scope where figures are asked about and what they count isn't named ("Which is
// right?", "What was known in January?"): its usual metric; its usual group of each side, or, where somebody or some
// group is named, whomever they count. A domain without a usual scope leaves the parts as they are.
func (r *reader) assume(parts []Part) []Part {
	metric, group := r.lex.Flagged(lexicon.Metric, "usual"), r.lex.Flagged(lexicon.Group, "usual")
	if !r.wishful() || metric == nil || group == nil || slices.ContainsFunc(parts, func(p Part) bool { return !r.bare(p) }) {
		return parts
	}
	whole := r.part(stretch{to: len(r.Tokens)})
	if !r.bare(whole) || whole.Quantity != nil && !r.has("right") && !r.whichIsRight() { // two numbers to add up are named themselves
		return parts
	}
	whole.Assumed, whole.Metric = true, metric.ID
	if len(whole.Claimants) > 0 || whole.Group != "" {
		return []Part{whole}
	}
	whole.Group = group.ID
	var out []Part
	for _, side := range r.lex.Of(lexicon.Party) {
		if side.Is("side") && (len(whole.Parties) == 0 || slices.Contains(whole.Parties, side.ID)) {
			p := whole
			p.Party, p.Parties = side.ID, []string{side.ID}
			out = append(out, p)
		}
	}
	return out
}

// bare is Part.bare, without the topic that a word for not accepting a figure names.
func (r *reader) bare(p Part) bool {
	if r.opposesACount() {
		p.Topics = slices.DeleteFunc(slices.Clone(p.Topics), r.opposing)
	}
	return p.bare()
}

// opposing reports a topic that is named by a word for not accepting something.
func (r *reader) opposing(t Topic) bool {
	for i := range r.Tokens {
		if r.form(i, "opposes") && slices.ContainsFunc(r.at[i], func(m lexicon.Mention) bool { return m.Class == lexicon.Topic && m.ID == t.ID }) {
			return true
		}
	}
	return false
}

// bare reports a part that doesn't name what is counted, and nothing else to ask about.
func (p Part) bare() bool {
	return p.Metric == "" && !p.Alien && !p.Elsewhere && !p.Unreadable && len(p.Unknown) == 0 && len(p.Events) == 0 &&
		!slices.ContainsFunc(p.Topics, func(t Topic) bool { return len(t.Flags) > 0 && !t.Is("shade") && !t.Is("counts") && !t.Is("poles") })
}

// computes reports whether arithmetic is asked for: a rate of something that is counted, or adding and the like,
// with at least two things to apply it to.
func (r *reader) computes(parts []Part) bool {
	if r.mode != asking || !r.has("compute") && !r.has("rate") && !r.plus() && !r.compares() {
		return false
	}
	numbers, dates, parties, metric := 0, 0, map[string]bool{}, false
	for _, q := range r.quantities {
		if !q.alien {
			numbers++
		}
	}
	for _, p := range parts {
		for _, id := range p.Parties {
			parties[id] = true
		}
		metric, dates = metric || p.Metric != "", max(dates, p.dates)
	}
	if r.compares() && (len(parties) > 1 || dates > 1 && metric) {
		return true
	}
	rate := r.has("rate") && numbers == 0 // a number for each day is looked up
	return numbers > 1 || metric && rate || metric && !r.has("rate") && (len(parties) > 1 || r.has("both") || len(parts) > 1 || r.sums(parts))
}

// sums reports that one part names several metrics to add up that no metric adds together.
func (r *reader) sums(parts []Part) bool {
	return r.has("compute") && slices.ContainsFunc(parts, func(p Part) bool {
		m := r.concept(lexicon.Metric, p.Metric)
		return len(p.Metrics) > 1 && (m == nil || len(m.Parts) != len(p.Metrics))
	})
}

// compares reports a question of who has more ("who has lost more, … or …?").
func (r *reader) compares() bool {
	more := slices.ContainsFunc(r.Tokens, func(t lexicon.Token) bool { return r.lex.IsForm("comparative", t.Norm) })
	return more && (r.has("than") || r.has("or") || r.has("who") || r.has("which"))
}

// plus reports a sign of arithmetic between numbers, or a plus or an equals sign that stands between words ("killed +
// missing =").
func (r *reader) plus() bool {
	for i := range r.Tokens {
		if i == 0 || i+1 >= len(r.Tokens) {
			continue
		}
		between := r.counted[i-1] > 0 && r.counted[i+1] > 0
		if r.mark(i, "+×÷*/=") && between || r.mark(i, "+=") && len(r.quantities) > 1 && !r.Tokens[i].Glued {
			return true
		}
	}
	return false
}
