package correction_test

import (
	"testing"

	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/bot/moderation/correction/storetest"
	"github.com/whosays/whosays/knowledge"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) (knowledge.Store, correction.Store) {
		claims, err := knowledge.NewMemory(nil)
		if err != nil {
			t.Fatal(err)
		}
		return claims, storetest.NewMemory(claims)
	})
}
