package bot

import (
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/starter"
)

// baseTrap is a trap of sources/README.md as it is met on the whole starter base, where rivals, series and sources
// stand beside what the seed article says.
type baseTrap struct {
	trap
	first    string                // id of the claim that stands first
	order    []string              // ids of claims, shown in this order
	hides    []string              // ids of claims that aren't shown
	within   [][2]string           // id of a claim and pattern: somewhere in its blocks
	without  [][2]string           // id of a claim and pattern: nowhere in its blocks
	verdict  chat.Verdict          // of the statement's first finding
	mixups   []knowledge.Dimension // of that finding
	unproven bool                  // no finding of the statement says that a claim states it
}

// whole is a bot on the whole starter base.
var whole = sync.OnceValues(func() (*Bot, error) {
	all, err := starter.Claims()
	if err != nil {
		return nil, err
	}
	return botOn(all...)
})

func wholeBot(t testing.TB) *Bot {
	t.Helper()
	b, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStarterTraps(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for _, tc := range slices.Concat(starterTrapsOfSoldiers, starterTrapsOfRivals, starterTrapsOfCivilians, starterTrapsOfTalks, starterTrapsOfSources, starterTrapsInShort) {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.meet(t, asked(t, b, tc.trap))
		})
	}
}

// TestEachTrapIsMet: nineteen traps, each in English and in another language.
func TestEachTrapIsMet(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^trap (\d\d) .*, (en|uk|ru)$`)
	langs := map[string]map[string]bool{}
	for _, tc := range slices.Concat(starterTrapsOfSoldiers, starterTrapsOfRivals, starterTrapsOfCivilians, starterTrapsOfTalks, starterTrapsOfSources, starterTrapsInShort) {
		m := name.FindStringSubmatch(tc.name)
		if m == nil {
			t.Errorf("%q doesn't name its trap and language", tc.name)
			continue
		}
		if langs[m[1]] == nil {
			langs[m[1]] = map[string]bool{}
		}
		langs[m[1]][m[2]] = true
	}
	const traps = 19
	if len(langs) != traps {
		t.Errorf("%d traps are met, wanted %d", len(langs), traps)
	}
	for trap, met := range langs {
		if !met["en"] || len(met) < 2 {
			t.Errorf("trap %s is met in %v only", trap, met)
		}
	}
}

// meet holds a reply against the trap.
func (tc baseTrap) meet(t *testing.T, r chat.Reply) {
	t.Helper()
	tc.trap.meet(t, r)
	if err := guard.Check(r); err != nil {
		t.Errorf("the guard stops it: %v", err)
	}
	if found := loose(r, unquoted(r), ""); len(found) > 0 {
		t.Errorf("numbers without a source: %q", found)
	}
	var ids []string
	for _, c := range shownClaims(r) {
		ids = append(ids, c.ID)
	}
	if tc.first != "" && (len(ids) == 0 || ids[0] != idOf(tc.first)) {
		t.Errorf("%s isn't first of %q", tc.first, ids)
	}
	for i, id := range tc.order {
		if at := slices.Index(ids, idOf(id)); at < 0 || i > 0 && at < slices.Index(ids, idOf(tc.order[i-1])) {
			t.Errorf("%s isn't in its place in %q", id, ids)
		}
	}
	for _, id := range tc.hides {
		if slices.Contains(ids, idOf(id)) {
			t.Errorf("%s is shown", id)
		}
	}
	for _, want := range tc.within {
		if !regexp.MustCompile(`(?i)` + want[1]).MatchString(blocksOf(r, idOf(want[0]))) {
			t.Errorf("nothing in the blocks of %s matches %q", want[0], want[1])
		}
	}
	for _, never := range tc.without {
		if found := regexp.MustCompile(`(?i)` + never[1]).FindString(blocksOf(r, idOf(never[0]))); found != "" {
			t.Errorf("the blocks of %s say %q", never[0], found)
		}
	}
	tc.judged(t, r)
	if t.Failed() {
		t.Logf("%q:\n%s", tc.text, plain(r))
	}
}

// judged holds the findings against the trap.
func (tc baseTrap) judged(t *testing.T, r chat.Reply) {
	t.Helper()
	if tc.verdict != "" {
		if len(r.Findings) == 0 || r.Findings[0].Verdict != tc.verdict || tc.mixups != nil && !sameSet(r.Findings[0].Mixups, tc.mixups) {
			t.Errorf("findings %+v, wanted %s %v first", verdictsOf(r), tc.verdict, tc.mixups)
		}
	}
	if tc.unproven && (len(r.Findings) == 0 || slices.Contains(verdictsOf(r), chat.Matches)) {
		t.Errorf("findings %v: no claim states this", verdictsOf(r))
	}
}

func verdictsOf(r chat.Reply) []chat.Verdict {
	var out []chat.Verdict
	for _, f := range r.Findings {
		out = append(out, f.Verdict)
	}
	return out
}

// blocksOf is what a reply says of one claim.
func blocksOf(r chat.Reply, id string) string {
	return lines(chat.Reply{Blocks: slices.DeleteFunc(slices.Clone(r.Blocks), func(b chat.Block) bool { return b.ClaimID != id })}, func(p chat.Part) bool { return p.Kind != chat.Wrote })
}
