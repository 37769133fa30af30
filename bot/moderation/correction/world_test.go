package correction_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	deliverytest "github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/moderation/correction"
	correctiontest "github.com/whosays/whosays/bot/moderation/correction/storetest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// lexicons and writers are read once, outside of every bubble.
var lexicons = sync.OnceValues(lexicon.Default)

// platform takes posts, unless what it is scripted to do next is an error.
type platform struct {
	mu     sync.Mutex
	errs   []error
	posts  []chat.Post
	at     []time.Time
	before func(chat.Post) // it is called with each post before it is taken
}

func (p *platform) Send(_ context.Context, post chat.Post) (chat.MessageRef, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.before != nil {
		p.before(post)
	}
	if len(p.errs) > 0 {
		err := p.errs[0]
		p.errs = p.errs[1:]
		if err != nil {
			return "", err
		}
	}
	p.posts, p.at = append(p.posts, post), append(p.at, time.Now())
	return chat.MessageRef(fmt.Sprintf("%s/m%d", post.To, len(p.posts))), nil
}

func (p *platform) Lookup(context.Context, chat.Post, time.Duration) (chat.MessageRef, chat.Presence, error) {
	return "", chat.PresenceAbsent, nil
}

// away are errors of a platform that isn't there for a time.
func away(n int) (out []error) {
	for range n {
		out = append(out, errors.New("nobody answers"))
	}
	return out
}

// world is a base, what was said of it on a desk, and corrections.
type world struct {
	*testing.T

	lex      *lexicon.Lexicon
	claims   *knowledge.Memory
	base     *knowledge.Base
	said     *deliverytest.Memory
	followed *correctiontest.Memory
	platform *platform
	off      map[string]bool // who wants no corrections
	mu       sync.Mutex
	ends     map[correction.End]int
	threads  bool
	quiet    bool // changes are made so
}

// inWorld runs a test in a bubble, with claims in the base.
func inWorld(t *testing.T, test func(w *world), claims ...knowledge.Claim) {
	t.Helper()
	lex, err := lexicons()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, lex: lex, said: deliverytest.NewMemory(), platform: &platform{}, off: map[string]bool{}, ends: map[correction.End]int{}}
		if w.claims, err = knowledge.NewMemory(claims); err != nil {
			t.Fatal(err)
		}
		if w.base, err = knowledge.NewBase(t.Context(), lex, w.claims); err != nil {
			t.Fatal(err)
		}
		w.followed = correctiontest.NewMemory(w.claims)
		test(w)
	})
}

func (w *world) desk() *delivery.Desk {
	return delivery.New(delivery.Options{Name: "post", Store: w.said, Sender: w.platform, Nonces: time.Minute})
}

func (w *world) corrections() *correction.Corrections {
	w.Helper()
	c, err := correction.New(correction.Options{
		Base: w.base, Store: w.followed, Lexicon: w.lex, Desks: []correction.Desk{{Desk: w.desk(), Threads: w.threads}},
		Wanted: func(_ context.Context, tenant string) (bool, error) { return !w.off[tenant], nil },
		Counted: func(_ string, end correction.End) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.ends[end]++
		},
	})
	if err != nil {
		w.Fatal(err)
	}
	return c
}

// runs lets so many replicas work for so long.
func (w *world) runs(replicas int, lasts time.Duration) {
	w.Helper()
	ctx, stop := context.WithTimeout(w.Context(), lasts)
	defer stop()
	var all sync.WaitGroup
	for range replicas {
		c, d := w.corrections(), w.desk()
		all.Go(func() { c.Run(ctx) })
		all.Go(func() { d.Run(ctx) })
	}
	all.Wait()
}

// asked has a tenant told a claim as it is now, in a message m of a channel.
func (w *world) asked(tenant, id, m string) delivery.Record {
	w.Helper()
	c, err := w.base.Get(w.Context(), tenant, id)
	if err != nil {
		w.Fatal(err)
	}
	return w.shown(tenant, c, m)
}

// sending has a tenant told a claim as it is now, in a message of which nobody knows yet what comes of it.
func (w *world) sending(tenant, id string, lease time.Duration) delivery.Record {
	w.Helper()
	c, err := w.base.Get(w.Context(), tenant, id)
	if err != nil {
		w.Fatal(err)
	}
	r := chat.Reply{Lang: "en", Outcome: chat.Answered, Shown: []chat.Shown{{Claim: c}}}
	rec, _, err := w.said.Insert(w.Context(), delivery.Record{
		ID: delivery.NewID(), Tenant: tenant, Desk: "post", Key: "event", To: "post:1/2", Reply: r, State: delivery.StateSending,
	}, lease)
	if err != nil {
		w.Fatal(err)
	}
	return rec
}

func (w *world) shown(tenant string, c knowledge.Claim, m string) delivery.Record {
	w.Helper()
	time.Sleep(time.Second) // messages of one moment have no order
	writers, err := answer.Writers(w.lex)
	if err != nil {
		w.Fatal(err)
	}
	r := chat.Reply{Lang: "en", Outcome: chat.Answered, Shown: []chat.Shown{{Claim: c}}, Blocks: writers["en"].Claim(c, chat.RoleLead, false)}
	rec, _, err := w.desk().Note(w.Context(), delivery.Record{Tenant: tenant, Key: "event " + m, To: "post:1/2", ReplyTo: "root", Reply: r, Ref: chat.MessageRef(m)})
	if err != nil {
		w.Fatal(err)
	}
	return rec
}

func (w *world) by(reason string) knowledge.By {
	return knowledge.By{Actor: "operator", Reason: reason, At: time.Now(), Quiet: w.quiet}
}

func (w *world) retract(tenant, id, reason string) {
	w.Helper()
	if _, err := w.base.Retract(w.Context(), w.by(reason), knowledge.Key{Tenant: tenant, ID: id}, 0); err != nil {
		w.Fatal(err)
	}
}

// hide keeps a shared claim out of what a tenant is told.
func (w *world) hide(tenant, id string) {
	w.Helper()
	d, err := w.base.Hiding(w.Context(), w.by("we doubt it"), tenant, id, 0)
	if err == nil {
		_, err = w.base.Commit(w.Context(), w.by("we doubt it"), d)
	}
	if err != nil {
		w.Fatal(err)
	}
}

// revise changes a claim, whatever its status.
func (w *world) revise(tenant, id, reason string, change func(*knowledge.Claim)) {
	w.Helper()
	c, err := w.base.Stored(w.Context(), knowledge.Key{Tenant: tenant, ID: id}, time.Time{})
	if err != nil {
		w.Fatal(err)
	}
	change(&c)
	if _, err := w.base.Revise(w.Context(), w.by(reason), c); err != nil {
		w.Fatal(err)
	}
}

func best(v float64, text string) func(*knowledge.Claim) {
	return func(c *knowledge.Claim) { c.Figure.Best, c.Text = new(v), text }
}

// toll is a claim of a tenant's own, or a shared one.
func toll(tenant, id string) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Tenant: tenant, Kind: knowledge.KindFigure, Text: "At the dam 120 people were killed.", Lang: "en",
		Figure:      knowledge.Figure{Best: new(120.0), Qualifier: knowledge.Exact, Unit: "persons"},
		Scope:       knowledge.Scope{Group: "civilians", Metric: "killed", Place: "ukraine"},
		Attribution: knowledge.Attribution{Speaker: "The Valley Council", Standing: "government", Method: "official_statement"},
		Sources:     []knowledge.Source{{Publisher: "The Delta Post", URL: "https://example.org/dam"}},
		Status:      knowledge.StatusLive,
	}
}

// told returns what was said, a line for each post: what it answers, and its words.
func (w *world) told() (out []string) {
	w.platform.mu.Lock()
	defer w.platform.mu.Unlock()
	for _, p := range w.platform.posts {
		var words []string
		for _, b := range p.Reply.Blocks {
			if b.Role != chat.RoleFooter && b.Role != chat.RoleCounts && b.Role != chat.RoleSaid && b.Role != chat.RoleCaveat {
				words = append(words, strings.TrimSpace(b.Label+" "+b.Text()))
			}
		}
		out = append(out, string(p.ReplyTo)+"| "+strings.Join(words, " "))
	}
	return out
}
