package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// flags are the flags that some reader acts on. One that isn't here is a slip of the pen: it would do nothing.
var flags = map[lexicon.Class][]string{
	lexicon.Party:    {"every", "side"},
	lexicon.Group:    {"captive", "open", "usual"},
	lexicon.Metric:   {"apart", "umbrella", "usual", "vague"},
	lexicon.Claimant: {"government", "kind", "relays"},
	lexicon.Place:    {"theatre", "elsewhere"},
	lexicon.Light:    {"known"},
	lexicon.Event:    {"own"},
	lexicon.Topic:    {"affirms", "aims", "asks", "contested", "counts", "course", "deed", "matter", "negates", "opines", "order", "poles", "setting", "shade", "speech", "subject", "verb"},
	lexicon.Standing: {"disputant"},
	lexicon.Domain:   {"example"},
	lexicon.Unit:     {"events"},
}

func TestFlagsAreOnesThatTheReaderKnows(t *testing.T) {
	t.Parallel()
	each(t, slices.Concat(domainClasses, readClasses), func(_ *lexicon.Lexicon, c *lexicon.Concept) (wrong []string) {
		for _, flag := range c.Flags {
			if !slices.Contains(flags[c.Class], flag) {
				wrong = append(wrong, "nobody reads the flag "+flag)
			}
		}
		return wrong
	})
}

// Readers follow "within" upwards until it ends: it must end.
func TestWithinNeverRunsInACircle(t *testing.T) {
	t.Parallel()
	each(t, domainClasses, func(l *lexicon.Lexicon, c *lexicon.Concept) []string {
		chain := []string{c.ID}
		for at := c; at.Within != ""; at, _ = l.Get(at.Class, at.Within) {
			if slices.Contains(chain, at.Within) {
				return []string{"within itself: " + strings.Join(chain, " in ")}
			}
			chain = append(chain, at.Within)
		}
		return nil
	})
}

func TestSides(t *testing.T) {
	t.Parallel()
	var sides []*lexicon.Concept
	for _, c := range embedded(t).Of(lexicon.Party) {
		if c.Is("side") {
			sides = append(sides, c)
		}
	}
	if len(sides) < 2 {
		t.Fatalf("a dispute has two sides at least, the lexicon has %d", len(sides))
	}
	for _, c := range sides {
		for _, lang := range lexicon.Languages {
			if c.Words[lang] == "" {
				t.Errorf("%s has no words in %s", c.Key(), lang)
			}
		}
	}
}

func TestClaimants(t *testing.T) {
	t.Parallel()
	each(t, []lexicon.Class{lexicon.Claimant}, func(l *lexicon.Lexicon, c *lexicon.Concept) (wrong []string) {
		standing, ok := l.Get(lexicon.Standing, c.Standing)
		if !ok {
			return []string{"no standing"}
		}
		side := false
		if p, ok := l.Get(lexicon.Party, c.Party); ok {
			side = p.Is("side")
		}
		if standing.Is("disputant") != side {
			wrong = append(wrong, "stands as "+c.Standing+", but its party is "+c.Party)
		}
		if len(c.Office) != 0 && len(c.Office) != len(lexicon.Languages) {
			wrong = append(wrong, "an office in some languages only")
		}
		if c.Is("government") && (!side || len(c.Office) != 0) {
			wrong = append(wrong, "a government as a whole speaks for a side and holds no office")
		}
		if outer, ok := l.Get(lexicon.Claimant, c.Within); ok && outer.Party != c.Party {
			wrong = append(wrong, "within a body of another party")
		}
		return wrong
	})
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	theatres := 0
	each(t, []lexicon.Class{lexicon.Place}, func(l *lexicon.Lexicon, c *lexicon.Concept) (wrong []string) {
		if c.Is("theatre") {
			theatres++
		}
		for at := c; at.Within != ""; at, _ = l.Get(lexicon.Place, at.Within) {
			if outer, _ := l.Get(lexicon.Place, at.Within); c.Party != "" && outer.Party != "" && outer.Party != c.Party {
				wrong = append(wrong, "lies in "+outer.ID+", which belongs to another party")
			}
		}
		return wrong
	})
	if theatres == 0 {
		t.Error("no place is the theatre: claims without a place would fit none")
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	each(t, []lexicon.Class{lexicon.Metric}, func(_ *lexicon.Lexicon, c *lexicon.Concept) (wrong []string) {
		if slices.Contains(c.Covers, c.ID) || slices.Contains(c.Parts, c.ID) {
			wrong = append(wrong, "covers or contains itself")
		}
		if len(c.Parts) == 1 {
			wrong = append(wrong, "a sum of one part")
		}
		return wrong
	})
}

func TestNumbersHaveValues(t *testing.T) {
	t.Parallel()
	months := map[float64]string{}
	each(t, []lexicon.Class{lexicon.Numeral, lexicon.Magnitude, lexicon.Month}, func(_ *lexicon.Lexicon, c *lexicon.Concept) (wrong []string) {
		switch {
		case c.Class == lexicon.Numeral && c.Value < 0, c.Class == lexicon.Magnitude && c.Value < 10:
			wrong = append(wrong, "no value")
		case c.Class == lexicon.Month && (c.Value < 1 || c.Value > 12 || months[c.Value] != ""):
			wrong = append(wrong, "the month of another, or of none")
		case c.Class == lexicon.Month:
			months[c.Value] = c.ID
		}
		return wrong
	})
	if len(months) != 12 {
		t.Errorf("a year has %d months", len(months))
	}
}

// The reply to a question about nothing names what the base is about, and help shows what to ask.
func TestDomainSpeaksOfItself(t *testing.T) {
	t.Parallel()
	l := embedded(t)
	if !l.Has(lexicon.Domain, "about") {
		t.Error("the domain doesn't say what it is about")
	}
	if !slices.ContainsFunc(l.Of(lexicon.Domain), func(c *lexicon.Concept) bool { return c.Is("example") }) {
		t.Error("the domain has no example of a question")
	}
}
