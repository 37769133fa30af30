package answer

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Writer writes the blocks of a reply in one language. It is safe for concurrent use.
type Writer struct {
	*words
}

// Writers returns a writer for each language.
func Writers(lex *lexicon.Lexicon) (map[string]Writer, error) {
	all, err := loadWords(lex)
	if err != nil {
		return nil, err
	}
	out := map[string]Writer{}
	for lang, w := range all {
		out[lang] = Writer{w}
	}
	return out, nil
}

// Own returns a part in our own words.
func Own(text string) chat.Part { return chat.Part{Kind: chat.Own, Text: text} }

// Sourced returns a part in a claim's words.
func Sourced(c knowledge.Claim, text string) chat.Part {
	return chat.Part{Kind: chat.Sourced, Text: text, ClaimID: c.ID}
}

// Line returns a block of one sentence of ours.
func (w Writer) Line(role chat.Role, id string, f ...fields) chat.Block {
	return chat.Block{Role: role, Parts: []chat.Part{Own(w.say(id, f...))}}
}

// Because returns a sentence of ours by its id, for the packages that write findings.
func (w Writer) Because(id string) string { return w.say(id) }

// Mixed returns the sentence of a verdict that names dimensions.
func (w Writer) Mixed(id string, dims []knowledge.Dimension) string {
	return w.say(id, fields{Dims: w.Dimensions(dims)})
}

// Dimensions names dimensions in a row.
func (w Writer) Dimensions(dims []knowledge.Dimension) string {
	names := make([]string, 0, len(dims))
	for _, d := range dims {
		names = append(names, w.say("dim_"+string(d)))
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " " + w.say("and") + " " + names[last]
	}
	return strings.Join(names, "")
}

// Wrote returns what the asker wrote, in quotation marks, fit to be shown: see harmless.
func (w Writer) Wrote(text string) chat.Part {
	return chat.Part{Kind: chat.Wrote, Text: w.quoted(harmless(text))}
}

// quoted puts a text into the quotation marks of the reply's language.
func (w Writer) quoted(text string) string {
	if w.lang == "en" {
		return "“" + text + "”"
	}
	return "«" + text + "»"
}

// Quotable returns a claim as one sentence that can be quoted alone: what is said, by whom, on which side.
func (w Writer) Quotable(c knowledge.Claim) string {
	return w.attributed(c, c.Attribution.SaidOn.String()) // a total is true of a day, and a quoted sentence outlives it
}

// attributed returns a claim's sentence with whose it is, and when it is from; empty: that isn't said.
func (w Writer) attributed(c knowledge.Claim, when string) string {
	text, lang := c.In(w.lang)
	text = strings.TrimRight(strings.TrimSpace(text), ".")
	if lang != w.lang {
		text = w.quoted(text) + " " + w.say("other_language", fields{Language: w.say("language_" + lang)})
	}
	f := fields{Text: text, Who: w.claimant(c.Attribution), Standing: w.label(lexicon.Standing, c.Attribution.Standing), Date: when}
	switch {
	case when != "":
		f.Standing += "; " + when
	case c.Kind == knowledge.KindStatus: // "the talks continue" is true of a day
		f.Standing = w.say("source_undated") + ", " + f.Standing
	}
	standing, _ := w.lex.Get(lexicon.Standing, c.Attribution.Standing)
	switch {
	case c.Attribution.Speaker == "":
		return w.say("unattributed", f)
	case w.names(text, c.Attribution):
		f.Who = w.label(lexicon.Claimant, c.Attribution.Speaker)
		return w.say("told", f)
	case standing != nil && standing.Is("disputant"):
		return w.say("says_party", f)
	case f.Date != "":
		return w.say("says_dated", f)
	}
	return w.say("says", f)
}

// names reports whether a claim's own sentence already names its claimant.
func (w Writer) names(text string, a knowledge.Attribution) bool {
	for _, m := range w.lex.Analyze(text).Mentions {
		if m.Class == lexicon.Claimant && m.ID == a.Speaker {
			return true
		}
	}
	return false
}

// claimant returns who says it, with the office.
func (w Writer) claimant(a knowledge.Attribution) string {
	name, office := a.Speaker, a.Office
	if c, ok := w.lex.Get(lexicon.Claimant, a.Speaker); ok {
		name = c.In(w.lang)
		office = cmp.Or(c.Office[w.lang], office)
	}
	if office == "" {
		return name
	}
	return name + ", " + office
}

// Claim returns the blocks of one claim: its sentence, what it counts, its caveats, who said it when, its
// sources. Where several claims share a reply (brief), the caveats and sources behind the first ones are only
// counted: the base has them in the order of their weight.
func (w Writer) Claim(c knowledge.Claim, lead chat.Role, brief bool) []chat.Block {
	out := []chat.Block{{Role: lead, ClaimID: c.ID, Parts: []chat.Part{{Kind: chat.Sourced, Text: w.Quotable(c), ClaimID: c.ID, Strong: lead == chat.RoleLead}}}}
	if counts := w.counts(c); len(counts.Parts) > 0 {
		out = append(out, counts)
	}
	caveats, sources := w.caveats(c), w.sources(c)
	if brief {
		caveats = w.first(caveats, briefCaveats, "more_caveats")
		sources = w.first(sources, briefSources, "more_sources")
	}
	out = append(out, caveats...)
	out = append(out, w.said(c))
	return append(out, sources...)
}

// How many caveats and sources each claim keeps where several share a reply.
const (
	briefCaveats = 2
	briefSources = 1
)

// first keeps the first blocks and counts the others; one more is no longer than its count.
func (w Writer) first(blocks []chat.Block, most int, id string) []chat.Block {
	more := len(blocks) - most
	if more <= 1 {
		return blocks
	}
	count := chat.Block{Role: blocks[0].Role, ClaimID: blocks[0].ClaimID, Parts: []chat.Part{
		Own(w.say(id)), {Kind: chat.Furniture, Text: strconv.Itoa(more)},
	}}
	return append(blocks[:most:most], count)
}

// counts says what a figure counts; of a claim that counts nothing, the empty block.
func (w Writer) counts(c knowledge.Claim) chat.Block {
	if !Countable(c) {
		return chat.Block{}
	}
	b := chat.Block{Role: chat.RoleCounts, Label: w.say("label_counts"), ClaimID: c.ID}
	for _, s := range []struct {
		class lexicon.Class
		id    string
	}{{lexicon.Group, c.Scope.Group}, {lexicon.Metric, c.Scope.Metric}, {lexicon.Party, c.Scope.Party}, {lexicon.Place, c.Scope.Place}} {
		if s.id != "" {
			b.Parts = append(b.Parts, Own(w.label(s.class, s.id)), Own(" · "))
		}
	}
	b.Parts = append(b.Parts, w.period(c)...)
	return b
}

// period writes the time that a claim covers.
func (w Writer) period(c knowledge.Claim) []chat.Part {
	p := c.Scope.Period
	from, to := p.From.String(), p.To.String()
	switch {
	case p.IsZero():
		return []chat.Part{Own(w.say("period_open"))}
	case from == to && from != "":
		return []chat.Part{Sourced(c, from)}
	case p.From.IsZero() && p.To.IsZero():
		return []chat.Part{Own(w.say("period_so_far"))}
	case p.From.IsZero():
		return []chat.Part{Own(w.say("period_until") + " "), Sourced(c, to)}
	case p.To.IsZero():
		return []chat.Part{Own(w.say("period_since") + " "), Sourced(c, from)}
	}
	return []chat.Part{Sourced(c, from+" – "+to)}
}

// caveats writes what a reader has to know.
func (w Writer) caveats(c knowledge.Claim) []chat.Block {
	out := make([]chat.Block, 0, len(c.Caveats))
	for _, v := range c.Caveats {
		if text := w.caveat(v); text != "" {
			out = append(out, chat.Block{Role: chat.RoleCaveat, ClaimID: c.ID, Parts: []chat.Part{Sourced(c, text)}})
		}
	}
	return out
}

// caveat returns a caveat's own words, else the standard ones.
func (w Writer) caveat(v knowledge.Caveat) string {
	standard := ""
	if w.lex.Has(lexicon.CaveatOf, v.Code) {
		standard = w.label(lexicon.CaveatOf, v.Code)
	}
	words := cmp.Or(v.Text[w.lang], standard, v.Text["en"])
	for _, lang := range slices.Sorted(maps.Keys(v.Text)) { // in another language is better than not at all
		words = cmp.Or(words, v.Text[lang])
	}
	return words
}

// said writes by whom, on what basis and when.
func (w Writer) said(c knowledge.Claim) chat.Block {
	a := c.Attribution
	b := chat.Block{Role: chat.RoleSaid, Label: w.say("label_said"), ClaimID: c.ID}
	if a.Speaker != "" {
		b.Parts = append(b.Parts, Sourced(c, w.claimant(a)), Own(" · "))
	}
	b.Parts = append(b.Parts, Own(w.label(lexicon.Standing, a.Standing)), Own(" · "))
	if a.Method != "" {
		b.Parts = append(b.Parts, Own(w.label(lexicon.Method, a.Method)), Own(" · "))
	}
	if a.SaidOn.IsZero() {
		b.Parts = append(b.Parts, Own(w.say("said_undated")))
	} else {
		b.Parts = append(b.Parts, Sourced(c, a.SaidOn.String()))
	}
	if a.Venue != "" {
		b.Parts = append(b.Parts, Own(" · "), Sourced(c, a.Venue))
	}
	return b
}

// sources writes where a claim can be read, and the words in which it stands there: what can be opened and read
// first.
func (w Writer) sources(c knowledge.Claim) []chat.Block {
	out := make([]chat.Block, 0, len(c.Sources))
	for _, s := range readable(c.Sources) {
		out = append(out, w.source(c, s))
	}
	return out
}

// readable returns sources in the order in which they help a reader.
func readable(sources []knowledge.Source) []knowledge.Source {
	place := func(s knowledge.Source) int { return 2*boolInt(s.URL == "") + boolInt(s.Quote == "") }
	return slices.SortedStableFunc(slices.Values(sources), func(a, b knowledge.Source) int { return place(a) - place(b) })
}

// source writes one place where a claim can be read.
func (w Writer) source(c knowledge.Claim, s knowledge.Source) chat.Block {
	b := chat.Block{Role: chat.RoleSource, Label: w.say("label_source"), ClaimID: c.ID, Parts: []chat.Part{namedSource(c, s), Own(" · ")}}
	if s.PublishedOn.IsZero() {
		b.Parts = append(b.Parts, Own(w.say("source_undated")))
	} else {
		b.Parts = append(b.Parts, Sourced(c, s.PublishedOn.String()))
	}
	if s.Quote != "" {
		b.Parts = append(b.Parts, Own(" — "), Sourced(c, "“"+s.Quote+"”"))
	}
	return b
}

// namedSource returns what a source is called, as a link where it has one.
func namedSource(c knowledge.Claim, s knowledge.Source) chat.Part {
	name := s.Publisher
	if s.Title != "" {
		name = strings.TrimPrefix(name+", "+s.Title, ", ")
	}
	part := Sourced(c, cmp.Or(name, host(s.URL)))
	part.URL = cmp.Or(s.URL, s.ArchiveURL)
	return part
}

// Footer says how far the base reaches.
func (w Writer) Footer(reach knowledge.Reach) chat.Block {
	b := chat.Block{Role: chat.RoleFooter}
	if reach.AsOf.IsZero() {
		b.Parts = append(b.Parts, Own(w.say("footer_undated")))
	} else {
		b.Parts = append(b.Parts, Own(w.say("footer_as_of")), chat.Part{Kind: chat.Furniture, Text: reach.AsOf.String()})
	}
	b.Parts = append(b.Parts, Own(" · "))
	if reach.Reviewed.IsZero() {
		b.Parts = append(b.Parts, Own(w.say("footer_unreviewed")))
	} else {
		b.Parts = append(b.Parts, Own(w.say("footer_reviewed")), chat.Part{Kind: chat.Furniture, Text: reach.Reviewed.String()})
	}
	if reach.Stale {
		b.Parts = append(b.Parts, Own(w.say("footer_stale")))
	}
	return b
}

// Lang returns the language that it writes.
func (w Writer) Lang() string { return w.lang }
