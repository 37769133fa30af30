package exchange

import (
	"runtime"
	"sync"

	"github.com/whosays/whosays/knowledge"
)

// Parsing claims and holding them against the rules is most of what loading takes, and each stands by itself: a batch
// is shared out to all processors, and its results are taken in the order of the file.

// batchSize is how many claims are checked side by side: enough that starting goroutines is nothing beside it.
const batchSize = 512

// checked is what became of an item: a claim, joined with what earlier files say of it, or a fault. Without a node
// it couldn't be parsed.
type checked struct {
	claim knowledge.Claim
	node  *node
	fault *fault
}

// read takes the claims of one file.
func (c *collection) read(file string, data []byte, read reader) *fault {
	lines := map[knowledge.Key]int{} // of this file's claims
	var batch []item
	var ended *fault
	some := false
	wrong := read(data, func(it item) bool {
		some = true
		if batch = append(batch, it); len(batch) == batchSize {
			ended = c.flush(batch, file, lines)
			batch = batch[:0]
		}
		return ended == nil
	})
	if ended == nil {
		ended = c.flush(batch, file, lines)
	}
	switch {
	case ended != nil:
		return ended
	case wrong == nil && !some:
		return faultAt(0, "holds no claims")
	}
	return wrong
}

// flush takes a batch of claims. The fault is one that ends the file.
func (c *collection) flush(batch []item, file string, lines map[knowledge.Key]int) *fault {
	for _, got := range c.check(batch) {
		f := c.take(&got, file, lines)
		if f == nil {
			continue
		}
		if f.ends {
			return f
		}
		c.faults.add(file, f)
	}
	return nil
}

// check parses and validates a batch. The collection doesn't change meanwhile.
func (c *collection) check(batch []item) []checked {
	out := make([]checked, len(batch))
	share := (len(batch) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for from := 0; from < len(batch); from += share {
		all.Go(func() {
			d := newDecoder()
			for i := from; i < min(from+share, len(batch)); i++ {
				out[i] = c.checkOne(d, batch[i])
			}
		})
	}
	all.Wait()
	return out
}

func (c *collection) checkOne(d *decoder, it item) checked {
	n, f := it.parse(c.lexicon)
	if f != nil {
		return checked{fault: f}
	}
	if n.kind != object {
		return checked{fault: faultAt(n.line, "a claim must be %s, not %s", object, n.kind)}
	}
	claim, problems := d.claim(n)
	key := claim.Key()
	if at, known := c.at[key]; known {
		claim = knowledge.Merge(c.claims[at], claim)
	}
	if c.broken[key] {
		return checked{claim: claim, node: n}
	}
	if problems = c.validate(claim, n, problems); len(problems) > 0 {
		return checked{claim, n, &fault{line: n.line, claim: claim.ID, what: "is broken:", problems: problems}}
	}
	return checked{claim: claim, node: n}
}
