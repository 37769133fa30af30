// Package question reads what people write: the language, what is asked or stated, of whom, when and where.
// It is pure: text and a moment in, a Question out.
package question

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// MaxRunes is the length of text that is read; the longest message of the platforms that the bot serves is
// shorter (Slack: 4,000 recommended, Discord: 4,000 for subscribers).
const MaxRunes = 6000

// MaxParts is how many questions or assertions of one text are read: a reply to more can't be.
const MaxParts = 12

// Question is a text as the bot understands it. For a pasted statement each Part is one assertion.
type Question struct {
	Text    string // cleaned
	Lang    string // en, uk or ru
	TooLong bool   // not read at all
	Help    bool   // a greeting, or asked what the bot can do
	Wish    Wish   // what is wanted of the figures besides themselves
	Parts   []Part
	More    int // parts beyond MaxParts, left out
}

// Part is one thing asked or asserted. Ids are those of the lexicon; what was left open is empty.
type Part struct {
	Text       string // the words, cleaned
	Party      string // whose losses, whose doing
	Group      string
	Metric     string
	Metrics    []string // the metrics that Metric adds together, where more than one was named
	Period     Period
	Onward     bool      // of Period only the beginning is named: "from March"
	Said       Period    // when it was said, where that is named
	AsOf       time.Time // what had been said before this moment is asked for; zero: whatever was said
	Place      string
	Claimants  []string // whom the text names as the source: claimants, sides (see SpeakingSide), or a name that the lexicon doesn't know
	Parties    []string // every side named, in order
	Topics     []Topic
	Own        string   // the domain's own events, where they are named
	Events     []string // other events than the domain's own
	Says       bool     // asks for what somebody said
	Issues     bool     // names what is contested as a whole
	State      bool     // asks how far things are
	Which      bool     // asks for a list, not for yes or no
	Until      bool     // names a condition or an end
	Both       bool     // names both sides, or the sides
	Only       bool     // says it of one side alone
	Zero       bool     // says that there was none: "no civilians"
	Since      bool     // an event is named as a point in time ("since …")
	Quantity   *Quantity
	HowMany    bool                // asks for a number
	Where      bool                // asks for a place
	Few        bool                // says that there are hardly any
	Negated    bool                // says that it is not so
	Disowned   bool                // tells that somebody says it is not so
	Endorsed   bool                // says that others, who aren't named, confirm it
	Present    bool                // says that it is so now: "so far", "today"
	Final      bool                // says that what went on is over for good
	Pauses     bool                // says that it rests
	Spared     bool                // says of whom it counts that nothing befell them
	Mood       Mood                // how it is said, where it isn't stated as a fact
	Lost       bool                // speaks of losses, whatever else it names
	Past       bool                // speaks of what is over
	Last       bool                // speaks of the last one
	Cases      bool                // counts events that befell people, not the people
	Includes   bool                // asks whether a figure holds something
	Yearly     bool                // asks for one figure for each year
	Rate       bool                // the number is one for each day, month or the like
	Assumed    bool                // names no scope: it is the domain's usual one
	Doer       bool                // asks who does it
	Reason     bool                // asks why or how it came about
	Coming     bool                // asks when it will be
	Finer      knowledge.Dimension // of a count asks not how many, but which of its places, times or groups; the metric: who they were
	Anywhere   bool                // of the places the count's own will do
	Broker     bool                // asks who does what no side does: who hosts, who mediates
	Cause      bool                // names what did it: a figure of all isn't one of that
	Asserted   bool                // stands in a statement
	Alien      bool                // counts or asks about something that the lexicon doesn't know, or of another unit
	Elsewhere  bool                // a place that the lexicon doesn't know
	Unknown    []string            // content words that the lexicon doesn't know
	Unreadable bool                // holds a run of digits and letters mixed up
	dismisses  bool                // only says of a neighbour that it isn't so
	ahead      bool                // of the next one
	spans      []Period            // the dates that Period joins
	dates      int                 // how many the question joined
	concepts   []string
}

// Topic is a topic named in a part: which pole, and who does it.
type Topic struct {
	*lexicon.Concept
	Sign  int8   // −1: the opposite pole, or negated
	Agent string // the party that does it; empty where it isn't said

	Condition bool // stands behind "until"
	Aimed     bool // stands behind a word for trying
	Wanted    bool // is itself what somebody wants: "wants peace"
}

// sideSpeaks stands in front of a party that is named as a claimant.
const sideSpeaks = "party:"

// SpeakingSide returns the party that an entry of Part.Claimants names, where it names a side and no claimant.
func SpeakingSide(claimant string) (party string, ok bool) {
	return strings.CutPrefix(claimant, sideSpeaks)
}

// Parser reads texts with one lexicon. It is safe for concurrent use.
type Parser struct {
	lex *lexicon.Lexicon
}

// NewParser returns a parser for a lexicon.
func NewParser(lex *lexicon.Lexicon) *Parser { return &Parser{lex: lex} }

// Ask reads a question put at the moment now: its parts are the things asked.
func (p *Parser) Ask(text string, now time.Time) Question { return p.read(text, now, asking) }

// Check reads a statement made at the moment now: its parts are the assertions, in order.
func (p *Parser) Check(text string, now time.Time) Question { return p.read(text, now, stating) }

// Language returns the language of a text: one of lexicon.Languages.
func (p *Parser) Language(text string) string { return language(p.lex, Clip(text)) }

// mode tells questions from statements: they are cut into parts differently.
type mode uint8

const (
	asking mode = iota
	stating
)

func (p *Parser) read(text string, now time.Time, m mode) Question {
	if len(text) > MaxRunes*utf8.UTFMax || utf8.RuneCountInString(text) > MaxRunes {
		return Question{TooLong: true, Lang: language(p.lex, Clip(text))}
	}
	a := p.lex.Analyze(dropLinks(text))
	r := reader{lex: p.lex, Analysis: a, now: now, lang: cmp.Or(a.Latin, language(p.lex, a.Text)), mode: m}
	r.prepare()
	q := Question{Text: a.Text, Lang: r.lang}
	q.Parts = r.parts()
	q.Wish = r.wish(q.Parts)
	if q.More = max(0, len(q.Parts)-MaxParts); q.More > 0 {
		q.Parts = q.Parts[:MaxParts]
	}
	q.Help = r.asksHelp(q)
	return q
}

// Clip returns at most MaxRunes bytes of a text, cut between runes.
func Clip(text string) string {
	if len(text) <= MaxRunes {
		return text
	}
	n := MaxRunes
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// dropLinks takes addresses and markup tags out: what they spell is no assertion, and they are never echoed.
func dropLinks(text string) string {
	if !strings.ContainsAny(text, "<") && !strings.Contains(text, "://") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		switch {
		case strings.HasPrefix(text[i:], "http://") || strings.HasPrefix(text[i:], "https://"):
			end := strings.IndexAny(text[i:], " \n\t>)")
			if end < 0 {
				end = len(text) - i
			}
			i += end
			b.WriteByte(' ')
		case text[i] == '<' && tagEnd(text[i:]) > 0:
			i += tagEnd(text[i:])
			b.WriteByte(' ')
		default:
			b.WriteByte(text[i])
			i++
		}
	}
	return b.String()
}

// longestTag is more bytes than a tag has: without a bound, many "<" take time in the square of their number.
const longestTag = 121

// tagEnd returns the length of the markup tag that s begins with: "<b>", "</a>", "<@U1>"; 0 without one.
func tagEnd(s string) int {
	end := strings.IndexByte(s[:min(len(s), longestTag)], '>')
	if end < 2 || strings.ContainsAny(s[:end], "\n") || s[1] == ' ' || s[1] >= '0' && s[1] <= '9' {
		return 0
	}
	return end + 1
}
