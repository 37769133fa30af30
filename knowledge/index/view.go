package index

// maxShards is how many shards a query sees: the shared one and its tenant's.
const maxShards = 2

// view is what one query sees: the documents of several shards, numbered one shard after the other.
// Statistics run over just these documents.
type view struct {
	tenants    [maxShards]string
	shards     [maxShards]*shard // nil where there is none
	sizes      [maxShards][]sizes
	counts     [maxShards][]uint16   // of concepts, by class
	first      [maxShards + 1]uint32 // the number of each shard's first document; then the end
	firstClass [maxShards + 1]uint32 // the number of each shard's first class; then the end
	docs       int                   // live ones
	lengths    lengths

	pruneFrom int
}

// view opens the shards that a tenant sees. The caller holds the lock.
func (x *Index) view(tenant string) view {
	v := view{pruneFrom: x.pruneFrom}
	v.shards[0] = x.shards[""]
	if tenant != "" {
		v.tenants[1], v.shards[1] = tenant, x.shards[tenant]
	}
	var total sizeSums
	for i, s := range v.shards {
		v.first[i+1], v.firstClass[i+1] = v.first[i], v.firstClass[i]
		if s == nil {
			continue
		}
		v.sizes[i], v.counts[i] = s.sizes, s.counts
		v.first[i+1] += uint32(len(s.docs))
		v.firstClass[i+1] += uint32(len(s.all))
		v.docs += s.live()
		total.concepts += s.total.concepts
		total.words += s.total.words
		total.title += s.total.title
	}
	v.lengths = newLengths(total, v.docs)
	return v
}

// numbers returns how many numbers the view's documents have, tombstones included.
func (v *view) numbers() int { return int(v.first[maxShards]) }

// locate returns the shard of a document and its number there.
func (v *view) locate(n uint32) (shard int, doc uint32) {
	for n >= v.first[shard+1] {
		shard++
	}
	return shard, n - v.first[shard]
}

// locateClass returns the shard of a class and its number there.
func (v *view) locateClass(n uint32) (shard int, class uint32) {
	for n >= v.firstClass[shard+1] {
		shard++
	}
	return shard, n - v.firstClass[shard]
}

// term is a term of the query: its number in each shard, gone where it has none, and its idf.
type term struct {
	numbers [maxShards]uint32
	df      int // live documents of the view that hold it
	idf     float64
}

// find looks a term up in the vocabulary of each shard.
func find[K comparable](v *view, key K, in func(*shard) map[K]uint32) term {
	var t term
	for i, s := range v.shards {
		t.numbers[i] = gone
		if s == nil {
			continue
		}
		if n, ok := in(s)[key]; ok {
			t.numbers[i] = n
			t.df += int(s.lists[n].live)
		}
	}
	t.idf = idf(v.docs, t.df)
	return t
}

// wordOf returns the term of a shard's word. It is find without a look into the vocabulary of that shard.
func (v *view) wordOf(shard int, number uint32) term {
	var t term
	for i, s := range v.shards {
		t.numbers[i] = gone
		if s == nil {
			continue
		}
		n, ok := number, i == shard
		if !ok {
			n, ok = s.words[v.shards[shard].spelt[number]]
		}
		if ok {
			t.numbers[i] = n
			t.df += int(s.lists[n].live)
		}
	}
	t.idf = idf(v.docs, t.df)
	return t
}
