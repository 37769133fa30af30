package answer

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// how says in which ways a claim differs from what was asked.
func (w Writer) how(chosen []Chosen, s chat.Shown, role chat.Role) chat.Block {
	lead := "related_lead"
	if role == chat.RoleNote {
		lead = "related_note"
	}
	b := chat.Block{Role: role, ClaimID: s.Claim.ID, Parts: []chat.Part{Own(w.say(lead) + " ")}}
	b.Parts = append(b.Parts, w.Differences(asked(chosen, s.Claim), s.Claim, s.Mismatch)...)
	b.Parts = append(b.Parts, Own("."))
	return b
}

// asked returns the part that a claim is shown for.
func asked(chosen []Chosen, c knowledge.Claim) *question.Part {
	for i := range chosen {
		if chosen[i].shows(c) {
			return &chosen[i].Part
		}
	}
	return &question.Part{}
}

// alike reports two claims that differ from what was asked in the same way, so that to say it of one says it of both. Who says it and
// of what period it is stands in each claim's own sentence.
func (w Writer) alike(chosen []Chosen, a, b chat.Shown) bool {
	said := func(s chat.Shown) []chat.Part {
		dims := slices.DeleteFunc(slices.Clone(s.Mismatch), func(d knowledge.Dimension) bool {
			return d == knowledge.DimPeriod || d == knowledge.DimAttribution
		})
		return w.Differences(asked(chosen, s.Claim), s.Claim, dims)
	}
	return slices.Equal(a.Mismatch, b.Mismatch) && slices.EqualFunc(said(a), said(b), func(x, y chat.Part) bool { return x.Text == y.Text })
}

// Differences says how a claim differs from a part in these dimensions. What stands in the claim alone, its
// period, is a sourced part.
func (w Writer) Differences(p *question.Part, c knowledge.Claim, dims []knowledge.Dimension) []chat.Part {
	var out []chat.Part
	for i, d := range dims {
		if i > 0 {
			out = append(out, Own("; "))
		}
		switch {
		case p.Reason && d == knowledge.DimMetric:
			out = append(out, Own(w.say("how_reason")))
			continue
		case d == p.Finer:
			out = append(out, Own(w.say("how_"+string(d)+"_finer")))
			continue
		}
		switch d {
		case knowledge.DimPeriod:
			out = append(append(out, Own(w.say("how_period")+": ")), w.period(c)...)
		case knowledge.DimAttribution:
			out = append(out, w.otherClaimant(p, c)...)
		default:
			out = append(out, Own(w.differs(d, p, c)))
		}
	}
	return out
}

// differs says how a claim differs from a part in one dimension.
func (w Writer) differs(d knowledge.Dimension, p *question.Part, c knowledge.Claim) string {
	said, asked := "", ""
	switch d {
	case knowledge.DimMetric:
		said, asked = w.name(lexicon.Metric, c.Scope.Metric), w.name(lexicon.Metric, p.Metric)
		if unit, ok := w.lex.Get(lexicon.Unit, c.Figure.Unit); ok && unit.Is("events") && said == asked {
			said, asked = unit.In(w.lang), w.label(lexicon.Unit, "persons")
		}
	case knowledge.DimGroup:
		said, asked = w.name(lexicon.Group, c.Scope.Group), w.name(lexicon.Group, p.Group)
	case knowledge.DimParty:
		if p.Doer {
			return w.say("how_doer")
		}
		said, asked = w.name(lexicon.Party, c.Scope.Party), w.name(lexicon.Party, p.Party)
		if said == "" {
			said = w.name(lexicon.Place, c.Scope.Place)
		}
	case knowledge.DimPlace:
		said, asked = w.name(lexicon.Place, c.Scope.Place), w.name(lexicon.Place, p.Place)
		if said == "" && asked != "" {
			said = w.say("the_whole")
		}
	case knowledge.DimPeriod, knowledge.DimAttribution: // see Differences
	}
	if said == "" || asked == "" || said == asked {
		return w.say("how_"+string(d)+"_open", fields{Claim: said, Asked: asked})
	}
	return w.say("how_"+string(d), fields{Claim: said, Asked: asked})
}

// gap stands in a sentence of ours for words that aren't ours.
const gap = "\x00"

// otherClaimant says from whom a claim comes instead. The name is the claim's: it may hold a digit.
func (w Writer) otherClaimant(p *question.Part, c knowledge.Claim) []chat.Part {
	asked := w.askedClaimant(p, c)
	name := w.speaker(c.Attribution.Speaker)
	if name == "" {
		return []chat.Part{Own(w.say("how_attribution_open", fields{Asked: asked}))}
	}
	before, after, _ := strings.Cut(w.say("how_attribution", fields{Claim: gap, Asked: asked}), gap)
	return []chat.Part{Own(before), Sourced(c, name), Own(after)}
}

func (w Writer) name(class lexicon.Class, id string) string {
	if id == "" {
		return ""
	}
	return w.label(class, id)
}

func (w Writer) speaker(id string) string { return w.name(lexicon.Claimant, id) }

// askedClaimant names whom a question wanted to hear: of several, one who isn't the claim's speaker.
func (w Writer) askedClaimant(p *question.Part, c knowledge.Claim) string {
	if len(p.Claimants) == 0 {
		return w.say("somebody")
	}
	other := max(slices.IndexFunc(p.Claimants, func(id string) bool { return id != c.Attribution.Speaker }), 0)
	if party, ok := question.SpeakingSide(p.Claimants[other]); ok {
		return w.label(lexicon.Party, party)
	}
	if !w.lex.Has(lexicon.Claimant, p.Claimants[other]) { // a name that was typed isn't repeated in a sentence of ours
		return w.say("whom_you_name")
	}
	return w.speaker(p.Claimants[other])
}
