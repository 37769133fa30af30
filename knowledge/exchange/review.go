package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// fromReview makes of somebody else's ClaimReview what a claim is decoded from: that something was said, and where. Its
// verdict is left out: the rating's words are no claim, and never a figure. The claim waits for a moderator.
func fromReview(review *node, l *lexicon.Lexicon) *node {
	said := review.first("itemReviewed")
	claim := &node{kind: object, line: review.line}
	claim.set("kind", review.line, string(knowledge.KindStatement))
	claim.set("status", review.line, string(knowledge.StatusPending))
	claim.copy("text", cleaned(review.first("claimReviewed")))
	if lang := review.first("inLanguage").word("name", "alternateName"); lang != nil {
		base, _, _ := strings.Cut(strings.ToLower(lang.text), "-")
		claim.set("lang", lang.line, base)
	}
	claim.add("attribution", said.lineOr(review.line), claim.attribution(said, l))
	claim.add(sources, review.line, sourcesOf(review, said))
	claim.set("id", review.line, reviewID(review, claim))
	return claim
}

// attribution says who said it, and when. On which ground somebody stands is known of the claimants of the lexicon
// only. Of others it would be made up: their name goes into a caveat until a moderator knows.
func (n *node) attribution(said *node, l *lexicon.Lexicon) *node {
	a := &node{kind: object, line: said.lineOr(n.line)}
	standing := knowledge.Unattributed
	author := said.first("author")
	if name := cleaned(author.word("name")); name != nil && name.text != "" {
		if who := claimant(l, name.text); who != nil {
			standing = who.Standing
			a.set("speaker", name.line, who.ID)
			a.copy("office", cleaned(author.first("jobTitle")))
		} else {
			n.add(caveats, name.line, namedIn(name))
		}
	}
	a.set("standing", a.line, standing)
	if on := said.first("datePublished"); on != nil {
		day, _, _ := strings.Cut(on.text, "T")
		a.set("said_on", on.line, day)
	}
	return a
}

// claimant returns the claimant of whom the lexicon knows the standing, and whom a name means, all of it.
func claimant(l *lexicon.Lexicon, name string) *lexicon.Concept {
	if l == nil {
		return nil
	}
	a := l.Analyze(name)
	for _, m := range a.Mentions {
		whole := m.First == 0 && m.Last == len(a.Tokens)-1
		if m.Class == lexicon.Claimant && whole && !m.Fuzzy && m.Standing != "" && m.Standing != knowledge.Unattributed {
			return m.Concept
		}
	}
	return nil
}

// namedIn is the caveat that names a speaker.
func namedIn(name *node) *node {
	caveat := &node{kind: object, line: name.line}
	caveat.child("text", object).set("en", name.line, "The fact-check names as the speaker: "+name.text+".")
	return &node{kind: list, line: name.line, items: []*node{caveat}}
}

// sourcesOf lists where the claim appeared, and the fact-check that tells of it.
func sourcesOf(review, said *node) *node {
	out := &node{kind: list, line: review.line}
	for _, field := range []string{"firstAppearance", "appearance"} {
		for _, work := range said.all(field) {
			out.source(work, work.word("url", "@id", "contentUrl"))
		}
	}
	out.source(review, review.first("url"))
	return out
}

// source adds a work as a source, once, if it says enough to be found.
func (n *node) source(work, url *node) {
	publisher := cmpNode(cleaned(work.first("author").word("name")), cleaned(work.first("publisher").word("name")))
	s := &node{kind: object, line: work.line}
	s.copy("publisher", publisher)
	s.copy("title", cleaned(work.first("headline")))
	s.copy("url", url)
	twice := url != nil && slices.ContainsFunc(n.items, func(o *node) bool { return o.field("url") != nil && o.field("url").text == url.text })
	if len(s.items) == 0 || twice {
		return
	}
	if on := work.first("datePublished"); on != nil {
		day, _, _ := strings.Cut(on.text, "T")
		s.set("published_on", on.line, day)
	}
	n.items = append(n.items, s)
}

// cmpNode returns the first node that says something.
func cmpNode(all ...*node) *node {
	for _, n := range all {
		if n != nil && n.text != "" {
			return n
		}
	}
	return nil
}

// cleaned returns a text in one line, without characters that show nothing.
func cleaned(n *node) *node {
	if n == nil || n.kind != text {
		return n
	}
	shown := strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) {
			return -1
		}
		return r
	}, n.text)
	return &node{kind: text, text: strings.Join(strings.Fields(shown), " "), line: n.line}
}

// How long the words in the id of a claim that was imported may be, and how many digits tell it from others.
const (
	idWords  = 60
	idDigits = 10
)

// reviewID makes an id that is the same whenever the same review is read: some words of the claim, and a digest of what the
// review is about. A verdict that is changed doesn't change it.
func reviewID(review, claim *node) string {
	h := sha256.New()
	for _, n := range []*node{review.first("url"), claim.field("text"), claim.field("attribution").field("said_on"), review.first("itemReviewed").first("author").word("name")} {
		if n != nil {
			h.Write([]byte(n.text))
		}
		h.Write([]byte{0})
	}
	id := "review"
	if said := claim.field("text"); said != nil {
		id = slugged(said.text)
	}
	return id + "-" + hex.EncodeToString(h.Sum(nil))[:idDigits]
}

// slugged returns the first words of a text as they can stand in an id, "review" where it has none in Latin letters.
func slugged(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := ""
	for _, w := range words {
		if len(id)+1+len(w) > idWords {
			break
		}
		id += "-" + w
	}
	if id == "" {
		return "review"
	}
	return id[1:]
}
