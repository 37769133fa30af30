package index

import "slices"

// posting says that a document holds a word or figure, or a class a concept or pattern, and how often: the document's number, then four bits for the
// count outside the title and two for the count in it. One number for all three halves what a search has
// to read, and leaves room for more documents than fit into the memory of one process.
type posting uint32

const (
	bodyBits  = 4
	titleBits = 2
	// maxBody and maxTitle cap the counts: scores have levelled out by then, and repeating earns no more.
	maxBody  = 1<<bodyBits - 1
	maxTitle = 1<<titleBits - 1
	// maxDocs is how many documents a shard can number, tombstones included.
	maxDocs = 1 << (32 - bodyBits - titleBits)
)

// gone stands where the number of a document, term or pattern is expected and there is none.
const gone = ^uint32(0)

func newPosting(doc uint32, body, title int) posting {
	return posting(doc)<<(bodyBits+titleBits) | posting(min(title, maxTitle)<<bodyBits|min(body, maxBody))
}

func (p posting) doc() uint32    { return uint32(p >> (bodyBits + titleBits)) }
func (p posting) body() float32  { return float32(p & maxBody) }
func (p posting) title() float32 { return float32(p >> bodyBits & maxTitle) }

// list is what is known of a term: its postings by rising document, where it is a word or figure; those of concepts
// and patterns lie with the classes. What is removed stays in until the shard is compacted. live counts the documents
// that aren't removed.
type list struct {
	postings []posting
	live     uint32
	body     uint8 // the highest counts that any of the postings has, or had
	title    uint8
}

func (l *list) add(p posting) {
	l.post(p)
	l.live++
}

// post adds a posting without counting the document.
func (l *list) post(p posting) {
	l.postings = append(l.postings, p)
	l.body, l.title = max(l.body, uint8(p.body())), max(l.title, uint8(p.title()))
}

// renumber takes out removed documents, or classes, and gives the others their new numbers. A list that loses
// some is copied, so that memory is given back.
func renumber(postings []posting, number []uint32) []posting {
	kept := postings[:0]
	const counts = 1<<(bodyBits+titleBits) - 1
	for _, p := range postings {
		if n := number[p.doc()]; n != gone {
			kept = append(kept, posting(n)<<(bodyBits+titleBits)|p&counts)
		}
	}
	if len(kept) < len(postings) {
		return slices.Clone(kept)
	}
	return kept
}
