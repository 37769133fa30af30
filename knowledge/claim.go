// Package knowledge is what is known: claims with their sources, the rules that a claim has to meet, and the
// Base, the only door to them. It knows no platform and no database, and no domain: which parties, metrics
// and standings there are is data of the lexicon.
package knowledge

import (
	"time"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// Claim is one sourced assertion: what is said, by whom, on what basis, with what it leaves out.
// A Claim is a value; nothing in this package changes one that it was handed.
type Claim struct {
	ID           string            `json:"id" yaml:"id"`
	Tenant       string            `json:"tenant,omitempty" yaml:"tenant,omitempty"` // empty: the shared base
	Kind         Kind              `json:"kind" yaml:"kind"`
	Topic        string            `json:"topic,omitempty" yaml:"topic,omitempty"` // a topic of the lexicon; groups issues on the status board
	Text         string            `json:"text" yaml:"text"`                       // one sentence
	Lang         string            `json:"lang,omitempty" yaml:"lang,omitempty"`   // language of Text; empty: English
	Translations map[string]string `json:"translations,omitempty" yaml:"translations,omitempty"`
	Figure       Figure            `json:"figure" yaml:"figure,omitempty"`
	Scope        Scope             `json:"scope" yaml:"scope,omitempty"`
	Attribution  Attribution       `json:"attribution" yaml:"attribution,omitempty"`
	Sources      []Source          `json:"sources" yaml:"sources,omitempty"`
	Caveats      []Caveat          `json:"caveats" yaml:"caveats,omitempty"`
	Series       string            `json:"series,omitempty" yaml:"series,omitempty"`         // one claimant's revisions of one count, in the order of SaidOn
	DrawsOn      []string          `json:"draws_on,omitempty" yaml:"draws_on,omitempty"`     // claimants (ids of the lexicon) on whose figures this one is built: it confirms none of theirs
	Disputes     []string          `json:"disputes,omitempty" yaml:"disputes,omitempty"`     // ids of the claims that this one disputes
	Supersedes   []string          `json:"supersedes,omitempty" yaml:"supersedes,omitempty"` // ids of the claims whose mistake this one corrects
	Status       Status            `json:"status,omitempty" yaml:"status,omitempty"`
	Reason       string            `json:"reason,omitempty" yaml:"reason,omitempty"` // why it was retracted, or hidden
	Aliases      []string          `json:"aliases,omitempty" yaml:"aliases,omitempty"`
	Revision     int               `json:"revision,omitempty" yaml:"revision,omitempty"`
	AddedBy      string            `json:"added_by,omitempty" yaml:"added_by,omitempty"`
	ApprovedBy   string            `json:"approved_by,omitempty" yaml:"approved_by,omitempty"`
	At           time.Time         `json:"at,omitzero" yaml:"at,omitempty"` // when this version was committed
	ReviewedOn   Date              `json:"reviewed_on,omitzero" yaml:"reviewed_on,omitempty"`
}

// Kind says what sort of assertion a claim is.
type Kind string

// The kinds of claims (DESIGN.md, "A claim").
const (
	KindFigure    Kind = "figure"
	KindStatement Kind = "statement" // what someone said
	KindStatus    Kind = "status"    // where things stand
	KindIssue     Kind = "issue"     // contested, with a party's position
	KindContext   Kind = "context"
)

// Status is where a claim is in its life.
type Status string

// The states of a claim. A claim without one is live.
const (
	StatusPending    Status = "pending"
	StatusLive       Status = "live"
	StatusSuperseded Status = "superseded" // a mistake was corrected; a revision within a series stays live
	StatusRetracted  Status = "retracted"
	StatusHidden     Status = "hidden" // of a tenant's own: the shared claim of this id isn't there for the tenant; what it says is a copy
)

// Figure is a number or a range. A bound that the source doesn't state is nil; a best is never invented. The
// zero Figure is no figure. In JSON every field is there: absent bounds are null, an absent qualifier or unit
// is "".
type Figure struct {
	Low       *float64  `json:"low" yaml:"low,omitempty"`
	Best      *float64  `json:"best" yaml:"best,omitempty"`
	High      *float64  `json:"high" yaml:"high,omitempty"`
	Qualifier Qualifier `json:"qualifier" yaml:"qualifier,omitempty"`
	Unit      string    `json:"unit" yaml:"unit,omitempty"` // persons, cases …
}

// IsZero reports whether the claim states no number.
func (f Figure) IsZero() bool { return f.Low == nil && f.Best == nil && f.High == nil }

// Qualifier says how the source bounds its figure.
type Qualifier string

// The qualifiers, and which bound each of them fills.
const (
	Exact    Qualifier = "exact"     // best
	About    Qualifier = "about"     // best
	Nearly   Qualifier = "nearly"    // high
	AtMost   Qualifier = "at_most"   // high
	AtLeast  Qualifier = "at_least"  // low
	MoreThan Qualifier = "more_than" // low
	Range    Qualifier = "range"     // low and high
)

// Scope is what a claim is about. Each dimension that the source leaves open is empty.
// Party, Group, Metric and Place are ids of the lexicon. In JSON every dimension is there, an open one as "".
type Scope struct {
	Party  string `json:"party" yaml:"party,omitempty"`
	Group  string `json:"group" yaml:"group,omitempty"`
	Metric string `json:"metric" yaml:"metric,omitempty"`
	Period Period `json:"period" yaml:"period,omitempty"`
	Place  string `json:"place" yaml:"place,omitempty"`
}

// Period is the time that a claim covers. Cumulative: everything from the start of the events up to To
// (or up to when it was said, where To is absent). From and To carry their own precision, and are part of the
// period. In JSON a date that isn't known is null.
type Period struct {
	From       Date `json:"from" yaml:"from,omitempty"`
	To         Date `json:"to" yaml:"to,omitempty"`
	Cumulative bool `json:"cumulative" yaml:"cumulative,omitempty"`
}

// IsZero reports whether the period is open.
func (p Period) IsZero() bool { return p.From.IsZero() && p.To.IsZero() && !p.Cumulative }

// Total reports a period that holds everything since the events began: an open one does.
func (p Period) Total() bool { return p.Cumulative || p.IsZero() }

// Attribution is who says it, and on what ground. The claimant isn't the publisher.
type Attribution struct {
	Speaker  string `json:"speaker" yaml:"speaker,omitempty"` // a claimant of the lexicon (id), or a name; empty where nobody is named
	Office   string `json:"office" yaml:"office,omitempty"`
	Standing string `json:"standing" yaml:"standing,omitempty"`
	Method   string `json:"method" yaml:"method,omitempty"`
	SaidOn   Date   `json:"said_on" yaml:"said_on,omitempty"`
	Venue    string `json:"venue" yaml:"venue,omitempty"`
}

// Source is where the claim can be read. At least one of Publisher, Title and URL is filled.
type Source struct {
	Publisher   string `json:"publisher" yaml:"publisher,omitempty"`
	Title       string `json:"title" yaml:"title,omitempty"`
	URL         string `json:"url" yaml:"url,omitempty"`
	ArchiveURL  string `json:"archive_url,omitempty" yaml:"archive_url,omitempty"`
	PublishedOn Date   `json:"published_on" yaml:"published_on,omitempty"`
	RetrievedOn Date   `json:"retrieved_on,omitzero" yaml:"retrieved_on,omitempty"`
	Quote       string `json:"quote,omitempty" yaml:"quote,omitempty"` // a fragment of at most 15 words
	Lang        string `json:"lang,omitempty" yaml:"lang,omitempty"`
}

// Caveat is what a reader has to know before quoting the claim. Text is by language; where it is empty
// the lexicon's standard wording for Code is used.
type Caveat struct {
	Code string            `json:"code" yaml:"code"`
	Text map[string]string `json:"text,omitempty" yaml:"text,omitempty"`
}

// SeriesBreak is the code of the caveat that a claim carries whose way of counting isn't that of the claims before
// it in its series: what lies between them isn't what happened in between.
const SeriesBreak = "series_break"

// In returns the claim's sentence in lang, and the language it is really in: the asked one where a
// translation exists, else that of the original.
func (c Claim) In(lang string) (text, inLang string) {
	if t := c.Translations[lang]; t != "" {
		return t, lang
	}
	return c.Text, c.language()
}

// language returns the language of the claim's own text.
func (c Claim) language() string {
	if c.Lang == "" {
		return lexicon.Languages[0]
	}
	return c.Lang
}

// Live reports whether the claim may be served.
func (c Claim) Live() bool { return c.Status == "" || c.Status == StatusLive }
