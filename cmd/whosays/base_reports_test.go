package main

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/moderation"
)

func TestBaseReports(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "base.db")
	store, err := sqlstore.Open(t.Context(), db, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reported := moderation.Report{
		ID: "discord:1", Tenant: "discord:7", At: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), Lang: "en",
		Note: "It is out\nof date.", Claims: []moderation.Version{{ID: "a", Revision: 1}, {ID: "b", Revision: 2}},
	}
	if err := store.Reports().Add(t.Context(), reported); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	out, errs, status := ran(t, nil, "base", "reports", "--db", db, "--tenant", "discord:7")
	if want := "2026-05-01 12:00:00  It is out of date.\n  a b\n"; status != exitOK || out != want {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if out, _, _ := ran(t, nil, "base", "reports", "--db", db); out != "" {
		t.Errorf("another tenant's: %s", out)
	}
	out, _, _ = ran(t, nil, "base", "reports", "--db", db, "--tenant", "discord:7", "--json")
	var doc reportDoc
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reportDoc(reported), doc); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
