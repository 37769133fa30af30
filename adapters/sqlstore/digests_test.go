package sqlstore_test

import (
	"testing"

	"github.com/whosays/whosays/bot/digest/storetest"
)

func TestDigests(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			storetest.Run(t, func(t testing.TB) storetest.Stores {
				s := openStore(t, e.url(t))
				return storetest.Stores{Digests: s.Digests(), Outbox: s.Deliveries()}
			})
		})
	}
}
