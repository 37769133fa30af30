package sqlstore_test

import (
	"testing"

	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
)

func TestDeliveries(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			storetest.Run(t, func(t testing.TB) delivery.Store { return openStore(t, e.url(t)).Deliveries() })
		})
	}
}
