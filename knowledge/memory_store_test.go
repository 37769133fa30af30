package knowledge_test

import (
	"testing"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

func TestMemoryStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) knowledge.Store {
		m, err := knowledge.NewMemory(nil)
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}
