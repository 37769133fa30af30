package main

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// generator makes claims as the first domain writes them, over the concepts of the lexicon. Claim i is always the
// same, whatever was made before it, so that a base can be streamed, and asked about, without being held.
type generator struct {
	lex                                        *lexicon.Lexicon
	words                                      []string
	parties, groups, metrics, places, speakers []*lexicon.Concept
	topics                                     []*lexicon.Concept
}

// What a base has of claims that count nothing: a dispute has few stages and issues, however many figures.
const (
	issues = 24
	stages = 6
	// one claim in statementEvery, and one in contextEvery, is of that kind
	statementEvery = 12
	contextEvery   = 40
)

func newGenerator(lex *lexicon.Lexicon) *generator {
	g := &generator{lex: lex, words: vocabulary(lex)}
	g.parties = first(lex.Of(lexicon.Party), "ukraine", "russia", "both", "north_korea")
	g.groups = first(slices.DeleteFunc(slices.Clone(lex.Of(lexicon.Group)), func(c *lexicon.Concept) bool { return c.Unit != "" }), "soldiers", "civilians", "children")
	g.metrics = first(lex.Of(lexicon.Metric), "killed", "wounded", "missing", "killed_or_wounded", "captured")
	g.places = first(lex.Of(lexicon.Place), "ukraine", "donbas", "kharkiv", "kursk", "russia")
	g.speakers = first(lex.Of(lexicon.Claimant), "zelenskyy", "peskov", "un_hrmmu")
	g.topics = lex.Of(lexicon.Topic)
	return g
}

// first returns the concepts with these ids in front: the first are drawn most.
func first(all []*lexicon.Concept, ids ...string) []*lexicon.Concept {
	rank := func(c *lexicon.Concept) int {
		if i := slices.Index(ids, c.ID); i >= 0 {
			return i
		}
		return len(ids)
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b *lexicon.Concept) int { return rank(a) - rank(b) })
	return all
}

// claims yields the first n claims.
func (g *generator) claims(n int) iter.Seq[knowledge.Claim] {
	return func(yield func(knowledge.Claim) bool) {
		for i := range n {
			if !yield(g.claim(i)) {
				return
			}
		}
	}
}

// draft is what a claim is drawn from.
type draft struct {
	party, group, metric, place, speaker *lexicon.Concept // place and speaker: nil where there is none
	period                               knowledge.Period
	qualifier                            knowledge.Qualifier
	number                               int
}

func (g *generator) draw(i int) (*rand.Rand, draft) {
	r := rand.New(rand.NewPCG(7, uint64(i)))
	d := draft{party: pick(r, g.parties), group: pick(r, g.groups), metric: pick(r, g.metrics), period: period(r)}
	if r.IntN(2) == 0 {
		d.place = pick(r, g.places)
	}
	if r.IntN(5) > 0 {
		d.speaker = pick(r, g.speakers)
	}
	d.qualifier = even(r, []knowledge.Qualifier{knowledge.Exact, knowledge.About, knowledge.AtLeast, knowledge.MoreThan, knowledge.Nearly})
	d.number = int(math.Pow(10, 2.2+3.6*r.Float64())) // 158 to 630,000: no day and no year of the calendar
	if d.number >= 1900 && d.number <= 2100 {
		d.number += 1000
	}
	if d.qualifier != knowledge.Exact {
		d.number = (d.number + 9) / 10 * 10
	}
	return r, d
}

// period draws a year, a month, or everything up to a day.
func period(r *rand.Rand) knowledge.Period {
	year := 2026 - zipf(r, 5, 0)
	switch r.IntN(4) {
	case 0:
		return knowledge.Period{Cumulative: true}
	case 1:
		return knowledge.Period{Cumulative: true, To: knowledge.Date{Year: year, Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(28)}}
	case 2:
		month := knowledge.Date{Year: year, Month: time.Month(1 + r.IntN(12))}
		return knowledge.Period{From: month, To: month}
	}
	return knowledge.Period{From: knowledge.Date{Year: year}, To: knowledge.Date{Year: year}}
}

// claim makes claim i. Ids have the form of words, as people's do, and tell nothing else.
func (g *generator) claim(i int) knowledge.Claim {
	r, d := g.draw(i)
	c := knowledge.Claim{
		ID:          fmt.Sprintf("%s-%s-%d", strings.ReplaceAll(d.group.ID, "_", "-"), strings.ReplaceAll(d.metric.ID, "_", "-"), i),
		Kind:        knowledge.KindFigure,
		Text:        d.english() + g.filler(r, 5+r.IntN(5)) + ".",
		Figure:      figure(d),
		Scope:       scope(d),
		Attribution: attribution(r, d),
		Caveats:     caveats(r, d),
		Revision:    1,
		ReviewedOn:  knowledge.Date{Year: 2026, Month: time.Month(1 + r.IntN(11)), Day: 1 + r.IntN(28)},
	}
	c.Sources = []knowledge.Source{g.source(r, d, c.Attribution.SaidOn)}
	if d.speaker != nil && r.IntN(3) == 0 {
		c.Series = strings.ReplaceAll(strings.Join([]string{d.speaker.ID, d.party.ID, d.group.ID, d.metric.ID, fmt.Sprint(i / 5000)}, "-"), "_", "-")
	}
	if r.IntN(10) < 3 {
		c.Translations = map[string]string{"uk": d.ukrainian() + ".", "ru": d.russian() + "."}
	}
	if r.IntN(50) == 0 {
		c.Aliases = []string{fmt.Sprintf("%s %s %s", d.party.In("en"), d.group.In("en"), d.metric.In("en"))}
	}
	g.turn(&c, r, i)
	return c
}

// turn makes a few of the claims others than figures.
func (g *generator) turn(c *knowledge.Claim, r *rand.Rand, i int) {
	topic := even(r, g.topics)
	about := strings.Join([]string{topic.In("en"), c.Scope.Place}, " ")
	switch {
	case i < issues:
		c.Kind, c.Text = knowledge.KindIssue, "The sides contest "+about+g.filler(r, 8)+"."
	case i < issues+stages:
		c.Kind, c.Text = knowledge.KindStatus, "The talks about "+about+" go on"+g.filler(r, 8)+"."
	case i%statementEvery == 0:
		c.Kind, c.Text = knowledge.KindStatement, "On "+about+" there is more to say"+g.filler(r, 9)+"."
	case i%contextEvery == 1:
		c.Kind, c.Text = knowledge.KindContext, "What is known of "+about+" comes from"+g.filler(r, 9)+"."
	default:
		return
	}
	c.Topic, c.Figure, c.Translations, c.Aliases = topic.ID, knowledge.Figure{}, nil, []string{topic.In("en")}
	c.Scope.Metric, c.Scope.Group, c.Series = "", "", ""
}

// filler returns n words of the vocabulary, as the end of a sentence.
func (g *generator) filler(r *rand.Rand, n int) string {
	var b strings.Builder
	b.WriteString(",")
	for range n {
		b.WriteByte(' ')
		b.WriteString(g.word(r))
	}
	return b.String()
}
