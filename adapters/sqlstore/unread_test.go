package sqlstore_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/knowledge"
)

// TestUnreadableDelivery holds that a record which can't be read, such as one of a newer program, is in nobody's way.
func TestUnreadableDelivery(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base.db")
	s := openStore(t, path).Deliveries()
	for _, key := range []string{"first", "second"} {
		if _, _, err := s.Insert(t.Context(), storetest.Record("one", key), -time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	execute(t, rawDB(t, "sqlite", path), `UPDATE deliveries SET reply = '{"format":2}', due = due - 1 WHERE key = 'first'`)
	got, err := s.Take(t.Context(), "post", time.Hour, 9)
	if len(got) != 1 || got[0].Key != "second" || knowledge.KindOf(err) != knowledge.Internal {
		t.Errorf("%d records, %v", len(got), err)
	}
	if got, err := s.Take(t.Context(), "post", time.Hour, 9); len(got) != 0 || err != nil {
		t.Errorf("at once again: %d records, %v", len(got), err)
	}
}
