package knowledge

import (
	"bufio"
	"cmp"
	"context"
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

// ErrStale is the error of a saved base that can't be used: read with another lexicon, in another format, or damaged. NewBase builds it anew.
var ErrStale = errors.New("the saved base can't be used any more")

// baseVersion is that of the sections below, and of how claims are read: it changes whenever document would make
// something else of the same claim with the same lexicon.
const baseVersion = 5

const (
	tagBase  section.Tag = 'B'
	tagNotes section.Tag = 'N'
)

// Save writes what was found out about the claims, not the claims themselves, and of which revisions of the store it is.
// Whoever searches meanwhile goes on; changes wait.
func (b *Base) Save(w io.Writer) error {
	b.turn <- struct{}{} // changes are taken over before the head that is behind them
	defer func() { <-b.turn }()
	b.mu.RLock()
	defer b.mu.RUnlock()
	out := bufio.NewWriterSize(w, 1<<20)
	if err := section.Write(out, tagBase, head(b.lex.Fingerprint())); err != nil {
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

// LoadBase is NewBase with what Save has written: of the store only what has changed since is read. The error is
// ErrStale, or one of the reader or the store.
func LoadBase(ctx context.Context, r io.Reader, l *lexicon.Lexicon, store Store) (*Base, error) {
	b := newBase(l, store)
	err := b.loadSaved(bufio.NewReaderSize(r, 1<<20))
	if errors.Is(err, section.ErrDamaged) || errors.Is(err, index.ErrVersion) {
		return nil, errors.Join(ErrStale, err)
	}
	if err != nil {
		return nil, err
	}
	if _, err := b.fresh(ctx, ""); err != nil {
		return nil, err
	}
	return b, nil
}

func head(print string) []byte {
	return section.AppendString(section.AppendUint(nil, uint64(baseVersion)), print)
}

func (b *Base) loadSaved(r io.Reader) error {
	tag, payload, err := section.Read(r)
	if err != nil {
		return err
	}
	if tag != tagBase || string(payload) != string(head(b.lex.Fingerprint())) {
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
	out = section.AppendUint(out, len(b.hidden))
	for _, tenant := range slices.Sorted(maps.Keys(b.hidden)) {
		out = section.AppendUint(section.AppendString(out, tenant), len(b.hidden[tenant]))
		for _, id := range slices.Sorted(maps.Keys(b.hidden[tenant])) {
			out = section.AppendString(out, id)
		}
	}
	out = section.AppendUint(out, len(b.heads))
	for _, tenant := range slices.Sorted(maps.Keys(b.heads)) {
		h := b.heads[tenant]
		out = section.AppendString(section.AppendUint(section.AppendString(out, tenant), uint64(h.Revision)), h.Hash) //nolint:gosec // no revision is below zero
	}
	out = section.AppendUint(out, len(b.reach))
	for _, tenant := range slices.Sorted(maps.Keys(b.reach)) {
		r := b.reach[tenant]
		out = appendDates(appendDates(section.AppendString(out, tenant), r.reviewed), r.asOf)
		out = section.AppendUint(out, r.domain)
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
	out = section.AppendUint(out, len(b.count.scopes))
	for _, k := range slices.Sorted(maps.Keys(b.count.scopes)) {
		c := b.count.scopes[k]
		out = c.save(section.AppendString(section.AppendUint(out, k), c.tenant))
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
		for range d.Count() {
			b.hide(Key{tenant, d.String()}, true)
		}
	}
	for range d.Count() {
		tenant := d.String()
		b.heads[tenant] = Head{Revision: int64(d.Uint(math.MaxInt64)), Hash: d.String()} //nolint:gosec // no more than fits
	}
	for range d.Count() {
		tenant := d.String()
		b.reach[tenant] = &reaches{reviewed: loadDates(d), asOf: loadDates(d), domain: int(d.Uint(math.MaxInt32))} //nolint:gosec // no more than fits
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
		b.count.series[k].series = true
	}
	for range d.Count() {
		k := d.Uint(math.MaxUint64)
		b.count.scopes[k] = loadCount(d, d.String())
	}
	b.count.settle()
}

func (l *links) all() []map[Key][]Key { return []map[Key][]Key{l.disputes, l.supersedes, l.kinds} }

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

func appendDates(b []byte, dates map[Date]int) []byte {
	b = section.AppendUint(b, len(dates))
	for _, d := range slices.SortedFunc(maps.Keys(dates), Date.Compare) {
		b = section.AppendUint(appendDate(b, d), dates[d])
	}
	return b
}

func loadDates(d *section.Decoder) map[Date]int {
	out := map[Date]int{}
	for range d.Count() {
		date := loadDate(d)
		out[date] = int(d.Uint(math.MaxInt32)) //nolint:gosec // no more than fits
	}
	return out
}

func loadDate(d *section.Decoder) Date {
	n := func() int { return int(d.Uint(math.MaxInt32)) }
	return Date{Year: n(), Month: time.Month(n()), Day: n()}
}
