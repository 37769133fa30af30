package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

func TestConcepts(t *testing.T) {
	t.Parallel()
	l := floodLexicon(t)
	for text, want := range map[string][]string{
		"":                                nil,
		"the of any":                      nil,
		"Did Upriver evacuate residents?": {"group:residents", "metric:evacuated", "party:upriver", knowledge.AnyMetric},
		"the Delta, the Delta":            {"party:delta", "place:delta"},
		"1,200 boats and 5k":              nil,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got := knowledge.Concepts(l.Analyze(text))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
