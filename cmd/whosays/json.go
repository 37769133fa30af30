package main

import (
	"cmp"
	"slices"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// The documents that --json writes. Lists are never null; what isn't known of a figure or a date is.
type (
	answerDoc struct {
		Question string     `json:"question"`
		Lang     string     `json:"lang"`
		Outcome  string     `json:"outcome"`
		Claims   []claimDoc `json:"claims"`
		furtherDoc
		Furniture []string `json:"furniture"`
		Text      string   `json:"text"`
	}
	checkDoc struct {
		Statement string       `json:"statement"`
		Lang      string       `json:"lang"`
		Findings  []findingDoc `json:"findings"`
		Claims    []claimDoc   `json:"claims"` // what the text seems to be about where no finding has a claim
		furtherDoc
		Furniture []string `json:"furniture"`
		Text      string   `json:"text"`
	}
	// furtherDoc says what may be asked further: which claims come near and aren't shown, and the buttons under the reply.
	furtherDoc struct {
		Near   []string       `json:"near"`
		Offers []chat.Command `json:"offers"`
	}
	findingDoc struct {
		Quote   string                `json:"quote"`
		Verdict chat.Verdict          `json:"verdict"`
		Claim   *claimDoc             `json:"claim"`
		Mixups  []knowledge.Dimension `json:"mixups"`
		Claims  []claimDoc            `json:"claims"` // what else is sourced of the same scope
	}
	statusDoc struct {
		Lang      string     `json:"lang"`
		Outcome   string     `json:"outcome"`
		Claims    []claimDoc `json:"claims"`
		Furniture []string   `json:"furniture"`
		Text      string     `json:"text"`
	}
	searchDoc struct {
		Query    string   `json:"query"`
		Answered bool     `json:"answered"`
		Hits     []hitDoc `json:"hits"`
	}
	hitDoc struct {
		ID    string  `json:"id"`
		Score float64 `json:"score"`
		Text  string  `json:"text"`
	}
	claimDoc struct {
		ID          string                `json:"id"`
		Kind        knowledge.Kind        `json:"kind"`
		Topic       string                `json:"topic,omitempty"`
		Text        string                `json:"text"`
		Figure      knowledge.Figure      `json:"figure"`
		Scope       knowledge.Scope       `json:"scope"`
		Attribution attributionDoc        `json:"attribution"`
		Sources     []knowledge.Source    `json:"sources"`
		Caveats     []caveatDoc           `json:"caveats"`
		Mismatch    []knowledge.Dimension `json:"mismatch"`
	}
	// attributionDoc says who speaks by the id of the base, and by the name that a reader knows.
	attributionDoc struct {
		Speaker  string         `json:"speaker"`
		Name     string         `json:"name"`
		Office   string         `json:"office"`
		Standing string         `json:"standing"`
		Method   string         `json:"method"`
		SaidOn   knowledge.Date `json:"said_on"`
		Venue    string         `json:"venue"`
	}
	caveatDoc struct {
		Code string `json:"code"`
		Text string `json:"text"`
	}
)

// documents makes the documents of a reply's language.
type documents struct {
	lex  *lexicon.Lexicon
	lang string
}

func (d documents) answer(question string, r chat.Reply) answerDoc {
	return answerDoc{question, r.Lang, string(r.Outcome), d.claims(r.Shown), further(r), r.FurnitureText(), console.Text(r)}
}

func (d documents) status(r chat.Reply) statusDoc {
	return statusDoc{r.Lang, string(r.Outcome), d.claims(r.Shown), r.FurnitureText(), console.Text(r)}
}

func (d documents) check(statement string, r chat.Reply) checkDoc {
	findings := make([]findingDoc, 0, len(r.Findings))
	for _, f := range r.Findings {
		doc := findingDoc{Quote: f.Quote, Verdict: f.Verdict, Mixups: list(f.Mixups), Claims: []claimDoc{}}
		if f.Claim != nil {
			c := d.claim(*f.Claim, nil)
			doc.Claim = &c
		}
		for _, o := range f.Others {
			doc.Claims = append(doc.Claims, d.claim(o, nil))
		}
		findings = append(findings, doc)
	}
	return checkDoc{statement, r.Lang, findings, d.claims(beside(r)), further(r), r.FurnitureText(), console.Text(r)}
}

func further(r chat.Reply) furtherDoc { return furtherDoc{list(r.Near), list(r.Offers)} }

// beside returns the claims that a reply shows and no finding does.
func beside(r chat.Reply) []chat.Shown {
	return slices.DeleteFunc(slices.Clone(r.Shown), func(s chat.Shown) bool {
		return slices.ContainsFunc(r.Findings, func(f chat.Finding) bool {
			return f.Claim != nil && f.Claim.Key() == s.Claim.Key() ||
				slices.ContainsFunc(f.Others, func(c knowledge.Claim) bool { return c.Key() == s.Claim.Key() })
		})
	})
}

func (d documents) claims(shown []chat.Shown) []claimDoc {
	out := make([]claimDoc, 0, len(shown))
	for _, s := range shown {
		out = append(out, d.claim(s.Claim, s.Mismatch))
	}
	return out
}

func (d documents) claim(c knowledge.Claim, mismatch []knowledge.Dimension) claimDoc {
	text, _ := c.In(d.lang)
	caveats := make([]caveatDoc, 0, len(c.Caveats))
	for _, v := range c.Caveats {
		caveats = append(caveats, caveatDoc{v.Code, d.caveat(v)})
	}
	return claimDoc{
		ID: c.ID, Kind: c.Kind, Topic: c.Topic, Text: text, Figure: c.Figure, Scope: c.Scope,
		Attribution: d.attribution(c.Attribution), Sources: list(c.Sources), Caveats: caveats, Mismatch: list(mismatch),
	}
}

// caveat returns the wording of a caveat: the claim's own in the language, else the lexicon's, else the claim's
// own in English.
func (d documents) caveat(v knowledge.Caveat) string {
	standard := ""
	if c, ok := d.lex.Get(lexicon.CaveatOf, v.Code); ok {
		standard = c.In(d.lang)
	}
	return cmp.Or(v.Text[d.lang], standard, v.Text["en"])
}

// attribution adds what the lexicon knows of a speaker.
func (d documents) attribution(a knowledge.Attribution) attributionDoc {
	doc := attributionDoc{a.Speaker, a.Speaker, a.Office, a.Standing, a.Method, a.SaidOn, a.Venue}
	if c, ok := d.lex.Get(lexicon.Claimant, a.Speaker); ok {
		doc.Name = c.In(d.lang)
		doc.Office = cmp.Or(a.Office, c.Office[d.lang], c.Office["en"])
	}
	return doc
}

// list returns a list that prints as [] where it is empty.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
