package answer

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Saying returns the claim of a part's scope that says the part's number in its own sentence
// besides its figure.
func (j *Judge) Saying(p *question.Part, found []knowledge.Found) (knowledge.Claim, bool) {
	for _, f := range found {
		beside := Countable(*f.Claim) && !Means(p.Quantity, f.Claim.Figure) && j.Scope(p, *f.Claim).Exact()
		if beside && slices.Contains(j.says(f.Claim), p.Quantity.Value) {
			return *f.Claim, true
		}
	}
	return knowledge.Claim{}, false
}

// topic returns how a claim says a topic.
func (r *reading) topic(id string) (question.Topic, bool) {
	i := slices.IndexFunc(r.topics(), func(t question.Topic) bool { return t.ID == id })
	if i < 0 {
		return question.Topic{}, false
	}
	return r.topics()[i], true
}

// Position is how far a part and a claim that takes a position are about the same thing.
type Position struct {
	Fit
	Opposed bool    // they say opposite things of it
	Shared  float64 // how much of the part the claim speaks of
	Left    float64 // how much of it the claim doesn't
	Venue   bool    // both name a place
	Named   bool    // the claim is of somebody whom the part names
	Loose   bool    // the part names nothing of the domain's own: no side, claimant, place or event
	Ordered bool    // both name the same of several that follow each other
	Verbs   int     // how many things somebody does are shared
	Size    int     // concepts of the alias that the part holds whole; 0: none
}

// What the parts of a question weigh in the comparison of positions.
const (
	weightTopic   = 1.0
	weightSetting = 0.3
	weightMatter  = 1.0 // besides: what is said of one issue isn't said of another
	weightEvent   = 1.0
	weightPlace   = 0.5
	weightMetric  = 0.5
	weightUnknown = 0.6
	weightAlien   = 1.5
	weightUnsaid  = 5.0
)

// About reports whether the part asks about what the claim says, and about little else.
func (p Position) About() bool {
	switch {
	case p.Far || p.Shared < weightTopic || p.Size == 0:
		return false
	case p.Verbs == 0 && len(p.Mismatch) > 1, p.Loose && p.Left > 0:
		return false
	case p.Verbs == 0 && p.Shared < 2*weightTopic: // only the subject is shared
		return p.Left == 0 || (p.Venue || p.Named) && p.Left <= weightUnknown
	case p.Shared < 2*weightTopic:
		return p.Left < p.Shared
	}
	return p.Left <= p.Shared
}

// Asserts reports whether more than the subject is shared: what is said of it, or where.
func (p Position) Asserts() bool { return p.Verbs > 0 || p.Venue || p.Shared >= 2*weightTopic }

// Beyond reports an assertion that says more, or else, than a claim of whether something goes on: that it is over, where
// it rests; that one of several took place, of which the claim says nothing.
func (j *Judge) Beyond(p *question.Part, c knowledge.Claim, pos Position) bool {
	r := j.readings.of(&c, j.parser)
	r.parse()
	ordered := slices.ContainsFunc(p.Topics, func(t question.Topic) bool { return t.Is("order") })
	return r.pauses && p.Final && !p.Pauses || pos.Opposed && ordered && !pos.Ordered && len(pos.Mismatch) == 0
}

// Net returns how much more is shared than left or different, for choosing among claims.
func (p Position) Net() float64 { return p.Shared - p.Left - p.Cost/2 }

// Position compares a part with a claim that states no figure.
func (j *Judge) Position(p *question.Part, found knowledge.Found) Position {
	r := j.read(*found.Claim)
	pos := Position{}
	if found.Pattern >= 0 {
		pos.Size = found.PatternSize
	}
	if p.Place != "" && p.Place == found.Claim.Scope.Place {
		pos.Shared += weightPlace
	}
	p, spoken := j.spokenOf(p, *found.Claim, r)
	pos.Shared += weightTopic * float64(spoken)
	pos.Named = len(p.Claimants) > 0 && found.Claim.Attribution.Speaker != "" && j.Attributed(p, *found.Claim)
	pos.Venue = (p.Place != "" || p.Elsewhere) && found.Claim.Scope.Place != ""
	pos.Loose = j.loose(p, *found.Claim)
	if p.Asserted && r.unsaid(p) {
		pos.Left += weightUnsaid
	}
	pos.Far = j.elsewhere(p, *found.Claim, r)
	j.weigh(p, *found.Claim, r, &pos)
	if pos.Far || pos.Shared < weightTopic {
		return pos // not About, whatever else there is: its sentence needn't be read
	}
	j.sides(p, *found.Claim, r, &pos)
	if p.Doer && !slices.Contains(pos.Mismatch, knowledge.DimParty) && !namesDoer(p, *found.Claim, pos) {
		pos.differ(knowledge.DimParty, costParty)
	}
	if p.Place != "" && found.Claim.Scope.Place != "" && !j.venueFits(p, *found.Claim) {
		pos.differ(knowledge.DimPlace, costPlace)
	}
	if p.Reason && pos.Venue && found.Claim.Kind == knowledge.KindStatus { // where it is, not why there
		pos.differ(knowledge.DimMetric, costMetric)
	}
	if p.Elsewhere && found.Claim.Scope.Place != "" && p.Place == "" || j.narrower(p, *found.Claim) {
		pos.differ(knowledge.DimPlace, costPlace)
	}
	if !timeFits(p, found.Claim.When()) || p.Coming && !r.conditional() {
		pos.differ(knowledge.DimPeriod, costPeriod)
	}
	if j.saidByAll(p, *found.Claim) || j.ofAnother(p, *found.Claim) {
		pos.differ(knowledge.DimAttribution, costAttribution)
	}
	return pos
}

// spokenOf returns a part without those claimants of whom the claim speaks, who aren't whom it should come from, and
// how many they are.
func (j *Judge) spokenOf(p *question.Part, c knowledge.Claim, r *reading) (*question.Part, int) {
	rest := slices.DeleteFunc(slices.Clone(p.Claimants), func(id string) bool {
		return id != c.Attribution.Speaker && r.concepts[lexicon.Key(lexicon.Claimant, id)] && !j.speaksAs(id, c.Attribution)
	})
	if len(rest) == len(p.Claimants) {
		return p, 0
	}
	without := *p
	without.Claimants = rest
	return &without, len(p.Claimants) - len(rest)
}

// ofAnother reports a claim that comes from somebody else than whom the part names, or from nobody in particular. Where a side stands is
// also told without a speaker, for whoever speaks for it.
func (j *Judge) ofAnother(p *question.Part, c knowledge.Claim) bool {
	return (c.Attribution.Speaker != "" || c.Kind != knowledge.KindIssue || p.Says) && !j.Attributed(p, c)
}

// saidByAll reports an assertion that the sides say what one of them says.
func (j *Judge) saidByAll(p *question.Part, c knowledge.Claim) bool {
	speaker, ok := j.lex.Get(lexicon.Claimant, c.Attribution.Speaker)
	return p.Asserted && p.Both && p.Says && len(p.Claimants) == 0 && ok && j.side(speaker.Party)
}

// loose reports a part that isn't tied to the domain: what it shares with a claim may be words alone.
func (j *Judge) loose(p *question.Part, c knowledge.Claim) bool {
	tied := p.Both || p.Metric != "" || p.Place != "" && c.Scope.Place != "" || p.Own != "" || len(p.Claimants) > 0 || slices.ContainsFunc(p.Parties, j.side) ||
		slices.ContainsFunc(p.Topics, func(t question.Topic) bool { return t.Is("matter") || t.Is("counts") })
	return !tied && (p.Place == "" || p.Place != c.Scope.Place && !j.ground(p.Place)) && len(p.Unknown) > 0
}

// elsewhere reports a part about others altogether: none of the sides, nobody whom the claim names, not its place.
func (j *Judge) elsewhere(p *question.Part, c knowledge.Claim, r *reading) bool {
	outsiders := len(p.Parties) > 0 && !slices.ContainsFunc(p.Parties, func(id string) bool { return j.side(id) || r.concepts[lexicon.Key(lexicon.Party, id)] })
	place, ok := j.lex.Get(lexicon.Place, p.Place)
	return p.Place != c.Scope.Place && (outsiders && len(p.Claimants) == 0 || ok && place.Is("elsewhere"))
}

// venueFits compares places of positions: where something takes place is also within what surrounds it, but
// what is said of a continent isn't said of the world.
func (j *Judge) venueFits(p *question.Part, c knowledge.Claim) bool {
	if p.Place == c.Scope.Place {
		return true
	}
	return c.Kind == knowledge.KindStatus && j.within(lexicon.Place, c.Scope.Place, p.Place)
}

// narrower reports an assertion about one place of which the claim, an issue as a whole, says nothing.
func (j *Judge) narrower(p *question.Part, c knowledge.Claim) bool {
	place, ok := j.lex.Get(lexicon.Place, p.Place)
	return ok && c.Kind == knowledge.KindIssue && c.Scope.Place == "" && place.Within != "" && !place.Is("theatre") && j.ground(p.Place) && place.Party == ""
}

// weigh sums up what the claim shares with the part and what it leaves.
func (j *Judge) weigh(p *question.Part, c knowledge.Claim, r *reading, pos *Position) {
	add := func(key string, weight float64) bool {
		if r.concepts[key] {
			pos.Shared += weight
			return true
		}
		pos.Left += weight
		return false
	}
	for _, t := range p.Topics {
		if slices.ContainsFunc(p.Topics, func(o question.Topic) bool { return slices.Contains(o.Parts, t.ID) }) {
			continue // said already, and more closely
		}
		if t.Is("order") {
			r.follows(t, pos)
			continue
		}
		if t.Is("shade") {
			if r.concepts[t.Key()] {
				pos.Shared += weightTopic / 4
			}
			continue
		}
		weight := weightTopic
		if t.Is("setting") && !r.concepts[t.Key()] && !t.Wanted {
			weight = weightSetting
		}
		if t.Is("matter") && !r.concepts[t.Key()] {
			weight += weightMatter
		}
		shared := add(t.Key(), weight)
		if shared && t.Is("verb") {
			pos.Verbs++
		}
		if shared && (t.Is("verb") || t.Is("poles")) {
			said, ok := r.topic(t.ID)
			pos.Opposed = pos.Opposed || ok && opposed(said, t)
		}
	}
	if p.Own != "" && r.concepts[lexicon.Key(lexicon.Event, p.Own)] {
		pos.Shared += weightTopic / 4
	}
	for _, id := range p.Events {
		if p.Since && !r.concepts[lexicon.Key(lexicon.Event, id)] && r.dated() {
			pos.differ(knowledge.DimPeriod, costPeriod)
			continue
		}
		add(lexicon.Key(lexicon.Event, id), weightEvent)
	}
	if p.Metric != "" && !r.countsAnything() {
		pos.Left += weightMetric
	}
	if p.Alien || p.HowMany && p.Metric == "" {
		pos.Left += weightAlien
	}
	pos.Left += weightUnknown * float64(len(p.Unknown))
	if c.Attribution.Speaker == "" && !p.Says && slices.ContainsFunc(p.Claimants, j.outsider) {
		pos.Left += weightTopic // somebody else does something there
	}
}

// opposed reports that a part says the opposite of what is said: what is only tried hasn't come about.
func opposed(said, part question.Topic) bool {
	if said.Aimed && !part.Aimed {
		return part.Sign > 0
	}
	return said.Sign != part.Sign
}

// follows compares one of several that follow each other: it is the claim's, or another one than the claim's.
func (r *reading) follows(t question.Topic, pos *Position) {
	switch {
	case r.concepts[t.Key()]:
		pos.Shared += weightTopic
		pos.Verbs++
		pos.Ordered = true
	case r.order() != "":
		pos.differ(knowledge.DimPeriod, costPeriod)
	default:
		pos.Left += weightTopic
	}
}

// outsider reports a claimant who speaks for no side.
func (j *Judge) outsider(id string) bool {
	c, ok := j.lex.Get(lexicon.Claimant, id)
	return ok && !j.side(c.Party)
}

// unsaid reports an assertion that leaves out what makes the claim what it is: that something is only demanded, or
// the condition that is named.
func (r *reading) unsaid(p *question.Part) bool {
	has := func(t question.Topic) bool {
		return slices.ContainsFunc(p.Topics, func(o question.Topic) bool { return o.ID == t.ID })
	}
	for _, t := range r.topics() {
		if t.Is("asks") {
			return !has(t)
		}
	}
	conditions := slices.DeleteFunc(slices.Clone(r.topics()), func(t question.Topic) bool { return !t.Condition })
	return p.Until && len(conditions) > 0 && !slices.ContainsFunc(conditions, has)
}

// conditional reports a claim that says until when it is so, or what it depends on.
func (r *reading) conditional() bool {
	return slices.ContainsFunc(r.topics(), func(t question.Topic) bool { return t.Condition })
}

// dated reports a claim that names an event as its point in time.
func (r *reading) dated() bool { return r.names(lexicon.Event) }

// countsAnything reports whether a claim speaks of some metric.
func (r *reading) countsAnything() bool {
	return r.names(lexicon.Metric)
}

// names reports whether a claim names any concept of a class.
func (r *reading) names(class lexicon.Class) bool {
	for key := range r.concepts {
		if strings.HasPrefix(key, lexicon.Key(class, "")) {
			return true
		}
	}
	return false
}

// sides compares who does what. A side that takes no part in the dispute is another one than the claim's.
func (j *Judge) sides(p *question.Part, c knowledge.Claim, r *reading, pos *Position) {
	for _, said := range r.topics() { // the first deed that both name decides: what is done follows from it
		i := slices.IndexFunc(p.Topics, func(t question.Topic) bool { return t.ID == said.ID })
		if i < 0 || said.Agent == "" || p.Topics[i].Agent == "" || said.Condition != p.Topics[i].Condition {
			continue
		}
		if said.Agent != p.Topics[i].Agent && !j.bothSides(c) {
			pos.differ(knowledge.DimParty, costParty)
			return
		}
		break
	}
	if p.Only && len(p.Parties) == 1 && c.Scope.Party != "" && j.bothSides(c) {
		pos.differ(knowledge.DimParty, costParty)
		return
	}
	if slices.ContainsFunc(p.Parties, func(id string) bool { return !j.side(id) && !r.concepts[lexicon.Key(lexicon.Party, id)] }) {
		pos.differ(knowledge.DimParty, costParty)
	}
}

// namesDoer reports a claim that says who does what a part asks about: the sides meet, or one of them does the very thing.
func namesDoer(p *question.Part, c knowledge.Claim, pos Position) bool {
	if p.Broker || c.Scope.Party == "" || len(p.Unknown) > 0 || pos.Opposed {
		return false
	}
	return pos.Verbs > 0 || slices.ContainsFunc(p.Topics, func(t question.Topic) bool { return t.Is("setting") }) &&
		!slices.ContainsFunc(p.Topics, func(t question.Topic) bool { return t.Is("verb") })
}

// bothSides reports a claim that is about all sides alike.
func (j *Judge) bothSides(c knowledge.Claim) bool {
	return c.Scope.Party == "" || !j.side(c.Scope.Party)
}
