package sqlstore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// Row 15 of the reliability table: reads and writes across tenants; 0 leaks in 10,000 random sequences.
func TestTenantsNeverMix(t *testing.T) {
	t.Parallel()
	lite := func(t testing.TB) string { return filepath.Join(t.TempDir(), "base.db") }
	for name, tc := range map[string]struct {
		sequences int
		url       func(testing.TB) string
	}{
		"sqlite 1": {2500, lite}, "sqlite 2": {2500, lite}, "sqlite 3": {2500, lite}, "sqlite 4": {2500, lite},
		"postgres": {500, func(t testing.TB) string { return servertest.Postgres(t) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			neverMix(t, openStore(t, tc.url(t)), tc.sequences)
		})
	}
}

func neverMix(t *testing.T, s knowledge.Store, sequences int) {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	l := &leaks{T: t, store: s, rand: rand.New(rand.NewPCG(seed, 15)), versions: map[knowledge.Key]int{}}
	for i := range sequences {
		l.tenants = []string{"", fmt.Sprintf("one-%d", i/100), fmt.Sprintf("two-%d", i/100), fmt.Sprintf("three-%d", i/100)}
		for range 1 + l.rand.IntN(5) {
			l.step()
		}
		if t.Failed() {
			t.Fatalf("in sequence %d", i)
		}
	}
	if l.read < sequences {
		t.Errorf("only %d claims were read", l.read)
	}
}

// leaks reads and writes as somebody of a tenant, and holds that nothing of another is seen. All have the same ids, and each
// text says whose it is.
type leaks struct {
	*testing.T
	store    knowledge.Store
	rand     *rand.Rand
	tenants  []string
	versions map[knowledge.Key]int
	read     int
}

func (l *leaks) tenant() string { return l.tenants[l.rand.IntN(len(l.tenants))] }

func (l *leaks) key() knowledge.Key {
	return knowledge.Key{Tenant: l.tenant(), ID: string(rune('a' + l.rand.IntN(4)))}
}

func (l *leaks) step() {
	tenant := l.tenant()
	switch l.rand.IntN(6) {
	case 0, 1:
		l.write()
	case 2:
		l.claims(tenant)
	case 3:
		for _, c := range storetest.Gather(l, l.store.Scan(l.Context(), knowledge.Snapshot{Tenant: tenant})) {
			l.seen(c, tenant)
		}
	case 4:
		l.edits(tenant)
	case 5:
		of := knowledge.Trail{Tenant: tenant}
		if tenant == "" || l.rand.IntN(2) == 0 {
			of.ID = l.key().ID
		}
		for _, c := range storetest.Gather(l, l.store.Changes(l.Context(), of)) {
			if c.Tenant != tenant || c.Reason != "of "+tenant {
				l.Errorf("%q sees a change of %q", tenant, c.Tenant)
			}
			for _, claim := range c.Claims {
				l.seen(claim, tenant)
			}
		}
	}
}

func (l *leaks) write() {
	k := l.key()
	if k.Tenant == "" && l.rand.IntN(20) > 0 { // its chain lives through all sequences
		return
	}
	c := storetest.Change(0, storetest.Claim(k.Tenant, k.ID, l.versions[k]+1, "of "+k.Tenant))
	c.Reason = "of " + k.Tenant
	storetest.Commit(l, l.store, c)
	l.versions[k]++
}

func (l *leaks) claims(tenant string) {
	h := l.heads(tenant)
	var keys []knowledge.Key
	for range 6 {
		keys = append(keys, l.key())
	}
	got, err := l.store.Claims(l.Context(), h, keys)
	if err != nil {
		l.Fatal(err)
	}
	for _, c := range got {
		if c != nil {
			l.seen(*c, tenant, "")
		}
	}
}

func (l *leaks) edits(tenant string) {
	h := l.heads(tenant)
	for _, e := range storetest.Gather(l, l.store.Edits(l.Context(), tenant, knowledge.Head{}, h.Of(tenant))) {
		l.seen(e.Is, tenant)
	}
}

func (l *leaks) heads(tenant string) knowledge.Heads {
	h, err := l.store.Heads(l.Context(), tenant)
	if err != nil {
		l.Fatal(err)
	}
	if want := l.own(tenant); h.Of(tenant).Revision != want {
		l.Errorf("the head of %q is %d, but it has made %d changes", tenant, h.Of(tenant).Revision, want)
	}
	return h
}

// own returns how many changes a tenant has made.
func (l *leaks) own(tenant string) (n int64) {
	for _, id := range []string{"a", "b", "c", "d"} {
		n += int64(l.versions[knowledge.Key{Tenant: tenant, ID: id}])
	}
	return n
}

// seen holds that a claim is of one of the tenants, and says so itself.
func (l *leaks) seen(c knowledge.Claim, tenants ...string) {
	l.read++
	for _, tenant := range tenants {
		if c.Tenant == tenant && c.Text == "of "+tenant {
			return
		}
	}
	l.Errorf("%q sees claim %q of %q: %s", tenants[0], c.ID, c.Tenant, c.Text)
}

// attacks are statements of an attacker who has the role of the store, as a tenant, and how many rows each may see or change.
type attacks map[string]struct {
	tenant, sql string
	rows        int64 // −1: it is refused
}

func (all attacks) try(t *testing.T, url string) {
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			tx, err := asApp(t, url, tc.tenant).BeginTx(t.Context(), nil) // what one adds, no other sees
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback() //nolint:errcheck // nothing is kept
			done, err := tx.ExecContext(t.Context(), tc.sql)
			if (tc.rows < 0) != (err != nil) {
				t.Fatal(err)
			}
			if err == nil {
				if n, _ := done.RowsAffected(); n != tc.rows {
					t.Errorf("%d rows, want %d", n, tc.rows)
				}
			}
		})
	}
}

// Row 15 of the reliability table: SQL of an attacker, who has the role of the store, is stopped by row-level security.
func TestRowLevelSecurity(t *testing.T) {
	t.Parallel()
	url := servertest.Postgres(t)
	s := openStore(t, url)
	for _, tenant := range []string{"", "one", "two"} {
		storetest.Commit(t, s, storetest.Change(0, storetest.Claim(tenant, "a", 1, "of "+tenant)))
	}
	const add = "INSERT INTO versions VALUES ('%s', 'x', 1, 1, 'figure', '{}')"
	attacks{
		"sees its own and the shared": {"one", "SELECT FROM versions", 2},
		"sees none of another":        {"one", "SELECT FROM versions WHERE tenant = 'two'", 0},
		"nor its changes":             {"one", "SELECT FROM changes WHERE tenant = 'two'", 0},
		"nor by a join":               {"one", "SELECT FROM heads h JOIN versions v ON v.tenant = h.tenant AND h.tenant = 'two'", 0},
		"the shared base alone":       {"", "SELECT FROM versions", 1},
		"adds to its own":             {"one", fmt.Sprintf(add, "one"), 1},
		"not to another":              {"one", fmt.Sprintf(add, "two"), -1},
		"not to the shared":           {"one", fmt.Sprintf(add, ""), -1},
		"no change of another":        {"one", "INSERT INTO changes VALUES ('two', 2, 'add', 'x', '', 0, '')", -1},
		"moves no other head":         {"one", "UPDATE heads SET revision = 9 WHERE tenant = 'two'", 0},
		"nor the shared":              {"one", "UPDATE heads SET revision = 9 WHERE tenant = ''", 0},
		"makes no other head":         {"one", "INSERT INTO heads VALUES ('three', 1, 'x', 0)", -1},
		"deletes no head":             {"one", "DELETE FROM heads", -1},
		"empties nothing":             {"one", "TRUNCATE versions", -1},
		"doesn't lift it":             {"one", "ALTER TABLE versions DISABLE ROW LEVEL SECURITY", -1},
		"nor by a row setting":        {"one", "SET row_security = off; SELECT FROM versions", -1},
	}.try(t, url)
	var owners int
	if err := rawDB(t, "pgx", url).QueryRowContext(t.Context(), "SELECT count(*) FROM versions WHERE tenant = 'two'").Scan(&owners); err != nil || owners != 0 {
		t.Errorf("the owner sees %d rows of a tenant, %v", owners, err)
	}
}
