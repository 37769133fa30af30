//go:build unix

package sqlstore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
)

// The stages at which a process that says something is stopped by a signal of its own.
const (
	beforeInsert = "insert"
	beforePost   = "post"   // the row is written
	unanswered   = "answer" // the platform has the post, and hasn't answered
	beforeFinish = "finish" // the platform has answered
)

// crashLease is short, for the tests wait for its end, and long enough for a process that writes and begins to send on a slow machine: one
// that takes longer rightly leaves it to others.
const crashLease = 1500 * time.Millisecond

// dropping ends the address of a platform that drops a second post of one nonce.
const dropping = "/drops"

// platform is a chat for several processes. It drops a second post of one nonce, or tells what stands there.
type platform struct {
	*httptest.Server
	nonces, tells bool

	mu    sync.Mutex
	posts []url.Values
	sends int
	hold  bool // the next post isn't answered before it is released
	freed chan struct{}
}

func startPlatform(t testing.TB, nonces, tells, hold bool) *platform {
	t.Helper()
	p := &platform{nonces: nonces, tells: tells, hold: hold, freed: make(chan struct{})}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	t.Cleanup(func() { close(p.freed) })
	if nonces {
		p.URL += dropping
	}
	return p
}

func (p *platform) serve(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p.mu.Lock()
	found := -1
	for i, is := range p.posts {
		if is.Get("nonce") == q.Get("nonce") {
			found = i
		}
	}
	hold := false
	if r.Method == http.MethodPost {
		p.sends++
		if found < 0 || !p.nonces {
			found = len(p.posts)
			p.posts = append(p.posts, q)
		}
		hold, p.hold = p.hold, false
	}
	p.mu.Unlock()
	if hold {
		<-p.freed
	}
	if r.Method == http.MethodGet && !p.tells {
		found = -2
	}
	_ = json.NewEncoder(w).Encode(found) // the caller may be gone
}

// count returns how many posts stand there, and how often it was asked to take one.
func (p *platform) count() (posts, sends int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.posts), p.sends
}

// sender is a process's way to the platform.
type sender struct {
	url  string
	stop func(stage string)
}

func (s sender) call(ctx context.Context, method string, post chat.Post) (n int, err error) {
	r, err := http.NewRequestWithContext(ctx, method, s.url+"?nonce="+post.Nonce(), nil)
	if err != nil {
		return 0, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return n, errors.Join(json.NewDecoder(answer.Body).Decode(&n), answer.Body.Close())
}

func (s sender) Send(ctx context.Context, post chat.Post) (chat.MessageRef, error) {
	s.stop(beforePost)
	n, err := s.call(ctx, http.MethodPost, post)
	return chat.MessageRef(fmt.Sprintf("message:%d", n)), err
}

func (s sender) Lookup(ctx context.Context, post chat.Post, _ time.Duration) (chat.MessageRef, chat.Presence, error) {
	n, err := s.call(ctx, http.MethodGet, post)
	switch {
	case err != nil || n == -2:
		return "", chat.PresenceUnknown, err
	case n == -1:
		return "", chat.PresenceAbsent, nil
	}
	return chat.MessageRef(fmt.Sprintf("message:%d", n)), chat.PresenceFound, nil
}

// staged is a store whose process is stopped in front of a call.
type staged struct {
	delivery.Store
	stop func(stage string)
}

func (s staged) Insert(ctx context.Context, r delivery.Record, lease time.Duration) (delivery.Record, bool, error) {
	s.stop(beforeInsert)
	return s.Store.Insert(ctx, r, lease)
}

func (s staged) Finish(ctx context.Context, r delivery.Record, end delivery.Result) (delivery.Record, bool, error) {
	s.stop(beforeFinish)
	out, held, err := s.Store.Finish(ctx, r, end)
	fmt.Println("finished", held, end.State, err)
	return out, held, err
}

func crashDesk(s delivery.Store, platform string, stop func(string)) *delivery.Desk {
	o := delivery.Options{Name: "post", Store: s, Sender: sender{platform, stop}, Lease: crashLease, Poll: 20 * time.Millisecond}
	if strings.HasSuffix(platform, dropping) {
		o.Nonces = time.Hour
	}
	return delivery.New(o)
}

var crashPost = chat.Post{To: "post:1/2", Key: "event", Reply: storetest.Reply(storetest.Claim("", "a", 1))}

// sayOnce says one thing, and stops at a stage by SIGSTOP, until SIGCONT.
func sayOnce(s *sqlstore.Store, stage, platform string) int {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	stop := func(at string) {
		if at == stage {
			fmt.Println("at", at)
			_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP) // its threads go on for a moment
			<-goesOn
		}
	}
	d := crashDesk(staged{s.Deliveries(), stop}, platform, stop)
	r, err := d.Say(context.Background(), "one", crashPost)
	fmt.Println("said", r.State, err)
	return 0
}

// goOn runs another replica's desk until the post is said, and returns its record.
func goOn(t testing.TB, s *sqlstore.Store, p *platform) delivery.Record {
	t.Helper()
	d := crashDesk(s.Deliveries(), p.URL, func(string) {})
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Run(ctx)
	}()
	defer func() {
		stop()
		<-done
	}()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		// Its platform delivers the event again: where it was written, that is nothing new.
		r, err := d.Say(ctx, "one", crashPost)
		if err != nil {
			t.Fatal(err)
		}
		if r.State == delivery.StateSent {
			return r
		}
		<-look.C
	}
}

// crashes are the platforms on which a crash is survived: by the nonce, and by looking.
var crashes = map[string]struct{ nonces, tells bool }{
	"drops a second one":  {true, false},
	"tells what is there": {false, true},
}

// Row 2 of the reliability table: SIGKILL at each stage; 0 lost, 0 twice.
func TestSayKilled(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		for name, can := range crashes {
			for _, stage := range []string{beforeInsert, beforePost, unanswered, beforeFinish} {
				t.Run(e.name+"/"+name+"/"+stage, func(t *testing.T) {
					t.Parallel()
					address := e.url(t)
					s := openStore(t, address)
					p := startPlatform(t, can.nonces, can.tells, stage == unanswered)
					c := startChild(t, "say:"+stage+"@"+p.URL, address)
					if stage == unanswered {
						waitFor(t, func() bool { posts, _ := p.count(); return posts == 1 })
					} else {
						c.until(t, "at "+stage)
					}
					c.kill(t)
					r := goOn(t, s, p)
					if posts, sends := p.count(); posts != 1 || sends > 2 {
						t.Errorf("%d posts, sent %d times", posts, sends)
					}
					if r.Ref != "message:0" || r.Said.IsZero() {
						t.Errorf("the record is %+v", r)
					}
				})
			}
		}
	}
}

// Row 4 of the reliability table: SIGSTOP past the lease; what a stale epoch says afterwards updates no row.
func TestSayStopped(t *testing.T) {
	t.Parallel()
	for _, e := range engines {
		for name, can := range crashes {
			for _, stage := range []string{beforePost, beforeFinish} {
				t.Run(e.name+"/"+name+"/"+stage, func(t *testing.T) {
					t.Parallel()
					address := e.url(t)
					s := openStore(t, address)
					p := startPlatform(t, can.nonces, can.tells, false)
					c := startChild(t, "say:"+stage+"@"+p.URL, address)
					c.until(t, "at "+stage)
					before := goOn(t, s, p)
					waitFor(t, func() bool { return c.cmd.Process.Signal(syscall.SIGCONT) == nil })
					c.until(t, "finished false")
					c.until(t, "said")
					if err := c.cmd.Wait(); err != nil {
						t.Error(err)
					}
					after, err := s.Deliveries().Get(t.Context(), "one", before.ID)
					if err != nil || after.Epoch != before.Epoch || after.State != delivery.StateSent || after.Ref != before.Ref {
						t.Errorf("%v: epoch %d and %d, state %q", err, before.Epoch, after.Epoch, after.State)
					}
					if posts, _ := p.count(); posts != 1 {
						t.Errorf("%d posts", posts)
					}
				})
			}
		}
	}
}

func waitFor(t testing.TB, holds func() bool) {
	t.Helper()
	late := time.After(time.Minute)
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-late:
			t.Fatal("in a minute it hasn't come to this")
		case <-look.C:
		}
	}
}
