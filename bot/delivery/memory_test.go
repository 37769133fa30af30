package delivery_test

import (
	"testing"

	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(testing.TB) delivery.Store { return storetest.NewMemory() })
}
