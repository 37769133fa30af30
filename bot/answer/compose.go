package answer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Compose writes the reply to a question from what was chosen for each of its parts.
func (w Writer) Compose(q question.Question, chosen []Chosen, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: best(chosen)}
	if r.Outcome == chat.Unsourced {
		return w.unsourced(q)
	}
	r.Shown = union(chosen)
	if q.Compute {
		w.refuseArithmetic(&r)
	}
	w.lead(&r, q, chosen)
	for _, c := range chosen {
		w.missing(&r, c, len(chosen))
	}
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// best returns the outcome of the best part.
func best(chosen []Chosen) chat.Outcome {
	out := chat.Unsourced
	for _, c := range chosen {
		if c.Outcome == chat.Answered || c.Outcome == chat.Related && out == chat.Unsourced {
			out = c.Outcome
		}
	}
	return out
}

// union returns every claim shown, those that answer before those that are only near, each once.
func union(chosen []Chosen) []chat.Shown {
	var out []chat.Shown
	for _, outcome := range []chat.Outcome{chat.Answered, chat.Related} {
		for _, c := range chosen {
			if c.Outcome != outcome {
				continue
			}
			for _, s := range c.Shown {
				if !slices.ContainsFunc(out, func(o chat.Shown) bool { return o.Claim.Key() == s.Claim.Key() }) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// refuseArithmetic turns an answer into a related one: what was asked for isn't given, and what keeps the
// figures apart is named.
func (w Writer) refuseArithmetic(r *chat.Reply) {
	apart := Apart(r.Shown)
	if len(apart) == 0 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "compute_same"))
		return
	}
	r.Outcome = chat.Related
	for i := range r.Shown {
		r.Shown[i].Mismatch = apart
	}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "compute_lead", fields{Dims: w.Dimensions(apart)}))
}

// Apart returns the dimensions in which claims differ from each other.
func Apart(shown []chat.Shown) []knowledge.Dimension {
	var out []knowledge.Dimension
	if len(shown) < 2 {
		return nil
	}
	a := shown[0].Claim
	for _, d := range []struct {
		dim    knowledge.Dimension
		differ func(b knowledge.Claim) bool
	}{
		{knowledge.DimMetric, func(b knowledge.Claim) bool { return a.Scope.Metric != b.Scope.Metric }},
		{knowledge.DimGroup, func(b knowledge.Claim) bool { return a.Scope.Group != b.Scope.Group }},
		{knowledge.DimParty, func(b knowledge.Claim) bool { return a.Scope.Party != b.Scope.Party }},
		{knowledge.DimPeriod, func(b knowledge.Claim) bool { return a.Scope.Period != b.Scope.Period }},
		{knowledge.DimPlace, func(b knowledge.Claim) bool { return a.Scope.Place != b.Scope.Place }},
		{knowledge.DimAttribution, func(b knowledge.Claim) bool { return a.Attribution.Speaker != b.Attribution.Speaker }},
	} {
		if slices.ContainsFunc(shown[1:], func(s chat.Shown) bool { return d.differ(s.Claim) }) {
			out = append(out, d.dim)
		}
	}
	return out
}

// lead writes the first line and the claims.
func (w Writer) lead(r *chat.Reply, q question.Question, chosen []Chosen) {
	role := chat.RoleClaim
	switch {
	case len(r.Blocks) > 0:
	case r.Outcome == chat.Related:
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "related_lead", fields{How: w.how(chosen, r.Shown[0])}))
	case slices.ContainsFunc(chosen, func(c Chosen) bool { return c.Components }):
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "components_lead"))
	default:
		role = chat.RoleLead
	}
	rivals := len(q.Parts) == 1 && len(r.Shown) > 1 && r.Outcome == chat.Answered
	for i, s := range r.Shown {
		blocks := w.Claim(s.Claim, role, len(r.Shown) > 1)
		if rivals && !s.Claim.Figure.IsZero() {
			blocks = slices.Insert(blocks, 1, w.span(s.Claim))
		}
		if i > 0 && len(s.Mismatch) > 0 && r.Outcome == chat.Answered {
			note := w.Line(chat.RoleNote, "related_lead", fields{How: w.how(chosen, s)})
			r.Blocks = append(r.Blocks, note)
		}
		r.Blocks = append(r.Blocks, blocks...)
		role = chat.RoleClaim
	}
}

// span writes a figure's bounds, for the bars that stand side by side.
func (w Writer) span(c knowledge.Claim) chat.Block {
	var bounds []string
	for _, b := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
		if b != nil {
			bounds = append(bounds, w.number(*b))
		}
	}
	return chat.Block{Role: chat.RoleRange, ClaimID: c.ID, Parts: []chat.Part{Sourced(c, strings.Join(bounds, " – "))}}
}

// how says in which ways the nearest claim differs from what was asked.
func (w Writer) how(chosen []Chosen, s chat.Shown) string {
	part := &question.Part{}
	for i, c := range chosen {
		if slices.ContainsFunc(c.Shown, func(o chat.Shown) bool { return o.Claim.Key() == s.Claim.Key() }) {
			part = &chosen[i].Part
			break
		}
	}
	return w.Differences(part, s.Claim, s.Mismatch)
}

// Differences says in our own words how a claim differs from a part in these dimensions.
func (w Writer) Differences(p *question.Part, c knowledge.Claim, dims []knowledge.Dimension) string {
	out := make([]string, 0, len(dims))
	for _, d := range dims {
		out = append(out, w.differs(d, p, c))
	}
	return strings.Join(out, "; ")
}

// differs says how a claim differs from a part in one dimension.
func (w Writer) differs(d knowledge.Dimension, p *question.Part, c knowledge.Claim) string {
	said, asked := "", ""
	switch d {
	case knowledge.DimMetric:
		said, asked = w.name(lexicon.Metric, c.Scope.Metric), w.name(lexicon.Metric, p.Metric)
	case knowledge.DimGroup:
		said, asked = w.name(lexicon.Group, c.Scope.Group), w.name(lexicon.Group, p.Group)
	case knowledge.DimParty:
		said, asked = w.name(lexicon.Party, c.Scope.Party), w.name(lexicon.Party, p.Party)
	case knowledge.DimPlace:
		said, asked = w.name(lexicon.Place, c.Scope.Place), w.name(lexicon.Place, p.Place)
		if said == "" && asked != "" {
			said = w.say("the_whole")
		}
	case knowledge.DimAttribution:
		said, asked = w.speaker(c.Attribution.Speaker), w.askedClaimant(p)
	}
	if said == "" || asked == "" || said == asked {
		if open := w.say("how_"+string(d)+"_open", fields{Claim: said, Asked: asked}); open != "how_"+string(d)+"_open" {
			return open
		}
	}
	return w.say("how_"+string(d), fields{Claim: said, Asked: asked})
}

func (w Writer) name(class lexicon.Class, id string) string {
	if id == "" {
		return ""
	}
	return w.label(class, id)
}

func (w Writer) speaker(id string) string { return w.name(lexicon.Claimant, id) }

// askedClaimant names whom a question wanted to hear.
func (w Writer) askedClaimant(p *question.Part) string {
	if len(p.Claimants) == 0 {
		return w.say("somebody")
	}
	if party, ok := strings.CutPrefix(p.Claimants[0], "party:"); ok {
		return w.label(lexicon.Party, party)
	}
	return w.speaker(p.Claimants[0])
}

// missing says what part of the question has no answer, and what isn't shown.
func (w Writer) missing(r *chat.Reply, c Chosen, parts int) {
	if c.Outcome == chat.Unsourced && parts > 1 && c.Part.Text != "" {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleWrote, Label: w.say("label_wrote"), Parts: []chat.Part{w.Wrote(c.Part.Text)}},
			chat.Block{Role: chat.RoleNote, Parts: []chat.Part{Own(w.say("part_unsourced"))}})
	}
	if c.More > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("more")), {Kind: chat.Furniture, Text: strconv.Itoa(c.More)},
		}})
	}
}

// unsourced says that there is nothing, and what there is instead.
func (w Writer) unsourced(q question.Question) chat.Reply {
	r := w.sentence("unsourced_lead")
	for _, p := range q.Parts {
		if p.Unreadable {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "unreadable"))
			break
		}
	}
	r.Blocks = append(r.Blocks, w.covers()...)
	return r
}

// sentence returns a reply without claims, of one sentence.
func (w Writer) sentence(id string) chat.Reply {
	return chat.Reply{Lang: w.lang, Outcome: chat.Unsourced, Blocks: []chat.Block{w.Line(chat.RoleLead, id)}}
}

// covers says what can be asked about.
func (w Writer) covers() []chat.Block {
	if !w.lex.Has(lexicon.Domain, "about") {
		return nil
	}
	return []chat.Block{w.Line(chat.RoleNote, "unsourced_covers", fields{About: w.label(lexicon.Domain, "about")})}
}

// Refusal returns the reply that goes out where the guard stopped one.
func (w Writer) Refusal() chat.Reply { return w.sentence("refused") }

// TooLong returns the reply to a text that isn't read.
func (w Writer) TooLong() chat.Reply { return w.sentence("too_long") }

// Nothing returns the reply to a text without words.
func (w Writer) Nothing() chat.Reply { return w.sentence("nothing") }

// Help says what the bot does, with examples of the domain's own.
func (w Writer) Help() chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Help}
	about := ""
	if w.lex.Has(lexicon.Domain, "about") {
		about = w.label(lexicon.Domain, "about")
	}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "help_lead", fields{About: about}), w.Line(chat.RoleNote, "help_how"))
	for _, c := range w.lex.Of(lexicon.Domain) {
		if c.Is("example") {
			r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleExample, Parts: []chat.Part{Own(c.In(w.lang))}})
		}
	}
	return r
}
