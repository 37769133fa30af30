package main

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/digest"
	digesttest "github.com/whosays/whosays/bot/digest/storetest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/gaptest"
)

// What was said, reported and asked is kept for thirty days, and then deleted.
func TestForgetOld(t *testing.T) {
	t.Parallel()
	s, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "base.db"), sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := s.Deliveries().Insert(t.Context(), storetest.Said("one", "event"), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Reports().Add(t.Context(), moderation.Report{Tenant: "one", ID: "r", At: r.At, Note: "x"}); err != nil {
		t.Fatal(err)
	}
	asked := gaptest.Asking("one", "a", "post:1", "x", 1)
	asked.Day.Year, asked.Day.Month, asked.Day.Day = r.At.Year(), r.At.Month(), r.At.Day()
	if err := s.Gaps().Note(t.Context(), asked); err != nil {
		t.Fatal(err)
	}
	sub, err := s.Digests().Put(t.Context(), digesttest.Subscription("one", "a"))
	if err != nil {
		t.Fatal(err)
	}
	e := digesttest.Edition(sub)
	e.Outcome, e.Slot.At = digest.Nothing, r.At
	if done, err := s.Digests().Publish(t.Context(), sub, e, 0); err != nil || !done {
		t.Fatal(done, err)
	}
	deleted := func(days int) (out []string) {
		var log bytes.Buffer
		forgetOld(t.Context(), s, r.At.Add(time.Duration(days)*24*time.Hour+time.Second), slog.New(slog.NewTextHandler(&log, nil)))
		for line := range strings.Lines(log.String()) {
			level, _, _ := strings.Cut(line[strings.Index(line, "level="):], " ")
			out = append(out, level+" "+strings.TrimSpace(strings.SplitN(line[strings.Index(line, "what="):], " error", 2)[0]))
		}
		return out
	}
	for _, tc := range []struct {
		days int
		want string
	}{{29, "0"}, {31, "1"}, {32, "0"}} {
		want := []string{"level=INFO what=said deleted=" + tc.want, "level=INFO what=reported deleted=" + tc.want, `level=INFO what="of digests" deleted=` + tc.want, "level=INFO what=asked deleted=" + tc.want}
		if diff := cmp.Diff(want, deleted(tc.days)); diff != "" {
			t.Errorf("after %d days: %s", tc.days, diff)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"level=ERROR what=said deleted=0", "level=ERROR what=reported deleted=0", `level=ERROR what="of digests" deleted=0`, "level=ERROR what=asked deleted=0"}
	if diff := cmp.Diff(want, deleted(40)); diff != "" {
		t.Errorf("without the database: %s", diff)
	}
}
