package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge"
)

// umbrellas is a base of claims about things of which the lexicon knows nothing.
func umbrellas(t *testing.T) *Bot {
	t.Helper()
	var claims []knowledge.Claim
	for i, text := range []string{
		"The mayor of Lower Brook has banned red umbrellas from the market square.",
		"A heron was elected to the council of Lower Brook by mistake.",
		"The ferry between Upper Brook and the lighthouse runs on leftover soup.",
		"Every bell in the valley was stolen during the night of the comet.",
		"The school of Lower Brook replaced its teachers with a jukebox.",
	} {
		claims = append(claims, knowledge.Claim{
			ID: fmt.Sprint("valley-", i), Kind: knowledge.KindStatement, Text: text, Attribution: knowledge.Attribution{Standing: "unattributed"},
			Sources: []knowledge.Source{{Publisher: "The Valley Courier"}},
		})
	}
	b, err := botOn(claims...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A long message repeats a claim in which no scope can be read: nothing is judged, and the claim is offered.
func TestAMessageIsOfferedTheClaimThatItIsAbout(t *testing.T) {
	t.Parallel()
	b := umbrellas(t)
	for text, want := range map[string]string{
		"OMG!! The mayor of Lower Brook just BANNED red umbrellas on the market square?! #LowerBrook https://t.co/abc — Ann (@ann_b) May 1, 2020": "valley-0",
		"So apparently the ferry from Upper Brook to the lighthouse is running on leftover soup now, can anyone confirm? pic.twitter.com/x":       "valley-2",
		"What a lovely evening at the market, the weather was great and the soup even better.":                                                    "",
	} {
		r := checks(t, b, text)
		var shown []string
		for _, s := range r.Shown {
			shown = append(shown, s.Claim.ID)
		}
		if got := strings.Join(shown, " "); got != want {
			t.Errorf("%q: shows %q, want %q\n%s", text, got, want, plain(r))
		}
		for _, f := range r.Findings {
			if f.Claim != nil {
				t.Errorf("%q: a verdict rests on %s", text, f.Claim.ID)
			}
		}
	}
}
