package question

import (
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// finer reads what is asked of those who are counted besides how many they are in all: how many each day, which month it was, which brigade, where
// most of them died, what their names are.
func (r *reader) finer(p *Part, s stretch) {
	if r.mode != asking || p.Metric == "" {
		return
	}
	if p.HowMany {
		if p.Quantity == nil && p.Rate || r.ofThose(s) { // "how many … each day": no total says it
			p.Finer = knowledge.DimMetric
		}
		return
	}
	for i := s.from; i < s.to && p.Finer == ""; i++ {
		p.Finer = r.kindAsked(i, p.Quantity != nil)
		if p.Finer == "" && p.Quantity == nil && (r.form(i, "trait") || r.form(i, "share")) {
			p.Finer = knowledge.DimMetric
		}
	}
	if p.Finer == "" && p.Where && p.Quantity == nil && !p.State && !r.attributes(s.from, s.to) {
		p.Finer, p.Anywhere = knowledge.DimPlace, p.Place == "" && !r.compares()
	}
}

// ofThose reports that it is asked how many of those to whom one thing has happened another has happened to: "how many of the
// wounded died", "how many wounded soldiers died". No count of either says it, nor one of both together.
func (r *reader) ofThose(s stretch) bool {
	first, found := lexicon.Mention{}, false
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Metric)
		switch {
		case !ok || m.Is("umbrella"):
		case found && m.ID != first.ID:
			return !r.listed(m)
		case !found:
			_, group := r.find(m.Last+1, lexicon.Group)
			_, party := r.find(m.Last+1, lexicon.Party)
			of := r.form(m.First-1, "out_of") || r.Tokens[max(m.First-1, 0)].Norm == "the" && r.form(m.First-2, "out_of")
			first, found = m, (of || group || party) && !r.listed(m)
			if !found {
				return false
			}
		}
	}
	return false
}

// kindAsked returns the dimension of which the word of asking at token i wants to know the one: "which month", "в каком
// городе". A number that is named is itself looked for.
func (r *reader) kindAsked(i int, number bool) knowledge.Dimension {
	if number || !r.form(i, "which_one") && !r.form(i, "one_of") && r.Tokens[i].Norm != "what" {
		return ""
	}
	next := i + 1
	if _, party := r.find(next, lexicon.Party); party { // "which Ukrainian brigade"
		next++
	}
	switch {
	case r.form(next, "kind_place"):
		return knowledge.DimPlace
	case r.form(next, "kind_time"):
		return knowledge.DimPeriod
	case r.form(next, "kind_unit"):
		return knowledge.DimGroup
	}
	return ""
}
