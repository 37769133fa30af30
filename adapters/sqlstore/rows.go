package sqlstore

import (
	"context"
	"iter"
	"runtime"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
)

// page is how many rows are read at once. Between two pages no connection is held, however slow the reader is: what is
// read is bound by a revision, behind which nothing changes any more.
const page = 500

// most bounds the parameters of one statement; SQLite takes 32,766.
const most = 256

// version is a row of the table versions.
type version struct {
	tenant, id string
	number     int
	revision   int64
	kind       string
	body       string
	claim      *knowledge.Claim // what decode has made of the body
}

// columns are those of a version, in the order of fields.
const columns = "v.tenant, v.id, v.version, v.revision, v.kind, v.body"

func (v *version) fields() []any {
	return []any{&v.tenant, &v.id, &v.number, &v.revision, &v.kind, &v.body}
}

// decode reads the body, in the memory of another one. Where the columns, by which rows are found, say something else, somebody has altered the row.
func (v *version) decode(in *[]byte) error {
	*in = append((*in)[:0], v.body...)
	c, err := knowledge.Decode(*in)
	if err != nil {
		return damaged(err, "The body of version %d of claim %q (tenant %q) can't be read: the row was altered.", v.number, v.id, v.tenant)
	}
	if c.Tenant != v.tenant || c.ID != v.id || c.Revision != v.number || string(c.Kind) != v.kind {
		return damaged(nil, "The row of version %d of claim %q (tenant %q, kind %q) holds another claim, or version, than it says: it was altered.", v.number, v.id, v.tenant, v.kind)
	}
	v.claim = c
	return nil
}

// few is how many rows are fetched before somebody begins to decode them.
const few = 16

// versions reads rows of the table versions. Their bodies, a third of the work, are decoded while further rows are fetched.
func (s *Store) versions(ctx context.Context, tenant, query string, args ...any) ([]version, error) {
	var d decoding
	var v version
	some, fields := make([]version, 0, few), v.fields()
	err := s.read(ctx, tenant, query, args, func(row scan) error {
		if len(some) == few {
			d.begin(some)
			some = make([]version, 0, few)
		}
		err := row(fields...)
		some = append(some, v)
		return err
	})
	if err != nil {
		_, _ = d.end(nil) // the first error says more
		return nil, s.failed(ctx, err)
	}
	return d.end(some)
}

// decoding decodes rows beside those who fetch them. Its zero value has begun with none.
type decoding struct {
	rows chan []version // nil: nobody decodes yet
	done chan struct{}
	in   []byte
	out  []version
	err  error // the first one
}

// begin has rows decoded by another goroutine.
func (d *decoding) begin(some []version) {
	if d.rows == nil {
		d.rows, d.done = make(chan []version, page/few), make(chan struct{})
		go func() {
			defer close(d.done)
			for some := range d.rows {
				d.decode(some)
			}
		}()
	}
	d.rows <- some
}

// end decodes the last rows, and returns all of them.
func (d *decoding) end(some []version) ([]version, error) {
	if d.rows != nil {
		close(d.rows)
		<-d.done
	}
	d.decode(some)
	return d.out, d.err
}

func (d *decoding) decode(some []version) {
	for i := range some {
		if d.err == nil {
			d.err = some[i].decode(&d.in)
		}
	}
	d.out = append(d.out, some...)
}

// decodeAll decodes n things, each in the memory of another one's body, and returns the first error in their order.
func decodeAll(n int, decode func(i int, in *[]byte) error) error {
	workers := min(runtime.GOMAXPROCS(0), (n+31)/32)
	errs := make([]error, n)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			var in []byte
			for i := w; i < n; i += workers {
				errs[i] = decode(i, &in)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// pages yields what fetch returns, a page behind the last item of the one before at a time. The next page is fetched while
// one is worked on: to build an index takes both.
func pages[T any](fetch func(last *T) ([]T, error)) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		next := func(last *T) <-chan fetched[T] {
			out := make(chan fetched[T], 1)
			go func() {
				items, err := fetch(last)
				out <- fetched[T]{items, err}
			}()
			return out
		}
		for coming := next(nil); coming != nil; {
			f := <-coming
			coming = nil
			if f.err == nil && len(f.items) == page {
				last := f.items[page-1]
				coming = next(&last)
			}
			if !f.each(yield) {
				if coming != nil {
					<-coming // nothing is read any more once this returns
				}
				return
			}
		}
	}
}

// fetched is a page, or why there is none.
type fetched[T any] struct {
	items []T
	err   error
}

// each yields the items, and reports whether more are wanted.
func (f fetched[T]) each(yield func(*T, error) bool) bool {
	if f.err != nil {
		return yield(nil, f.err)
	}
	for i := range f.items {
		if !yield(&f.items[i], nil) {
			return false
		}
	}
	return true
}

// head reads a row of the table heads, or the end of a change.
func head(row scan, before ...any) (h knowledge.Head, err error) {
	var at int64
	err = row(append(before, &h.Revision, &h.Hash, &at)...)
	h.At = moment(at)
	return h, err
}

// moment is the time as it is stored: SQLite and PostgreSQL agree on numbers only.
func moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// storable reports whether a text can be kept in both databases: PostgreSQL takes neither NUL nor what isn't UTF-8.
func storable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// chunks cuts a list into parts of at most this size.
func chunks[T any](list []T, size int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for len(list) > 0 {
			n := min(size, len(list))
			if !yield(list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}

// values is a list of n rows of parameters behind the first ones: ($3, $4), ($5, $6), and so on.
func values(first, n, width int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j := range width {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteString(parameter(first + i*width + j))
		}
		b.WriteByte(')')
	}
	return b.String()
}
