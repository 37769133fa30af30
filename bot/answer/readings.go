package answer

import (
	"sync"
	"time"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// reading is a claim as the parser understands it. What is about its own sentence and what is about all of its
// wordings is found out apart, each when it is first needed: of most claims that are looked at neither is.
type reading struct {
	revision int // of the claim
	text     string
	parser   *question.Parser

	sentence sync.Once
	said     []question.Topic // with their poles and doers
	numbers  []float64
	which    string // which of several that follow each other it is about
	pauses   bool   // it says that something rests

	wordings sync.Once
	concepts map[string]bool // that the wordings and aliases name
	words    map[string]bool
}

// mostReadings is how many claims a generation of readings holds.
const mostReadings = 2048

// readings remembers how claims read: those that were looked at last, for a big base has more than fit. When the
// younger generation is full it becomes the older one.
type readings struct {
	mu  sync.Mutex
	now map[knowledge.Key]*reading
	old map[knowledge.Key]*reading
}

// of returns the reading of a claim in its revision.
func (m *readings) of(c *knowledge.Claim, parser *question.Parser) *reading {
	key := c.Key()
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.now[key]
	if r != nil && r.revision == c.Revision {
		return r
	}
	if r = m.old[key]; r == nil || r.revision != c.Revision {
		r = &reading{revision: c.Revision, text: c.Text, parser: parser}
	}
	if m.now == nil || len(m.now) >= mostReadings {
		m.now, m.old = make(map[knowledge.Key]*reading), m.now
	}
	m.now[key] = r
	return r
}

// read returns how a claim reads.
func (j *Judge) read(c knowledge.Claim) *reading {
	r := j.readings.of(&c, j.parser)
	j.readWordings(r, &c)
	return r
}

// words returns the words of a claim's wordings and aliases.
func (j *Judge) words(c *knowledge.Claim) map[string]bool { return j.read(*c).words }

// says returns the numbers of a claim's own sentence.
func (j *Judge) says(c *knowledge.Claim) []float64 {
	r := j.readings.of(c, j.parser)
	r.parse()
	return r.numbers
}

// topics returns the topics of the claim's own sentence.
func (r *reading) topics() []question.Topic {
	r.parse()
	return r.said
}

// order returns which of several that follow each other the claim is about.
func (r *reading) order() string {
	r.parse()
	return r.which
}

func (r *reading) parse() {
	r.sentence.Do(func() {
		for _, p := range r.parser.Check(r.text, time.Time{}).Parts {
			r.said = append(r.said, p.Topics...)
			r.pauses = r.pauses || p.Pauses
			for _, t := range p.Topics {
				if t.Is("order") {
					r.which = t.ID
				}
			}
			if p.Quantity != nil && !p.Quantity.Range { // the middle of a range is said by nobody
				r.numbers = append(r.numbers, p.Quantity.Value)
			}
		}
	})
}

func (j *Judge) readWordings(r *reading, c *knowledge.Claim) {
	r.wordings.Do(func() {
		r.concepts, r.words = map[string]bool{}, map[string]bool{}
		for _, token := range j.lex.Analyze(c.Attribution.Venue).Tokens {
			r.words[token.Norm] = true
		}
		texts := append([]string{c.Text}, c.Aliases...)
		for _, t := range c.Translations {
			texts = append(texts, t)
		}
		for _, t := range texts {
			r.add(j.lex.Analyze(t))
		}
	})
}

// add notes the words of a wording and what it names, and all that that implies.
func (r *reading) add(a lexicon.Analysis) {
	for _, token := range a.Tokens {
		r.words[token.Norm] = true
	}
	for _, m := range a.Mentions {
		r.concepts[m.Key()] = true
		for _, implied := range m.Parts {
			r.concepts[lexicon.Key(m.Class, implied)] = true
		}
	}
}
