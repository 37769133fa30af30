package digest_test

import (
	"testing"

	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/bot/digest/storetest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(testing.TB) storetest.Stores {
		out := delivery.NewMemory()
		return storetest.Stores{Digests: digest.NewMemory(out), Outbox: out}
	})
}
