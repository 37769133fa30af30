// Package answer turns a question and the claims found for it into a reply. It is pure.
package answer

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Judge compares what was asked with what claims say. It is safe for concurrent use.
type Judge struct {
	lex      *lexicon.Lexicon
	parser   *question.Parser
	readings readings
}

// NewJudge returns a judge that reads with a lexicon.
func NewJudge(lex *lexicon.Lexicon, parser *question.Parser) *Judge {
	return &Judge{lex: lex, parser: parser}
}

// Fit is how far a claim answers a part: the dimensions in which it differs, in their usual order, and what
// they cost. Far: it has nothing to do with it.
type Fit struct {
	Mismatch []knowledge.Dimension
	Cost     float64
	Far      bool
}

// Exact reports whether the claim answers what was asked.
func (f Fit) Exact() bool { return !f.Far && len(f.Mismatch) == 0 }

// Costs of a mismatch, for choosing the nearest of claims that all differ: the other side's figure says less
// about what was asked than another metric of the same side.
const (
	costMetric      = 1.0
	costPeriod      = 1.0
	costPlace       = 1.0
	costAttribution = 1.3
	costGroup       = 2.2
	costPart        = 0.95 // a group within the claim's
	costParty       = 2.5
	tooFar          = 4.9
	mostDimensions  = 3
)

// costNear is what the nearest of the differences in metric or period cost: a metric that holds the one asked for,
// a total that was counted at the time asked for.
const costNear = 0.9

// costOther is what a metric costs that has nothing to do with the one asked for: the other side's count of that one
// says more.
const costOther = 2.6

// wrongMetric returns what it costs that a claim doesn't count what was asked about, 0 where it does. A count says how
// many, not why, how, of what age.
func (j *Judge) wrongMetric(p *question.Part, c knowledge.Claim) float64 {
	cost := 0.0
	if !j.metricFits(p, c) || j.events(p, c) {
		cost = j.metricCost(p, c)
	}
	if p.Reason || p.Finer == knowledge.DimMetric {
		cost += costMetric
	}
	return cost
}

func (j *Judge) metricCost(p *question.Part, c knowledge.Claim) float64 {
	if m, ok := j.lex.Get(lexicon.Metric, c.Scope.Metric); ok && slices.Contains(m.Parts, p.Metric) {
		return costNear
	}
	if !j.apart(p.Metric) && !j.apart(c.Scope.Metric) {
		return costMetric
	}
	return costOther
}

// apart reports a metric that has nothing to do with the others.
func (j *Judge) apart(metric string) bool {
	m, ok := j.lex.Get(lexicon.Metric, metric)
	return ok && m.Is("apart")
}

func periodCost(p *question.Part, c knowledge.Claim) float64 {
	if p.Period.Kind == question.PeriodDates && saidIn(p.Period, UpTo(c)) && Total(c) {
		return costNear + costNear/100 // a metric that holds what was asked for, at the very time, is nearer still
	}
	return costPeriod
}

func (f *Fit) differ(d knowledge.Dimension, cost float64) {
	f.Mismatch = append(f.Mismatch, d)
	f.Cost += cost
}

// Scope compares a part with a claim that counts something.
func (j *Judge) Scope(p *question.Part, c knowledge.Claim) Fit {
	var f Fit
	if p.Alien || len(p.Events) > 0 && !p.Since || c.Scope.Metric == "" || j.unit(p.Group) != j.unit(c.Scope.Group) {
		return Fit{Far: true}
	}
	if cost := j.wrongMetric(p, c); cost > 0 {
		f.differ(knowledge.DimMetric, cost)
	}
	if !j.groupFits(p, c) || p.Finer == knowledge.DimGroup {
		cost := costGroup
		if j.within(lexicon.Group, p.Group, c.Scope.Group) {
			cost = costPart
		}
		f.differ(knowledge.DimGroup, cost)
	}
	switch fits := j.partyFits(p, c); {
	case p.Doer && !fits: // it befell others, and who did it isn't said either
		return Fit{Far: true}
	case p.Doer || !fits: // a count says whom it befell, not who did it
		f.differ(knowledge.DimParty, costParty)
	}
	if !periodFits(p, c.When()) || p.Coming || p.Finer == knowledge.DimPeriod {
		f.differ(knowledge.DimPeriod, periodCost(p, c))
	}
	if !j.placeFits(p, c) || p.Finer == knowledge.DimPlace && !(p.Anywhere && c.Scope.Place != "") {
		f.differ(knowledge.DimPlace, costPlace)
	}
	if !j.Attributed(p, c) {
		f.differ(knowledge.DimAttribution, costAttribution)
	}
	f.Far = len(f.Mismatch) > mostDimensions || f.Cost > tooFar || !j.related(p, c)
	return f
}

// related reports whether a claim is about the same events, sides and ground, and whether anything but a number
// of people is shared.
func (j *Judge) related(p *question.Part, c knowledge.Claim) bool {
	if p.Group == "" && p.Party == "" && p.Place == "" && len(p.Claimants) == 0 && !j.metricFits(p, c) && p.Quantity == nil {
		return false
	}
	if id := p.Party; id != "" && id != c.Scope.Party && !j.side(id) {
		return false
	}
	if p.Place != "" && p.Place != c.Scope.Place && !j.ground(p.Place) {
		return false
	}
	return true
}

// side reports a party to the dispute.
func (j *Judge) side(id string) bool {
	c, ok := j.lex.Get(lexicon.Party, id)
	return ok && c.Is("side")
}

// ground reports a place on a side's own ground, or one that holds all of it.
func (j *Judge) ground(id string) bool {
	top, ok := j.lex.Get(lexicon.Place, id)
	for ok && top.Party == "" && top.Within != "" {
		top, ok = j.lex.Get(lexicon.Place, top.Within)
	}
	if ok && top.Party == "" { // a continent: does it hold a side's ground?
		for _, p := range j.lex.Of(lexicon.Place) {
			if p.Party != "" && j.side(p.Party) && j.within(lexicon.Place, p.ID, id) {
				return true
			}
		}
	}
	return ok && top.Party != "" && j.side(top.Party)
}

// unit returns what a group is counted in; empty: persons.
func (j *Judge) unit(group string) string {
	c, ok := j.lex.Get(lexicon.Group, group)
	if !ok {
		return ""
	}
	return c.Unit
}

func (j *Judge) metricFits(p *question.Part, c knowledge.Claim) bool {
	if p.Asserted && len(p.Metrics) > 1 && slices.Contains(p.Metrics, c.Scope.Metric) {
		return false // the number is said of all of them together
	}
	if p.Metric == "" || p.Metric == c.Scope.Metric {
		return true
	}
	m, ok := j.lex.Get(lexicon.Metric, p.Metric)
	return ok && (slices.Contains(m.Covers, c.Scope.Metric) || m.Is("umbrella") && j.ownWord(m, c))
}

// events reports an assertion about people beside a claim that counts what befell them: one may be counted twice.
func (j *Judge) events(p *question.Part, c knowledge.Claim) bool {
	unit, ok := j.lex.Get(lexicon.Unit, c.Figure.Unit)
	return ok && unit.Is("events") && p.Asserted && p.Quantity != nil && !p.Cases
}

// ownWord reports a claim of losses without a definition that calls them by the word that was asked for.
func (j *Judge) ownWord(asked *lexicon.Concept, c knowledge.Claim) bool {
	m, ok := j.lex.Get(lexicon.Metric, c.Scope.Metric)
	return ok && m.Is("umbrella") && len(m.Parts) == 0 && j.read(c).concepts[asked.Key()]
}

// Vague reports a number of losses without a period beside a claim that counts one period: they needn't be about
// the same.
func (j *Judge) Vague(p *question.Part, c knowledge.Claim) bool {
	m, ok := j.lex.Get(lexicon.Metric, p.Metric)
	return ok && m.Is("umbrella") && p.Period.Kind == question.PeriodOpen && !Total(c)
}

func (j *Judge) groupFits(p *question.Part, c knowledge.Claim) bool {
	if j.open(p.Group) && p.Asserted && !p.Lost { // "lost 420,000 people" is said of an army
		return c.Scope.Group == "" || c.Scope.Group == p.Group // who says "people" of civilians says more
	}
	return p.Group == "" || c.Scope.Group == "" || j.within(lexicon.Group, c.Scope.Group, p.Group)
}

// open reports a group that says no more than "people".
func (j *Judge) open(group string) bool {
	c, ok := j.lex.Get(lexicon.Group, group)
	return ok && c.Is("open")
}

// within reports whether concept id is outer or lies in it.
func (j *Judge) within(class lexicon.Class, id, outer string) bool {
	return within(j.lex, class, id, outer)
}

func within(lex *lexicon.Lexicon, class lexicon.Class, id, outer string) bool {
	for id != "" {
		if id == outer {
			return true
		}
		c, ok := lex.Get(class, id)
		if !ok {
			return false
		}
		id = c.Within
	}
	return false
}

// partyFits compares sides. A claim that names no side but a country is about that country's people.
func (j *Judge) partyFits(p *question.Part, c knowledge.Claim) bool {
	if p.Party == "" || c.Scope.Party == "" && c.Scope.Place == "" {
		return true
	}
	if c.Scope.Party != "" {
		return slices.Contains(p.Parties, c.Scope.Party)
	}
	place, ok := j.lex.Get(lexicon.Place, c.Scope.Place)
	return !ok || place.Party == "" || slices.Contains(p.Parties, place.Party)
}

// placeFits compares places. A claim without one is about the whole theatre.
func (j *Judge) placeFits(p *question.Part, c knowledge.Claim) bool {
	if p.Elsewhere && p.Place == "" { // a place that nobody knows, but the one where it was said
		return slices.ContainsFunc(p.Unknown, func(word string) bool { return j.read(c).words[word] })
	}
	if p.Place == "" || p.Place == c.Scope.Place {
		return true
	}
	asked, ok := j.lex.Get(lexicon.Place, p.Place)
	return ok && c.Scope.Place == "" && asked.Is("theatre")
}

// Attributed reports whether a claim comes from whom the part names. A body's claim is also that of the body
// above it; a side's figure is that of whoever speaks for the side.
func (j *Judge) Attributed(p *question.Part, c knowledge.Claim) bool {
	if len(p.Claimants) == 0 {
		return true
	}
	if p.Asserted && p.Quantity != nil && len(p.Claimants) > 1 && c.Attribution.Speaker != "" {
		return j.allSay(p.Claimants, c.Attribution)
	}
	return slices.ContainsFunc(p.Claimants, func(id string) bool {
		// a side that says what it will do itself is no other source than who reports it
		side, ok := question.SpeakingSide(id)
		return ok && c.Kind == knowledge.KindIssue && side == c.Scope.Party || j.speaksAs(id, c.Attribution)
	})
}

// allSay reports whether everybody whom an assertion names as its source is one who says it; who only passes on what
// others say needn't be.
func (j *Judge) allSay(claimants []string, a knowledge.Attribution) bool {
	said := false
	for _, id := range claimants {
		says := j.speaksAs(id, a)
		c, ok := j.lex.Get(lexicon.Claimant, id)
		if !says && !(ok && c.Is("relays")) {
			return false
		}
		said = said || says
	}
	return said
}

func (j *Judge) speaksAs(id string, a knowledge.Attribution) bool {
	if a.Speaker == "" {
		return false
	}
	speaker, known := j.lex.Get(lexicon.Claimant, a.Speaker)
	if party, ok := question.SpeakingSide(id); ok {
		return known && speaker.Party == party
	}
	asked, ok := j.lex.Get(lexicon.Claimant, id)
	if !known || !ok {
		return namesake(id, a.Speaker)
	}
	if asked.Is("kind") {
		return asked.Standing == a.Standing
	}
	if j.within(lexicon.Claimant, a.Speaker, id) || j.within(lexicon.Claimant, id, a.Speaker) {
		return true
	}
	// "the Kremlin", "Ukrainian officials": a side's government as a whole, whoever of it spoke
	return len(asked.Office) == 0 && asked.Is("government") && asked.Party != "" && asked.Party == speaker.Party
}

// namesake reports whether a name that the lexicon doesn't know is a speaker's, in whichever case it stands.
func namesake(name, speaker string) bool {
	const ending, shortest = 2, 4 // letters: those that a case changes, and those that have to be alike
	speaks := strings.Fields(strings.ToLower(speaker))
	for word := range strings.FieldsSeq(strings.ToLower(name)) {
		if !slices.ContainsFunc(speaks, func(s string) bool {
			a, b := []rune(word), []rune(s)
			n := 0
			for n < len(a) && n < len(b) && a[n] == b[n] {
				n++
			}
			return word == s || n >= max(shortest, len(a)-ending, len(b)-ending)
		}) {
			return false
		}
	}
	return name != ""
}
