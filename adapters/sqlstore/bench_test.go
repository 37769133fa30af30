package sqlstore_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// engines are the URLs of new databases.
var engines = []struct {
	name string
	url  func(testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return filepath.Join(t.TempDir(), "base.db") }},
	{"postgres", func(t testing.TB) string { return servertest.Postgres(t) }},
}

// BenchmarkCommit acknowledges changes of one claim to 16 goroutines; SQLite waits for the disk each time.
func BenchmarkCommit(b *testing.B) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			s := openStore(b, e.url(b))
			var n atomic.Int64
			b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					id := fmt.Sprint("c-", n.Add(1))
					if _, err := s.Commit(b.Context(), storetest.Change(0, storetest.Claim("", id, 1, id))); err != nil {
						b.Error(err)
					}
				}
			})
			asked := ""
			if e.name == "sqlite" {
				asked = "≥ 1,000"
			}
			commits(b, e.name, asked, "")
		})
	}
}

// commits reports how many were acknowledged in a second: ours, or a peer's.
func commits(b *testing.B, engine, asked, peer string) {
	b.Helper()
	rate := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(rate, "commits/s")
	benchtable.Report(benchtable.Figure{
		Of: "commits of one claim, of 16 at once", What: engine, Unit: "a second", Asked: asked, Peer: peer, Seen: []float64{rate},
	})
}

// BenchmarkPlainCommit is the peer of BenchmarkCommit on SQLite: a transaction of its own for each row of the same size, as a
// program writes that leaves the waiting to the database.
func BenchmarkPlainCommit(b *testing.B) {
	u := url.URL{Scheme: "file", Path: filepath.Join(b.TempDir(), "plain.db"), RawQuery: url.Values{
		"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"},
	}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // it is over
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(b.Context(), "CREATE TABLE versions (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT"); err != nil {
		b.Fatal(err)
	}
	body, err := json.Marshal(storetest.Claim("", "c", 1, "c"))
	if err != nil {
		b.Fatal(err)
	}
	var n atomic.Int64
	b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := db.ExecContext(b.Context(), "INSERT INTO versions VALUES (?, ?)", fmt.Sprint("c-", n.Add(1)), string(body)); err != nil {
				b.Error(err)
			}
		}
	})
	commits(b, "sqlite", "", "a transaction for each")
}

// hundredThousand is a change of so many new claims.
func hundredThousand() knowledge.Change {
	claims := make([]knowledge.Claim, 100_000)
	for i := range claims {
		claims[i] = storetest.Claim("", fmt.Sprintf("claim-%06d", i), 1, fmt.Sprintf("About %d residents have been evacuated from the valley, says the mayor of Delta.", i))
		claims[i].Translations = map[string]string{"uk": "Із долини евакуювали жителів, каже міський голова."}
		claims[i].Caveats = []knowledge.Caveat{{Code: "undated"}}
	}
	return storetest.Change(0, claims...)
}

// BenchmarkImport commits 100,000 claims at once.
func BenchmarkImport(b *testing.B) {
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s, c := openStore(b, e.url(b)), hundredThousand()
				b.StartTimer()
				storetest.Commit(b, s, c)
			}
		})
	}
}

// BenchmarkReads reads 64 of 100,000 claims, and all of them, and opens a database that is up to date.
func BenchmarkReads(b *testing.B) {
	for _, e := range engines {
		url := e.url(b)
		s := openStore(b, url)
		storetest.Commit(b, s, hundredThousand())
		b.Run("claims/"+e.name, func(b *testing.B) { claimsOf64(b, s) })
		b.Run("heads/"+e.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Heads(b.Context(), "one"); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("scan/"+e.name, func(b *testing.B) {
			for b.Loop() {
				for _, err := range s.Scan(b.Context(), knowledge.Snapshot{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run("verify/"+e.name, func(b *testing.B) {
			for b.Loop() {
				verify(b, s, knowledge.Head{})
			}
		})
		b.Run("open/"+e.name, func(b *testing.B) {
			for b.Loop() {
				again, err := sqlstore.Open(b.Context(), url, sqlstore.Options{Existing: true})
				if err != nil {
					b.Fatal(err)
				}
				if err := again.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func claimsOf64(b *testing.B, s knowledge.Store) {
	b.Helper()
	h, err := s.Heads(b.Context(), "")
	if err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	keys := make([]knowledge.Key, 64)
	for b.Loop() {
		for i := range keys {
			keys[i].ID = fmt.Sprintf("claim-%06d", rand.IntN(100_000))
		}
		began := time.Now()
		got, err := s.Claims(b.Context(), h, keys)
		if took = append(took, time.Since(began)); err != nil || slices.Contains(got, nil) {
			b.Fatal(err)
		}
	}
	b.ReportMetric(benchtable.Quantiles(took).P99, "p99-ms")
}
