package moderation_test

import (
	"testing"

	"github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

// memory returns stores that keep nothing, with some claims in them.
func memory(t testing.TB, claims ...knowledge.Claim) storetest.Stores {
	t.Helper()
	m, err := knowledge.NewMemory(claims)
	if err != nil {
		t.Fatal(err)
	}
	return storetest.Stores{Claims: m, Council: storetest.NewMemory(m)}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) storetest.Stores { return memory(t) })
}
