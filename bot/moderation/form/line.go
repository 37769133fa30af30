package form

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Line returns the form of a claim that is typed in one line ("UN HRMMU: at least 2,514 civilians killed in Ukraine in 2025
// https://…"), as statements are read. What isn't read stays empty, and nothing is made up: a name that leads to no one place or
// claimant stands in its field as it was typed.
func (f *Forms) Line(lang, text string, now time.Time) *chat.Form {
	c, typed := f.line(text, now)
	return f.Claim(lang, c).With(typed)
}

// line returns what a line says, and what stands in it that isn't understood, by field.
func (f *Forms) line(text string, now time.Time) (c knowledge.Claim, typed map[string]string) {
	sentence, link := cutLink(question.Clip(text))
	q := f.parser.Check(sentence, now)
	if link != "" {
		c.Sources = []knowledge.Source{{URL: link}}
	}
	a := f.lex.Analyze(sentence)
	c.Text, typed = f.bare(a), map[string]string{}
	if q.Lang != lexicon.Languages[0] {
		c.Lang = q.Lang
	}
	f.said(&c, q, a, typed)
	f.counted(&c, q.Parts, now, a, typed)
	if c.Figure.IsZero() && c.Attribution.Speaker != "" && !slices.ContainsFunc(q.Parts, func(p question.Part) bool { return p.Quantity != nil }) {
		c.Kind = knowledge.KindStatement
	}
	if c.Attribution.Standing != "" {
		speaker, _ := f.lex.Get(lexicon.Claimant, c.Attribution.Speaker)
		c.Attribution.Standing = f.standing(speaker, c.Scope.Party)
	}
	return c, typed
}

// cutLink takes the first address out of a text, and any other one.
func cutLink(text string) (rest, link string) {
	var words []string
	for word := range strings.FieldsSeq(text) {
		scheme, _, ok := strings.Cut(word, "://")
		if !ok {
			words = append(words, word)
			continue
		}
		if link == "" {
			start := strings.LastIndexFunc(scheme, func(r rune) bool { return !unicode.IsLetter(r) }) + 1
			link = strings.TrimRight(word[start:], ".,;:!?)]}>»”\"'")
		}
	}
	return strings.Join(words, " "), link
}

// said reads who says it: the one claimant whom the text names, and when, where that is one date.
func (f *Forms) said(c *knowledge.Claim, q question.Question, a lexicon.Analysis, typed map[string]string) {
	var claimants []string
	said := question.Period{}
	for i := range q.Parts {
		claimants = append(claimants, q.Parts[i].Claimants...)
		if said.Kind == question.PeriodOpen {
			said = q.Parts[i].Said
		}
	}
	if said.Kind == question.PeriodDates {
		c.Attribution.SaidOn = dateUpTo(said.From, said.To)
	}
	id, ok := f.narrowest(lexicon.Claimant, claimants)
	speaker, known := f.lex.Get(lexicon.Claimant, id)
	if !ok || !known {
		return
	}
	if words := f.words(a, speaker); !f.calls(speaker, words) {
		typed["speaker"] = words
		return
	}
	c.Attribution.Speaker, c.Attribution.Standing = id, speaker.Standing
	if c.Attribution.Office = speaker.Office[q.Lang]; c.Lang == "" {
		c.Attribution.Office = speaker.Office[lexicon.Languages[0]]
	}
}

// counted reads the figure with its scope: of a text with one number. Of several, it isn't said which is the claim's.
func (f *Forms) counted(c *knowledge.Claim, parts []question.Part, now time.Time, a lexicon.Analysis, typed map[string]string) {
	var part *question.Part
	for i := range parts {
		if p := &parts[i]; p.Quantity != nil && !p.Quantity.Alien() {
			if part != nil {
				return
			}
			part = p
		}
	}
	if part == nil || part.Rate || part.Alien || part.Unreadable {
		return
	}
	if figure, ok := figure(*part.Quantity); ok {
		c.Kind, c.Figure = knowledge.KindFigure, figure
		if c.Figure.Unit = persons; part.Cases {
			if cases := f.lex.Flagged(lexicon.Unit, "events"); cases != nil {
				c.Figure.Unit = cases.ID
			}
		}
	}
	c.Scope.Group, c.Scope.Metric, c.Scope.Party = part.Group, part.Metric, part.Party
	c.Scope.Period, _ = period(part.Period, now, part.Onward)
	if place, ok := f.lex.Get(lexicon.Place, part.Place); ok {
		if words := f.words(a, place); !f.calls(place, words) {
			typed["place"] = words
		} else {
			c.Scope.Place = place.ID
		}
	}
}

// words returns the words of a text that name a concept.
func (f *Forms) words(a lexicon.Analysis, c *lexicon.Concept) string {
	for _, m := range a.Mentions {
		if m.Class == c.Class && m.ID == c.ID {
			return a.Text[a.Tokens[m.First].Start:a.Tokens[m.Last].End]
		}
	}
	return ""
}

// calls reports whether words call a concept by its own name: the lexicon leads a town to its region, too, and a predecessor to who
// holds the office now, which is near enough to find a claim, and not to make one.
func (f *Forms) calls(c *lexicon.Concept, words string) bool {
	names := []string{strings.ReplaceAll(c.ID, "_", " ")}
	names = slices.AppendSeq(slices.AppendSeq(names, maps.Values(c.Label)), maps.Values(c.Office))
	for _, name := range names {
		for _, t := range f.lex.Analyze(name).Tokens {
			for _, w := range f.lex.Analyze(words).Tokens {
				if t.Kind == lexicon.Word && w.Kind == lexicon.Word && alike(t.Norm, w.Norm) {
					return true
				}
			}
		}
	}
	return false
}

// alike reports two words that begin alike, as forms of one word do.
func alike(a, b string) bool {
	const enough = 4
	x, y := []rune(a), []rune(b)
	n := min(len(x), len(y), enough)
	return slices.Equal(x[:n], y[:n]) && (n == enough || len(x) == len(y)) && n > 1
}

// bare returns a sentence without whose it is in front of it: "X: …", "according to X, …", "X says that …".
func (f *Forms) bare(a lexicon.Analysis) string {
	b := beginning{a: a, lex: f.lex}
	from := b.claim()
	if from >= len(a.Tokens) {
		return ""
	}
	return capital(strings.TrimSpace(a.Text[a.Tokens[from].Start:]))
}

// beginning is the beginning of a sentence being read.
type beginning struct {
	a   lexicon.Analysis
	lex *lexicon.Lexicon
	at  int
}

// claim returns the token at which what is claimed begins.
func (b *beginning) claim() int {
	according := b.mention(lexicon.Function, "according")
	claimant := false
	for b.mention(lexicon.Claimant) || !claimant && b.mention(lexicon.Light) {
		claimant = claimant || b.a.Mentions != nil && b.named()
	}
	switch {
	case !claimant:
		return 0
	case b.mark(":—–"), according && b.mark(","):
		return b.at
	case !according && b.says():
		return b.reported()
	}
	return 0
}

// named reports whether the mention that ends before the place is a claimant.
func (b *beginning) named() bool {
	return slices.ContainsFunc(b.a.Mentions, func(m lexicon.Mention) bool { return m.Class == lexicon.Claimant && m.Last == b.at-1 })
}

// mention goes over a mention of a class that begins here.
func (b *beginning) mention(class lexicon.Class, ids ...string) bool {
	for _, m := range b.a.Mentions {
		if m.First == b.at && m.Class == class && (len(ids) == 0 || slices.Contains(ids, m.ID)) {
			b.at = m.Last + 1
			return true
		}
	}
	return false
}

// mark goes over one of these marks.
func (b *beginning) mark(marks string) bool {
	ok := b.at < len(b.a.Tokens) && b.a.Tokens[b.at].Kind == lexicon.Mark && strings.Contains(marks, b.a.Tokens[b.at].Text)
	if ok {
		b.at++
	}
	return ok
}

// says goes over a word of saying.
func (b *beginning) says() bool {
	if b.at >= len(b.a.Tokens) {
		return false
	}
	alone := b.lex.Analyze(b.a.Tokens[b.at].Text)
	ok := slices.ContainsFunc(alone.Mentions, func(m lexicon.Mention) bool { return m.Class == lexicon.Function && m.ID == "say" })
	if ok {
		b.at++
	}
	return ok
}

// reported returns the token behind "that", be it behind a date ("said in February that"); behind the word of saying where what
// follows is said of no time; 0 where it isn't sure.
func (b *beginning) reported() int {
	const far = 6
	for i := b.at; i < len(b.a.Tokens) && i < b.at+far; i++ {
		if b.lex.IsForm("that", b.a.Tokens[i].Norm) {
			return i + 1
		}
	}
	if b.mark(":") {
		return b.at
	}
	if b.mention(lexicon.Function, "into", "in", "during") {
		return 0
	}
	return b.at
}

// capital returns a sentence with a capital in front.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
