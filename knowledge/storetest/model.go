package storetest

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
)

// asTheModel holds that a store does what Memory does, in whatever order it is called.
func asTheModel(t *testing.T, open Open) {
	t.Helper()
	s := open(t)
	run := 0
	rapid.Check(t, func(r *rapid.T) {
		run++ // one store for all runs: each has tenants of its own
		model, err := knowledge.NewMemory(nil)
		if err != nil {
			r.Fatal(err)
		}
		m := &machine{real: s, model: model, tenants: []string{fmt.Sprintf("r%d-x", run), fmt.Sprintf("r%d-y", run)}}
		r.Repeat(map[string]func(*rapid.T){
			"commit": m.commit, "claims": m.claims, "scan": m.scan, "edits": m.edits, "changes": m.changes, "": m.heads,
		})
	})
}

// machine calls both in the same way.
type machine struct {
	real, model knowledge.Store
	tenants     []string
	known       []knowledge.Head // of the first tenant
	minute      int
}

func (m *machine) tenant(r *rapid.T) string {
	return rapid.SampledFrom(m.tenants).Draw(r, "tenant")
}

func (m *machine) id(r *rapid.T) string {
	return rapid.SampledFrom([]string{"a", "b", "B", "c-1", "c-10", "ї"}).Draw(r, "id")
}

func (m *machine) commit(r *rapid.T) {
	tenant := m.tenant(r)
	var claims []knowledge.Claim
	for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "B", "c-1", "c-10", "ї"}), 1, 4, rapid.ID[string]).Draw(r, "ids") {
		claims = append(claims, m.next(r, tenant, id))
	}
	m.minute += rapid.IntRange(-2, 3).Draw(r, "minutes")
	c := Change(m.minute, claims...)
	want, wantErr := m.model.Commit(background(), c)
	got, gotErr := m.real.Commit(background(), c)
	agree(r, "commit", want, wantErr, got, gotErr)
	if wantErr == nil && tenant == m.tenants[0] {
		m.known = append(m.known, want)
	}
}

// next returns the next version of a claim; now and then one that isn't.
func (m *machine) next(r *rapid.T, tenant, id string) knowledge.Claim {
	version := 1
	h, err := m.model.Heads(background(), tenant)
	if err != nil {
		r.Fatal(err)
	}
	current, err := m.model.Claims(background(), h, []knowledge.Key{{Tenant: tenant, ID: id}})
	if err != nil {
		r.Fatal(err)
	}
	if current[0] != nil {
		version = current[0].Revision + 1
	}
	if rapid.IntRange(0, 9).Draw(r, "mistaken") == 0 {
		version = rapid.IntRange(1, 4).Draw(r, "version")
	}
	c := Claim(tenant, id, version, rapid.String().Draw(r, "text"))
	c.Kind = rapid.SampledFrom([]knowledge.Kind{knowledge.KindFigure, knowledge.KindStatus, knowledge.KindIssue}).Draw(r, "kind")
	return c
}

func (m *machine) heads(r *rapid.T) {
	for _, tenant := range m.tenants {
		want, wantErr := m.model.Heads(background(), tenant)
		got, gotErr := m.real.Heads(background(), tenant)
		agree(r, "heads", want, wantErr, got, gotErr)
	}
}

func (m *machine) claims(r *rapid.T) {
	at, err := m.model.Heads(background(), m.tenant(r))
	if err != nil {
		r.Fatal(err)
	}
	var keys []knowledge.Key
	for range rapid.IntRange(0, 6).Draw(r, "keys") {
		keys = append(keys, knowledge.Key{Tenant: m.tenant(r), ID: m.id(r)})
	}
	want, wantErr := m.model.Claims(background(), at, keys)
	got, gotErr := m.real.Claims(background(), at, keys)
	agree(r, "claims", want, wantErr, got, gotErr)
}

func (m *machine) scan(r *rapid.T) {
	of := knowledge.Snapshot{Tenant: m.tenant(r)}
	switch rapid.IntRange(0, 2).Draw(r, "snapshot") {
	case 1:
		of.Revision = rapid.Int64Range(1, 6).Draw(r, "revision")
	case 2:
		of.At = Start.Add(time.Duration(rapid.IntRange(-3, 20).Draw(r, "minute")) * time.Minute)
	}
	if rapid.Bool().Draw(r, "some kinds") {
		of.Kinds = []knowledge.Kind{knowledge.KindStatus, knowledge.KindIssue}
	}
	alike(r, "scan", m.model.Scan(background(), of), m.real.Scan(background(), of))
}

func (m *machine) edits(r *rapid.T) {
	if len(m.known) == 0 {
		return
	}
	i := rapid.IntRange(0, len(m.known)-1).Draw(r, "from")
	j := rapid.IntRange(i, len(m.known)-1).Draw(r, "to")
	from := m.known[i]
	switch rapid.IntRange(0, 5).Draw(r, "whence") {
	case 0:
		from = knowledge.Head{}
	case 1:
		from.Hash = "another"
	}
	alike(r, "edits", m.model.Edits(background(), m.tenants[0], from, m.known[j]), m.real.Edits(background(), m.tenants[0], from, m.known[j]))
}

func (m *machine) changes(r *rapid.T) {
	of := knowledge.Trail{Tenant: m.tenant(r)}
	if rapid.Bool().Draw(r, "of a claim") {
		of.ID = m.id(r)
	}
	alike(r, "changes", m.model.Changes(background(), of), m.real.Changes(background(), of))
}
