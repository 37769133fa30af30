package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

func TestTerms(t *testing.T) {
	t.Parallel()
	l := floodLexicon(t)
	for text, want := range map[string][2][]string{
		"":                                {nil, nil},
		"the of any":                      {nil, nil},
		"Did Upriver evacuate residents?": {{"group:residents", "metric:evacuated", "party:upriver", knowledge.AnyMetric}, {"upriv", "evacu", "resid"}},
		"the Delta, the Delta":            {{"party:delta", "place:delta"}, {"delta", "delta"}},
		"1,200 boats and 5k":              {nil, {"1200", "boat", "and", "5k"}},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			concepts, words := knowledge.Terms(l.Analyze(text))
			if diff := cmp.Diff(want, [2][]string{concepts, words}); diff != "" {
				t.Error(diff)
			}
		})
	}
}
