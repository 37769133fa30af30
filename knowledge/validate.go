package knowledge

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// Unattributed is the standing of a claim for which nobody is named.
const Unattributed = "unattributed"

// MaxQuoteWords is how much of a source's words a quote may take: a fragment, never a whole sentence.
const MaxQuoteWords = 15

// How long the texts of a claim may be, in runes: a claim has to fit a chat message.
const (
	maxID    = 100
	maxText  = 1000
	maxShort = 300
	maxURL   = 2000
)

var (
	slug     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	language = regexp.MustCompile(`^[a-z]{2,3}$`)
	address  = regexp.MustCompile(`(?i)\b(https?://|www\.)\S*`)
	idLike   = regexp.MustCompile(`^[a-z0-9_]+$`)
	// A word, the end of a sentence, and a capital: abbreviations ("U.S. President") are shorter than that.
	sentences = regexp.MustCompile(`\p{Ll}{4,}[.!?…]["”’»)]*\s+["“«(]?\p{Lu}`)
)

// Validate checks a claim against the rules of DESIGN.md, "A claim", and against the concepts of a lexicon.
// It returns Problems that name everything that is wrong, or nil.
func (c Claim) Validate(l *lexicon.Lexicon) error {
	v := &validator{lexicon: l}
	v.identity(c)
	v.texts(c)
	before := len(v.Problems)
	v.figure(c.Kind, c.Figure)
	if len(v.Problems) == before { // a broken figure agrees with nothing
		v.agreement(c)
	}
	v.scope(c.Kind, c.Scope)
	v.counted(c)
	v.attribution(c.Attribution)
	v.sources(c.Sources)
	v.caveats(c.Caveats)
	v.links(c)
	v.life(c)
	if len(v.Problems) == 0 {
		return nil
	}
	return v.Problems
}

// validator gathers the problems of one claim.
type validator struct {
	Problems

	lexicon *lexicon.Lexicon
}

func (v *validator) identity(c Claim) {
	if !slug.MatchString(c.ID) || len(c.ID) > maxID {
		v.add("id", "%q must be a slug of at most %d characters, such as civilians-killed", clip(c.ID), maxID)
	}
	v.optional("tenant", c.Tenant, maxShort)
	oneOf(v, "kind", c.Kind, KindFigure, KindStatement, KindStatus, KindIssue, KindContext)
	v.known("topic", lexicon.Topic, c.Topic)
}

func (v *validator) texts(c Claim) {
	v.sentence("text", c.Kind, c.Text)
	if c.Lang != "" {
		v.language("lang", c.Lang)
	}
	for _, lang := range slices.Sorted(maps.Keys(c.Translations)) {
		field := "translations." + key(lang)
		v.language(field, lang)
		if lang == c.language() {
			v.add(field, "the text itself is in this language")
		}
		v.sentence(field, c.Kind, c.Translations[lang])
	}
}

// sentence checks the words of a claim. What someone said may be quoted with more than one sentence.
func (v *validator) sentence(field string, kind Kind, s string) {
	v.required(field, s, maxText)
	if kind != KindStatement && sentences.MatchString(s) {
		v.add(field, "must be one sentence")
	}
	switch at := address.FindString(s); {
	case strings.TrimSpace(s) == "": // is said already
	case !strings.ContainsFunc(s, unicode.IsLetter):
		v.add(field, "has no words")
	case at != "":
		v.add(field, "holds the address %q: it belongs to sources", clip(at))
	case strings.HasSuffix(strings.TrimRight(s, "\"'”’»)] "), "?") && kind != KindStatement:
		v.add(field, "is a question, and claims nothing")
	}
}

func (v *validator) scope(kind Kind, s Scope) {
	v.known("scope.party", lexicon.Party, s.Party)
	v.known("scope.group", lexicon.Group, s.Group)
	v.known("scope.metric", lexicon.Metric, s.Metric)
	v.period("scope.period", s.Period)
	v.known("scope.place", lexicon.Place, s.Place)
	if kind != KindFigure {
		return
	}
	if s.Group == "" {
		v.add("scope.group", "a figure has to say who is counted")
	}
	if s.Metric == "" {
		v.add("scope.metric", "a figure has to say what is counted")
	}
}

// counted checks that nobody counts what was still to come: positions and stages may reach ahead, a count can't.
func (v *validator) counted(c Claim) {
	to, said := c.Scope.Period.To, c.Attribution.SaidOn
	if c.Kind == KindFigure && to.Valid() && said.Valid() && !to.Start().Before(said.End()) {
		v.add("scope.period.to", "%s is after %s, when it was said", to, said)
	}
}

func (v *validator) period(field string, p Period) {
	from, to := v.date(field+".from", p.From), v.date(field+".to", p.To)
	if from && to && !p.From.Start().Before(p.To.End()) {
		v.add(field, "begins %s, after its end %s", p.From, p.To)
	}
}

func (v *validator) attribution(a Attribution) {
	v.optional("attribution.speaker", a.Speaker, maxShort)
	v.optional("attribution.office", a.Office, maxShort)
	v.standing(a)
	v.known("attribution.method", lexicon.Method, a.Method)
	v.date("attribution.said_on", a.SaidOn)
	v.optional("attribution.venue", a.Venue, maxShort)
	if idLike.MatchString(a.Speaker) {
		v.known("attribution.speaker", lexicon.Claimant, a.Speaker)
	}
}

func (v *validator) standing(a Attribution) {
	const field = "attribution.standing"
	switch {
	case a.Standing == "":
		v.add(field, "is missing: it says on which ground the speaker stands, %q where nobody is named", Unattributed)
		return
	case a.Standing == Unattributed && a.Speaker != "":
		v.add(field, "is %q, but the speaker %q is named", Unattributed, clip(a.Speaker))
	case a.Standing != Unattributed && a.Speaker == "":
		v.add("attribution.speaker", "is missing: where nobody is named the standing is %q", Unattributed)
	}
	v.known(field, lexicon.Standing, a.Standing)
}

func (v *validator) sources(sources []Source) {
	if len(sources) == 0 {
		v.add("sources", "a claim needs at least one source")
	}
	for i, s := range sources {
		field := fmt.Sprintf("sources[%d]", i)
		if s.Publisher == "" && s.Title == "" && s.URL == "" {
			v.add(field, "needs a publisher, a title or a url")
		}
		v.optional(field+".publisher", s.Publisher, maxShort)
		v.optional(field+".title", s.Title, maxShort)
		v.link(field+".url", s.URL)
		v.link(field+".archive_url", s.ArchiveURL)
		v.date(field+".published_on", s.PublishedOn)
		v.date(field+".retrieved_on", s.RetrievedOn)
		v.quote(field+".quote", s.Quote)
		if s.Lang != "" && !language.MatchString(s.Lang) {
			v.add(field+".lang", "%q isn't the code of a language, such as en", clip(s.Lang))
		}
	}
}

func (v *validator) quote(field, quote string) {
	v.optional(field, quote, maxShort)
	if n := len(strings.Fields(quote)); n > MaxQuoteWords {
		v.add(field, "has %d words; at most %d may be taken", n, MaxQuoteWords)
	}
	end, _ := utf8.DecodeLastRuneInString(strings.TrimRight(quote, "\"'”’»)] "))
	if strings.ContainsRune(".!?…", end) {
		v.add(field, "ends like a sentence; take a fragment")
	}
}

func (v *validator) caveats(caveats []Caveat) {
	seen := map[string]bool{}
	for i, c := range caveats {
		field := fmt.Sprintf("caveats[%d]", i)
		if c.Code == "" && len(c.Text) == 0 {
			v.add(field, "needs a code or a text")
		}
		v.known(field+".code", lexicon.CaveatOf, c.Code)
		if c.Code != "" && seen[c.Code] {
			v.add(field+".code", "%q stands there twice", clip(c.Code))
		}
		seen[c.Code] = true
		for _, lang := range slices.Sorted(maps.Keys(c.Text)) {
			v.language(field+".text."+key(lang), lang)
			v.required(field+".text."+key(lang), c.Text[lang], maxText)
		}
	}
}

func (v *validator) links(c Claim) {
	v.optional("series", c.Series, maxShort)
	for i, id := range c.DrawsOn {
		v.known(fmt.Sprintf("draws_on[%d]", i), lexicon.Claimant, id)
		if id == "" || id == c.Attribution.Speaker {
			v.add(fmt.Sprintf("draws_on[%d]", i), "must be another claimant than the speaker")
		}
	}
	for i, id := range c.Disputes {
		v.other(fmt.Sprintf("disputes[%d]", i), c.ID, id)
	}
	for i, id := range c.Supersedes {
		v.other(fmt.Sprintf("supersedes[%d]", i), c.ID, id)
	}
}

func (v *validator) other(field, self, id string) {
	if id == self {
		v.add(field, "names the claim itself")
	} else if !slug.MatchString(id) {
		v.add(field, "%q isn't the id of a claim", clip(id))
	}
}

func (v *validator) life(c Claim) {
	if c.Status != "" {
		oneOf(v, "status", c.Status, StatusPending, StatusLive, StatusSuperseded, StatusRetracted, StatusHidden)
	}
	v.optional("reason", c.Reason, maxText)
	if (c.Status == StatusRetracted || c.Status == StatusHidden) && strings.TrimSpace(c.Reason) == "" {
		v.add("reason", "is missing: a %s claim says why", c.Status)
	}
	for i, alias := range c.Aliases {
		v.required(fmt.Sprintf("aliases[%d]", i), alias, maxShort)
	}
	if c.Revision < 0 {
		v.add("revision", "%d is below zero", c.Revision)
	}
	v.optional("added_by", c.AddedBy, maxShort)
	v.optional("approved_by", c.ApprovedBy, maxShort)
	v.date("reviewed_on", c.ReviewedOn)
}
