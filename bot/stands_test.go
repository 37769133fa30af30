package bot

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// TestStands asks whether a reply may be shown again, after each way in which a claim of it changes.
func TestStands(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(k *kept, c knowledge.Claim)
		tenant string
		want   bool
	}{
		"nothing":            {func(*kept, knowledge.Claim) {}, "", true},
		"nothing, a tenant":  {func(*kept, knowledge.Claim) {}, "one", true},
		"retracted":          {func(k *kept, c knowledge.Claim) { k.retract(c.Key()) }, "", false},
		"revised":            {func(k *kept, c knowledge.Claim) { c.Aliases = append(c.Aliases, "another way to ask"); k.revise(c) }, "", false},
		"a tenant's own now": {func(k *kept, c knowledge.Claim) { k.add("one", c) }, "one", false},
		"another tenant's":   {func(k *kept, c knowledge.Claim) { k.add("two", c) }, "one", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKept(t)
			c := k.add("", seedClaim(t, "K1"))
			reply := chat.Reply{Findings: []chat.Finding{{Verdict: chat.Matches, Claim: &c}}}
			tc.change(k, c)
			if got, err := k.Stands(t.Context(), tc.tenant, &reply); err != nil || got != tc.want {
				t.Errorf("%t %v", got, err)
			}
		})
	}
}
