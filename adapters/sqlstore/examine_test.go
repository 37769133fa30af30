package sqlstore_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/checkup/checkuptest"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
)

// healthy is what is found of a database that has nothing wrong with it.
var healthy = []string{"ok ", "ok writing", "ok disk"}

// seen returns the state of each finding and of what it is.
func seen(found []checkup.Finding) (out []string) {
	for _, f := range found {
		out = append(out, string(f.State)+" "+f.What)
	}
	return out
}

// readOnly marks a file of SQLite as one that its format forbids to write (https://sqlite.org/fileformat.html#file_format_version_numbers):
// root may write every other.
func readOnly(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{3}, 18); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestExamine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lite, locked, later, file := filepath.Join(dir, "base.db"), filepath.Join(dir, "locked.db"), filepath.Join(dir, "later.db"), filepath.Join(dir, "file")
	for _, path := range []string{lite, locked, later} {
		if err := openStore(t, path).Close(); err != nil {
			t.Fatal(err)
		}
	}
	readOnly(t, locked)
	if err := os.WriteFile(file, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	execute(t, rawDB(t, "sqlite", later), "UPDATE goose_db_version SET version_id = 99 WHERE version_id = 1")
	there, old := servertest.Postgres(t), servertest.Postgres(t)
	openStore(t, there)
	u, err := url.Parse(there)
	if err != nil {
		t.Fatal(err)
	}
	reading, wrong := *u, *u
	query := u.Query()
	query.Set("default_transaction_read_only", "on")
	reading.RawQuery = query.Encode()
	wrong.User = url.UserPassword(u.User.Username(), canary)
	for name, tc := range map[string]struct {
		url  string
		want []string
		do   string // of the first that isn't ok
	}{
		"sqlite":           {lite, healthy, ""},
		"postgres":         {there, healthy[:2], ""},
		"none yet":         {filepath.Join(dir, "a", "b", "new.db"), []string{"off ", "ok disk"}, "whosays serve makes it when it starts"},
		"none can be made": {filepath.Join(file, "new.db"), []string{"fails "}, "Look at who may read its folder."},
		"another file":     {file, []string{"fails "}, "Name another file."},
		"only to be read":  {locked, []string{"ok ", "fails writing", "ok disk"}, "Look at who may write the file and its folder."},
		"a standby":        {reading.String(), []string{"ok ", "fails writing"}, "Name the one that takes what is written."},
		"without tables":   {old, []string{"warning tables"}, "Run whosays migrate up"},
		"of a later one":   {later, []string{"fails "}, "Use the newer one."},
		"nobody there":     {"postgres://user:" + canary + "@127.0.0.1:1/x", []string{"fails "}, "Look whether it runs and can be reached."},
		"a wrong password": {wrong.String(), []string{"fails "}, "Look at the user and the password."},
		"another scheme":   {"mysql://root:" + canary + "@localhost/x", []string{"fails "}, "database.url"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := sqlstore.Examine(t.Context(), tc.url)
			if got := strings.Join(seen(found), ", "); !strings.HasPrefix(got, strings.Join(tc.want, ", ")) {
				t.Errorf("%s: %+v", got, found)
			}
			if amiss := checkuptest.Amiss(t, found, canary); len(amiss) > 0 && !strings.Contains(amiss[0].Do, tc.do) {
				t.Errorf("%+v", amiss[0])
			}
		})
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	if _, ok, err := sqlstore.Clock(t.Context(), filepath.Join(t.TempDir(), "none.db")); ok || err != nil {
		t.Errorf("a file has a clock: %v", err)
	}
	at, ok, err := sqlstore.Clock(t.Context(), servertest.Postgres(t))
	if off := time.Since(at).Abs(); !ok || err != nil || off > time.Minute {
		t.Errorf("%v, %v, %v", at, ok, err)
	}
}
