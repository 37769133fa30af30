package digest_test

import (
	"testing"

	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest/storetest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(testing.TB) storetest.Stores {
		out := deliverytest.NewMemory()
		return storetest.Stores{Digests: storetest.NewMemory(out), Outbox: out}
	})
}
