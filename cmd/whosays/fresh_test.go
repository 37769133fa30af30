package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/knowledge"
)

// stuck is a store that deletes nothing.
type stuck struct{ *delivery.Memory }

func (stuck) Forget(context.Context, time.Time) (int, error) {
	return 3, &knowledge.Error{Kind: knowledge.Unavailable, Msg: "The database is away."}
}

func TestForget(t *testing.T) {
	t.Parallel()
	said := delivery.NewMemory()
	r, _, err := said.Insert(t.Context(), storetest.Said("one", "event"), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		store  delivery.Store
		before time.Time
		line   string
	}{
		"too new": {said, r.At, "level=INFO msg=\"what was said long ago is deleted\" deleted=0"},
		"stuck":   {stuck{said}, r.At.Add(time.Second), "level=ERROR msg=\"what was said long ago can't be deleted: it is tried again tomorrow\" deleted=3"},
	} {
		var log bytes.Buffer
		forget(t.Context(), tc.store, tc.before, slog.New(slog.NewTextHandler(&log, nil)))
		if !strings.Contains(log.String(), tc.line) {
			t.Errorf("%s: the log says %s", name, &log)
		}
		if _, err := said.Get(t.Context(), "one", r.ID); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	forget(t.Context(), said, r.At.Add(time.Second), slog.New(slog.DiscardHandler))
	if _, err := said.Get(t.Context(), "one", r.ID); knowledge.KindOf(err) != knowledge.NotFound {
		t.Errorf("it is still there: %v", err)
	}
}
