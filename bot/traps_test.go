package bot

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// trap is one of sources/README.md, as it is met in a reply: what has to be in it, and what must never be.
type trap struct {
	name    string
	text    string
	stated  bool             // text is a statement to check, not a question
	outcome []chat.Outcome   // of a question; empty: not looked at
	shows   []string         // keys or ids of claims, all shown
	caveats [][2]string      // key or id of a claim and code of a caveat: it stands in the reply, in its language
	lead    string           // pattern: the first line
	must    []string         // patterns: somewhere in the reply
	never   []string         // patterns: nowhere in it, what the asker wrote left out
	numbers map[float64]bool // the only numbers of the reply, list and dates of the base left out; nil: any
}

func only(numbers ...float64) map[float64]bool {
	out := map[float64]bool{}
	for _, n := range numbers {
		out[n] = true
	}
	return out
}

func TestTraps(t *testing.T) {
	t.Parallel()
	for _, tc := range slices.Concat(trapsOfSoldiers, trapsOfCivilians, trapsOfTalks) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := asked(t, seedBot(t), tc)
			tc.meet(t, r)
		})
	}
}

func asked(t *testing.T, b *Bot, tc trap) chat.Reply {
	t.Helper()
	if tc.stated {
		return checks(t, b, tc.text)
	}
	return asks(t, b, tc.text)
}

// meet holds a reply against the trap.
func (tc trap) meet(t *testing.T, r chat.Reply) {
	t.Helper()
	text := unquoted(r)
	if len(tc.outcome) > 0 && !slices.Contains(tc.outcome, r.Outcome) {
		t.Errorf("outcome %s, wanted one of %s", r.Outcome, tc.outcome)
	}
	for _, key := range tc.shows {
		if !slices.ContainsFunc(shownClaims(r), func(c knowledge.Claim) bool { return c.ID == idOf(key) }) {
			t.Errorf("%s isn't shown", key)
		}
	}
	for _, c := range tc.caveats {
		if !warns(t, r, idOf(c[0]), c[1]) {
			t.Errorf("the caveat %s of %s doesn't stand in the reply", c[1], c[0])
		}
	}
	if lead := r.Blocks[0].Text(); !regexp.MustCompile(`(?i)` + tc.lead).MatchString(lead) {
		t.Errorf("the first line doesn't match %q: %s", tc.lead, lead)
	}
	for _, pattern := range tc.must {
		if !regexp.MustCompile(`(?i)` + pattern).MatchString(text) {
			t.Errorf("nothing in the reply matches %q", pattern)
		}
	}
	for _, pattern := range tc.never {
		if found := regexp.MustCompile(`(?i)` + pattern).FindString(text); found != "" {
			t.Errorf("the reply says %q", found)
		}
	}
	for n := range values(text) {
		if tc.numbers != nil && !tc.numbers[n] && !furnitureHolds(r, n) {
			t.Errorf("the reply says the number %v", n)
		}
	}
	if t.Failed() {
		t.Logf("%q:\n%s", tc.text, plain(r))
	}
}

func furnitureHolds(r chat.Reply, n float64) bool {
	return slices.ContainsFunc(r.FurnitureText(), func(s string) bool { return values(s)[n] })
}

// warns reports whether a caveat of a claim stands in a reply, in the reply's language.
func warns(t *testing.T, r chat.Reply, id, code string) bool {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range shownClaims(r) {
		for _, v := range c.Caveats {
			if c.ID != id || v.Code != code {
				continue
			}
			want := v.Text[r.Lang]
			if standard, ok := lex.Get(lexicon.CaveatOf, code); want == "" && ok {
				want = standard.In(r.Lang)
			}
			return slices.ContainsFunc(r.Blocks, func(b chat.Block) bool {
				return b.Role == chat.RoleCaveat && b.ClaimID == id && strings.Contains(b.Text(), want)
			})
		}
	}
	return false
}

// The claims about soldiers: 55,000 killed in the whole war, nearly 420,000 killed or wounded in one year. No
// reply sets one against the other, and of the latter no deaths are derived.
func TestNothingSetsTheFiguresOfSoldiersAgainstEachOther(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	texts := []string{
		"Compare Ukrainian soldiers killed with Russian soldiers killed or wounded", "How many times more did Russia lose than Ukraine?",
		"What is 420,000 divided by 55,000?", "Who has lost more soldiers, Russia or Ukraine?", "55,000 plus 420,000?",
		"У скільки разів втрати Росії більші за втрати України?", "Во сколько раз потери России больше потерь Украины?",
	}
	for _, d := range dialogues(t, "testdata/dialogues") {
		texts = append(texts, d.text())
	}
	for _, text := range texts {
		for _, r := range []chat.Reply{asks(t, b, text), checks(t, b, text)} {
			for _, block := range r.Blocks {
				alone(t, text, block)
			}
		}
	}
}

// Words for those killed, and for those wounded.
var (
	killedWords  = regexp.MustCompile(`(?i)\b(killed|dead|died|deaths?)\b|уби[тв]|вбит|загибл|загину|погиб`)
	woundedWords = regexp.MustCompile(`(?i)wounded|injured|поранен|ранен`)
)

// alone fails where a block has both figures, or calls the larger one the number of the killed.
func alone(t *testing.T, asked string, b chat.Block) {
	t.Helper()
	words := lines(chat.Reply{Blocks: []chat.Block{b}}, func(p chat.Part) bool { return p.Kind != chat.Wrote })
	has := values(words)
	if has[55000] && has[420000] {
		t.Errorf("%q: the figures stand against each other: %s", asked, words)
	}
	if has[420000] && killedWords.MatchString(words) && !woundedWords.MatchString(words) {
		t.Errorf("%q: all are called killed: %s", asked, words)
	}
}
