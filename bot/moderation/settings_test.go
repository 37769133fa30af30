package moderation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/storetest"
)

// Two managers have read the same settings: who is later changes what they meant to change, and nothing besides.
func TestSettingsOfTwoManagers(t *testing.T) {
	t.Parallel()
	read := moderation.Settings{Corrections: true}
	for name, tc := range map[string]struct {
		first, second, want moderation.Settings
	}{
		"other fields": {
			moderation.Settings{Approvals: 1, Corrections: true},
			moderation.Settings{Lang: "uk", Corrections: true},
			moderation.Settings{Lang: "uk", Approvals: 1, Corrections: true},
		},
		"each field": {
			moderation.Settings{Lang: "uk", Approvals: 1, Corrections: true},
			moderation.Settings{},
			moderation.Settings{Lang: "uk", Approvals: 1},
		},
		"the same field": {
			moderation.Settings{Lang: "uk", Corrections: true},
			moderation.Settings{Lang: "ru", Corrections: true},
			moderation.Settings{Lang: "ru", Corrections: true},
		},
		"nothing": {moderation.Settings{Approvals: 1}, read, moderation.Settings{Approvals: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			for _, s := range []moderation.Settings{tc.first, tc.second} {
				change := set(s)
				change.Read = &read
				storetest.Do(t, p.Council, boss(), change, moderation.Made) // none of them waits: none asks for fewer approvals
			}
			is, err := p.Settings(t.Context(), "one")
			if diff := cmp.Diff(tc.want, is); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
}
