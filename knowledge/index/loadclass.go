package index

import "github.com/whosays/whosays/knowledge/index/section"

// sorted reads the classes, and gives concepts and patterns their postings.
func (l *loader) sorted(d *section.Decoder) {
	l.of = make([]uint32, len(l.docs))
	for i := range l.of {
		l.of[i] = gone
	}
	rest := gone // the class that doesn't name its documents
	for range d.Count() {
		key := classKey(d.String())
		if _, twice := l.byKey[key]; twice || !l.sound(key) {
			d.Fail("a class comes twice, or of what isn't there")
			return
		}
		number := l.addClass(key)
		if key.none() {
			rest = number
		}
		l.members(d, number)
	}
	l.leftOver(d, rest)
	for key, n := range l.patterns {
		l.anchor(key, n)
	}
}

// sound reports a key whose parts are concepts and patterns of the vocabulary.
func (l *loader) sound(key classKey) bool {
	if len(key) < keyHead || key.firstPattern() > len(key) || (len(key)-key.firstPattern())%conceptBytes != 0 {
		return false
	}
	last := -1
	for c, times := range key.concepts() {
		if !l.is(c, conceptTerm) || times < 1 || times > maxBody || int(c) <= last {
			return false
		}
		last = int(c)
	}
	seen := map[uint32]bool{}
	for _, p := range key.patterns() {
		if p != gone && (!l.is(p, patternTerm) || seen[p]) {
			return false
		}
		seen[p] = true
	}
	return true
}

// members reads the documents of a class.
func (l *loader) members(d *section.Decoder, number uint32) {
	c, b := &l.all[number], &l.briefs[number]
	count := d.Count()
	c.docs, c.sorted, b.live = make([]uint32, count), uint32(count), uint32(count)
	for i := range c.docs {
		n := d.Below(len(l.docs))
		if d.Err() != nil || l.of[n] != gone || i > 0 && l.byTie(c.docs[i-1], n) > 0 {
			d.Fail("a document is in two classes, or in the wrong place")
			return
		}
		c.docs[i], l.of[n] = n, number
		b.tie = min(b.tie, l.docs[n].tie)
	}
	b.only = c.only()
	for t := range b.key.lists() {
		l.lists[t].live += b.live
	}
}

// leftOver puts the documents that no class has named into the one without concepts and patterns.
func (l *loader) leftOver(d *section.Decoder, rest uint32) {
	for i, c := range l.of {
		if c != gone {
			continue
		}
		if rest == gone {
			d.Fail("a document has no class")
			return
		}
		l.of[i] = rest
		l.briefs[rest].live++
	}
	for i := range l.all {
		if b := &l.briefs[i]; b.live == 0 || b.key.none() && len(l.all[i].docs) > 0 {
			d.Fail("a class has no documents, or names them in vain")
			return
		}
	}
}
