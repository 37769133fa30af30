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
		return w.unsourced(q, reach)
	}
	r.Shown = union(chosen)
	if q.Compute {
		w.refuseArithmetic(&r)
	}
	w.lead(&r, q, chosen)
	for _, c := range chosen {
		w.missing(&r, c, len(chosen))
	}
	w.unread(&r, q)
	r.Blocks = append(r.Blocks, w.LeftOut(q)...)
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
		r.Blocks = append(r.Blocks, w.how(chosen, r.Shown[0], chat.RoleLead))
	case chosen[0].Listing:
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "issues_lead"))
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
			r.Blocks = append(r.Blocks, w.how(chosen, s, chat.RoleNote))
		}
		r.Blocks = append(r.Blocks, blocks...)
		role = chat.RoleClaim
	}
}

// span writes a figure alone, for the bars that stand side by side: its bounds, with the word that says which
// of them the source leaves open.
func (w Writer) span(c knowledge.Claim) chat.Block {
	b := chat.Block{Role: chat.RoleRange, ClaimID: c.ID}
	if q := c.Figure.Qualifier; q != knowledge.Range && q != knowledge.Exact { // these say it by themselves
		b.Parts = append(b.Parts, Own(w.say("bound_"+string(q))+" "))
	}
	var bounds []string
	for _, v := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
		if v != nil {
			bounds = append(bounds, w.number(*v))
		}
	}
	b.Parts = append(b.Parts, Sourced(c, strings.Join(bounds, " – ")))
	return b
}

// how says in which ways a claim differs from what was asked.
func (w Writer) how(chosen []Chosen, s chat.Shown, role chat.Role) chat.Block {
	part := &question.Part{}
	for i, c := range chosen {
		if slices.ContainsFunc(c.Shown, func(o chat.Shown) bool { return o.Claim.Key() == s.Claim.Key() }) {
			part = &chosen[i].Part
			break
		}
	}
	b := chat.Block{Role: role, ClaimID: s.Claim.ID, Parts: []chat.Part{Own(w.say("related_lead") + " ")}}
	b.Parts = append(b.Parts, w.Differences(part, s.Claim, s.Mismatch)...)
	b.Parts = append(b.Parts, Own("."))
	return b
}

// Differences says how a claim differs from a part in these dimensions. What stands in the claim alone, its
// period, is a sourced part.
func (w Writer) Differences(p *question.Part, c knowledge.Claim, dims []knowledge.Dimension) []chat.Part {
	var out []chat.Part
	for i, d := range dims {
		if i > 0 {
			out = append(out, Own("; "))
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
	case knowledge.DimGroup:
		said, asked = w.name(lexicon.Group, c.Scope.Group), w.name(lexicon.Group, p.Group)
	case knowledge.DimParty:
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
	asked := w.askedClaimant(p)
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

// askedClaimant names whom a question wanted to hear.
func (w Writer) askedClaimant(p *question.Part) string {
	if len(p.Claimants) == 0 {
		return w.say("somebody")
	}
	if party, ok := question.SpeakingSide(p.Claimants[0]); ok {
		return w.label(lexicon.Party, party)
	}
	return w.speaker(p.Claimants[0])
}

// missing says what part of the question has no answer, and what isn't shown.
func (w Writer) missing(r *chat.Reply, c Chosen, parts int) {
	if c.Outcome == chat.Unsourced && parts > 1 && c.Part.Text != "" {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleWrote, Label: w.say("label_wrote"), Parts: []chat.Part{
			w.Wrote(c.Part.Text), Own(" " + w.say("part_unsourced")),
		}})
	}
	if c.More > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("more")), {Kind: chat.Furniture, Text: strconv.Itoa(c.More)},
		}})
	}
}

// unsourced says that there is nothing, and what there is instead.
func (w Writer) unsourced(q question.Question, reach knowledge.Reach) chat.Reply {
	r := w.sentence("unsourced_lead")
	w.unread(&r, q)
	r.Blocks = append(r.Blocks, w.covers(reach)...)
	return r
}

// LeftOut says how many parts of a long text weren't looked at.
func (w Writer) LeftOut(q question.Question) []chat.Block {
	if q.More == 0 {
		return nil
	}
	return []chat.Block{{Role: chat.RoleNote, Parts: []chat.Part{
		Own(w.say("more_parts")), {Kind: chat.Furniture, Text: strconv.Itoa(q.More)},
	}}}
}

// unread says that the text holds a number that can't be read.
func (w Writer) unread(r *chat.Reply, q question.Question) {
	if slices.ContainsFunc(q.Parts, func(p question.Part) bool { return p.Unreadable }) {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "unreadable"))
	}
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

// Nothing returns the reply to a text without words.
func (w Writer) Nothing() chat.Reply { return w.sentence("nothing") }

// Help says what the bot does, with examples of the domain's own where the base is about it.
func (w Writer) Help(reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Help}
	if !reach.Domain || !w.lex.Has(lexicon.Domain, "about") {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "help_lead_any"), w.Line(chat.RoleNote, "help_how"))
		return r
	}
	about := w.label(lexicon.Domain, "about")
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "help_lead", fields{About: about}), w.Line(chat.RoleNote, "help_how"))
	for _, c := range w.lex.Of(lexicon.Domain) {
		if c.Is("example") {
			r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleExample, Parts: []chat.Part{Own(c.In(w.lang))}})
		}
	}
	return r
}
