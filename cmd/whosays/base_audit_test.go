package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge/storetest"
)

// TestVerifyARemovedTenant holds that verify says when a tenant was removed, and by which change.
func TestVerifyARemovedTenant(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "base.db")
	store, err := sqlstore.Open(t.Context(), db, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := storetest.Commit(t, store, storetest.Change(0, storetest.Claim("discord:7", "a", 1, "x")))
	removed, err := store.ForgetTenant(t.Context(), "discord:7", "discord", "the server removed the bot")
	if err != nil {
		t.Fatal(err)
	}
	back := storetest.Commit(t, store, storetest.Change(9, storetest.Claim("discord:7", "a", 1, "x")))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	out, errs, status := ran(t, nil, "base", "verify", "--db", db, "--head", headDoc{"discord:7", before.Revision, before.Hash}.String())
	want := "discord:7: removed on " + removed.Head.At.Format(time.DateOnly) + " by change 2, with all before it; changes since: 1, each as it was made\n" +
		"  head " + headDoc{"discord:7", back.Revision, back.Hash}.String() + "\n"
	if status != exitOK || !strings.Contains(out, want) {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	out, _, _ = ran(t, nil, "base", "verify", "--db", db, "--tenant", "discord:7", "--json")
	var doc verdictDoc
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Removed == nil || doc.Removed.Revision != 2 || !doc.Removed.At.Equal(removed.Head.At) || doc.Revision != 3 {
		t.Errorf("%s", out)
	}
}
