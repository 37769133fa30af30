//go:build unix

package sqlstore_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	knowledgetest "github.com/whosays/whosays/knowledge/storetest"
)

// beforeFollowed is the stage at which all is said, and a process is stopped in front of noting it.
const beforeFollowed = "followed"

// stagedFollowed is a store whose process is stopped in front of a call.
type stagedFollowed struct {
	correction.Store
	stop func(stage string)
}

func (s stagedFollowed) Followed(ctx context.Context, of correction.Stretch) (bool, error) {
	s.stop(beforeFollowed)
	return s.Store.Followed(ctx, of)
}

// crashLexicon is read once by each process.
var crashLexicon = sync.OnceValues(lexicon.Default)

// runCorrections corrects, as a replica does, until the context ends.
func runCorrections(ctx context.Context, s *sqlstore.Store, platform string, stop func(string)) error {
	lex, err := crashLexicon()
	if err != nil {
		return err
	}
	base, err := knowledge.NewBase(ctx, lex, s)
	if err != nil {
		return err
	}
	desk := crashDesk(staged{s.Deliveries(), stop}, platform, stop)
	c, err := correction.New(correction.Options{
		Base: base, Store: stagedFollowed{s.Followed(), stop}, Lexicon: lex, Desks: []correction.Desk{{Desk: desk}},
		Wanted: func(context.Context, string) (bool, error) { return true, nil },
		Pace:   time.Millisecond, Poll: 20 * time.Millisecond, Grace: 200 * time.Millisecond,
	})
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	all.Go(func() { desk.Run(ctx) })
	all.Go(func() { c.Run(ctx) })
	all.Wait()
	return nil
}

// correctOnce corrects, and stops at a stage by SIGSTOP.
func correctOnce(s *sqlstore.Store, stage, platform string) int {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	err := runCorrections(context.Background(), s, platform, func(at string) {
		if at == stage {
			fmt.Println("at", at)
			_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP) // its threads go on for a moment
			<-goesOn
		}
	})
	fmt.Println("ended", err)
	return 1
}

// crashedMessages is how many messages quote what is taken back.
const crashedMessages = 3

// takeBack has messages quote a claim that is then taken back.
func takeBack(t testing.TB, s *sqlstore.Store) {
	t.Helper()
	was := storetest.Claim("", "a", 1)
	knowledgetest.Commit(t, s, knowledgetest.Change(0, was))
	for i := range crashedMessages {
		r := storetest.Said("one", fmt.Sprint("event", i), was)
		if _, first, err := s.Deliveries().Insert(t.Context(), r, time.Minute); err != nil || !first {
			t.Fatal(first, err)
		}
	}
	is := storetest.Claim("", "a", 2)
	is.Status, is.Reason = knowledge.StatusRetracted, "withdrawn"
	knowledgetest.Commit(t, s, knowledgetest.Change(1, is))
}

// SIGKILL between any two steps of a correction: each message is answered once, and it is noted that all were.
func TestCorrectKilled(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		for name, can := range crashes {
			if can.tells != (e.name == "postgres") { // TestSayKilled has all pairs
				continue
			}
			for _, stage := range []string{beforeInsert, beforePost, unanswered, beforeFinish, beforeFollowed} {
				t.Run(e.name+"/"+name+"/"+stage, func(t *testing.T) {
					t.Parallel()
					address := e.url(t)
					s := openStore(t, address)
					takeBack(t, s)
					p := startPlatform(t, can.nonces, can.tells, stage == unanswered)
					c := startChild(t, "correct:"+stage+"@"+p.URL, address)
					if stage == unanswered {
						waitFor(t, func() bool { posts, _ := p.count(); return posts > 0 })
					} else {
						c.until(t, "at "+stage)
					}
					c.kill(t)
					correctOn(t, s, p)
					if posts, _ := p.count(); posts != crashedMessages {
						t.Errorf("%d posts", posts)
					}
					corrected := map[string]bool{}
					for r, err := range s.Deliveries().Quoting(t.Context(), "post", knowledge.Key{ID: "a"}, time.Time{}) {
						if err != nil {
							t.Fatal(err)
						}
						if len(r.Reply.Was) > 0 && r.State == delivery.StateSent {
							corrected[r.Key] = true
						}
					}
					if len(corrected) != crashedMessages {
						t.Errorf("corrected: %v", corrected)
					}
				})
			}
		}
	}
}

// correctOn runs another replica until all are told.
func correctOn(t testing.TB, s *sqlstore.Store, p *platform) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- runCorrections(ctx, s, p.URL, func(string) {}) }()
	waitFor(t, func() bool {
		left, err := s.Followed().Behind(t.Context())
		return err == nil && len(left) == 0
	})
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
