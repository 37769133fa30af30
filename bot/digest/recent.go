package digest

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// draft is a digest without its slot. It is read-only.
type draft struct {
	reply   chat.Reply
	changed bool // since the last one; of the first, that there is something to tell
}

// recent keeps the latest drafts: in one minute thousands of channels may be due, and most of them are told the same. A draft is found
// by all that it depends on, so that none is served that a change has made old, nor to a tenant that sees other claims.
type recent struct {
	mu           sync.Mutex
	young, older map[topic]draft
}

// mostRecent bounds how many drafts are kept young, and how many old: some 50 KB each. Where there are more, the old ones are forgotten, and
// the young ones are the old ones.
const mostRecent = 128

// topic is what a draft depends on.
type topic struct {
	tenant       string // empty: one that sees the shared claims alone
	lang, topics string
	first        bool
	shared, own  spot // where the claims stand
	since, mine  spot // where the shared ones, and the tenant's own, stood for the last digest
	day          string
}

// spot names a state of a chain.
type spot struct {
	revision int64
	hash     string
}

func spotOf(h knowledge.Head) spot { return spot{h.Revision, h.Hash} }

// topic returns what the draft of an edition depends on.
func (c *edition) topic(now time.Time) topic {
	at := c.view.At()
	t := topic{
		tenant: c.s.Tenant, lang: c.s.Lang, topics: fmt.Sprintf("%q", slices.Compact(slices.Sorted(slices.Values(c.s.Topics)))),
		first: c.first(), shared: spotOf(at.Shared), since: spotOf(c.s.Since.Shared), day: now.UTC().Format(time.DateOnly),
	}
	if t.tenant != "" {
		t.own, t.mine = spotOf(at.Own), spotOf(c.s.Since.Own)
	}
	return t
}

// draft returns a draft that is kept, or writes it.
func (r *recent) draft(t topic, write func() (draft, error)) (draft, error) {
	if d, ok := r.find(t); ok {
		return d, nil
	}
	d, err := write()
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.keep(t, d)
	}
	return d, err
}

func (r *recent) find(t topic) (draft, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d, ok := r.young[t]
	if !ok {
		if d, ok = r.older[t]; ok {
			r.keep(t, d)
		}
	}
	return d, ok
}

func (r *recent) keep(t topic, d draft) {
	if r.young == nil || len(r.young) >= mostRecent {
		r.young, r.older = make(map[topic]draft), r.young
	}
	r.young[t] = d
}
