package index

// overlap says what a wording shares with the message, by shares of its weight.
type overlap struct {
	wording
	has, like, order, noFigure float64
	earned                     float64 // weight of the terms that both have
}

// nearer compares overlaps by how likely the wording is what the message repeats: of a short one it has more,
// of a long one it has more words.
func (o overlap) nearer(p overlap) bool { return o.earned*(o.like+o.order) > p.earned*(p.like+p.order) }

// overlap compares a wording with the message.
func (l *look) overlap(w wording) overlap {
	o := overlap{wording: w}
	l.turn++
	l.seq = l.seq[:0]
	var weight float64
	for _, at := range l.flat[w.from:w.to] {
		word := &l.words[at]
		if word.asked >= 0 {
			l.seq = append(l.seq, at)
		}
		if word.turn == l.turn {
			continue
		}
		word.turn = l.turn
		weight += word.idf
		o.like += word.idf * word.like
		switch {
		case word.asked >= 0:
			o.has += word.idf
			o.earned += l.r.terms[word.asked].weight
		case word.figure:
			o.noFigure += word.idf
		}
	}
	weight = max(weight, tiny)
	o.has, o.like, o.noFigure = o.has/weight, o.like/weight, o.noFigure/weight
	o.order = min(l.common()/weight, 1)
	return o
}

// longestOrder is how many words of a message are compared by their order, which takes time in proportion to
// them and to the document. A claim that is repeated further on is still found by its words.
const longestOrder = 200

// common returns the weight of the longest subsequence of l.seq that the message has too.
func (l *look) common() float64 {
	if len(l.seq) == 0 {
		return 0
	}
	l.row = append(l.row[:0], make([]float64, len(l.seq)+1)...)
	row := l.row
	for _, k := range l.r.order[:min(longestOrder, len(l.r.order))] {
		var diagonal float64
		for j, at := range l.seq {
			above := row[j+1]
			if w := &l.words[at]; w.asked == k {
				row[j+1] = max(above, diagonal+w.idf)
			}
			row[j+1] = max(row[j+1], row[j])
			diagonal = above
		}
	}
	return row[len(l.seq)]
}
