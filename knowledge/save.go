package knowledge

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/index/section"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// ErrStale is the error of a saved base that can't be used: of another revision, read with another lexicon, in
// another format, or damaged. NewBase builds it anew.
var ErrStale = errors.New("the saved base can't be used any more")

// baseVersion is that of the sections below, and of how claims are read: it changes whenever document would make
// something else of the same claim with the same lexicon.
const baseVersion = 2

const (
	tagBase  section.Tag = 'B'
	tagNotes section.Tag = 'N'
)

// Save writes what was found out about the claims, not the claims themselves. The stamp says of which revision of
// the store it is; LoadBase asks for the same.
func (b *Base) Save(w io.Writer, stamp string) error {
	out := bufio.NewWriterSize(w, 1<<20)
	if err := section.Write(out, tagBase, head(b.lex.Fingerprint(), stamp)); err != nil {
		return err
	}
	if err := section.Write(out, tagNotes, b.saveNotes()); err != nil {
		return err
	}
	if err := b.index.Save(out); err != nil {
		return err
	}
	return out.Flush()
}

// LoadBase is NewBase with what Save has written: the store isn't scanned. The error is ErrStale, or one of the
// reader.
func LoadBase(r io.Reader, l *lexicon.Lexicon, store Store, stamp string) (*Base, error) {
	b := newBase(l, store)
	err := b.loadSaved(bufio.NewReaderSize(r, 1<<20), stamp)
	if errors.Is(err, section.ErrDamaged) || errors.Is(err, index.ErrVersion) {
		return nil, errors.Join(ErrStale, err)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

func head(print, stamp string) []byte {
	return section.AppendString(section.AppendString(section.AppendUint(nil, uint64(baseVersion)), print), stamp)
}

func (b *Base) loadSaved(r io.Reader, stamp string) error {
	tag, payload, err := section.Read(r)
	if err != nil {
		return err
	}
	if tag != tagBase || string(payload) != string(head(b.lex.Fingerprint(), stamp)) {
		return ErrStale
	}
	notes, err := section.Expect(r, tagNotes)
	if err != nil {
		return err
	}
	b.loadNotes(notes)
	if err := notes.Done(); err != nil {
		return err
	}
	b.index, err = index.Load(r)
	return err
}

// saveNotes writes what note keeps.
func (b *Base) saveNotes() []byte {
	out := section.AppendUint(nil, len(b.own))
	for _, k := range slices.SortedFunc(maps.Keys(b.own), Key.compare) {
		out = appendKey(out, k)
	}
	out = section.AppendUint(out, len(b.reach))
	for _, tenant := range slices.Sorted(maps.Keys(b.reach)) {
		r := b.reach[tenant]
		out = appendDate(appendDate(section.AppendString(out, tenant), r.Reviewed), r.AsOf)
		out = section.AppendUint(out, boolInt(r.Domain))
	}
	for _, names := range b.links.all() {
		out = section.AppendUint(out, len(names))
		for _, k := range slices.SortedFunc(maps.Keys(names), Key.compare) {
			out = section.AppendUint(appendKey(out, k), len(names[k]))
			for _, claim := range names[k] { // of the same tenant
				out = section.AppendString(out, claim.ID)
			}
		}
	}
	out = section.AppendUint(out, len(b.count.series))
	for _, k := range slices.SortedFunc(maps.Keys(b.count.series), Key.compare) {
		out = b.count.series[k].save(appendKey(out, k))
	}
	unnamed := b.count.unnamed()
	out = section.AppendUint(out, len(unnamed))
	for _, c := range unnamed {
		out = c.save(section.AppendString(out, c.tenant))
	}
	return out
}

func (c *count) save(out []byte) []byte {
	out = section.AppendUint(out, len(c.states))
	for i := range c.states {
		s := &c.states[i]
		out = section.AppendString(out, s.id)
		for _, d := range []day{s.from, s.to, s.said} {
			out = section.AppendUint(out, uint32(d)) //nolint:gosec // no date is below zero
		}
		out = section.AppendUint(section.AppendUint(out, boolInt(s.cumulative)), boolInt(s.breaks))
	}
	return out
}

func loadCount(d *section.Decoder, tenant string) *count {
	c := &count{tenant: tenant, states: make([]state, d.Count())}
	n := func() day { return day(d.Uint(math.MaxInt32)) } //nolint:gosec // no more than fits
	for i := range c.states {
		c.states[i] = state{id: d.String(), from: n(), to: n(), said: n(), cumulative: d.Uint(1) == 1, breaks: d.Uint(1) == 1}
	}
	return c
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (b *Base) loadNotes(d *section.Decoder) {
	for range d.Count() {
		b.own[loadKey(d)] = true
	}
	for range d.Count() {
		tenant := d.String()
		r := Reach{Reviewed: loadDate(d), AsOf: loadDate(d)}
		r.Domain = d.Uint(1) == 1
		b.reach[tenant] = r
	}
	for _, names := range b.links.all() {
		for range d.Count() {
			k := loadKey(d)
			claims := make([]Key, d.Count())
			for i := range claims {
				claims[i] = Key{k.Tenant, d.String()}
			}
			names[k] = claims
		}
	}
	for range d.Count() {
		k := loadKey(d)
		b.count.series[k] = loadCount(d, k.Tenant)
	}
	for i := range uint64(d.Count()) { //nolint:gosec // no count is below zero
		b.count.scopes[i] = loadCount(d, d.String())
	}
	b.count.settle()
}

func (l *links) all() []map[Key][]Key { return []map[Key][]Key{l.disputes, l.kinds} }

func (k Key) compare(o Key) int {
	return cmp.Or(cmp.Compare(k.Tenant, o.Tenant), cmp.Compare(k.ID, o.ID))
}

func appendKey(b []byte, k Key) []byte {
	return section.AppendString(section.AppendString(b, k.Tenant), k.ID)
}

func loadKey(d *section.Decoder) Key { return Key{d.String(), d.String()} }

func appendDate(b []byte, d Date) []byte {
	return section.AppendUint(section.AppendUint(section.AppendUint(b, d.Year), int(d.Month)), d.Day)
}

func loadDate(d *section.Decoder) Date {
	n := func() int { return int(d.Uint(math.MaxInt32)) }
	return Date{Year: n(), Month: time.Month(n()), Day: n()}
}
