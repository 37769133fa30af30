package index

import (
	"maps"
	"slices"
)

// reference is the ranking written down naively: every document, every term, BM25F as in the textbook. It
// returns the hits by tenant and id.
func reference(docs []Doc, q Query) map[[2]string]Hit {
	r := newStatistics(docs, q.Tenant)
	hits := make(map[[2]string]Hit)
	for _, d := range r.docs {
		h := Hit{ID: d.ID, Tenant: d.Tenant}
		h.Score = r.score(d, q)
		h.Pattern, h.PatternSize = -1, 0
		var weight float64
		for i, p := range d.Patterns {
			p = distinct(p)
			w, held := r.weigh(p), len(p) > 0 && !slices.ContainsFunc(p, func(c string) bool { return !slices.Contains(q.Concepts, c) })
			if held && (w > weight || w == weight && len(p) > h.PatternSize) {
				h.Pattern, h.PatternSize, weight = i, len(p), w
			}
		}
		if h.Pattern >= 0 {
			var reach float64
			for _, c := range distinct(q.Concepts) {
				if i := r.concept(c); i < idf(len(r.docs), 0) {
					reach += i
				}
			}
			h.Score += heldPattern{weight: weight}.bonus(reach, r.most(q))
		}
		if h.Score > 0 {
			hits[[2]string{d.Tenant, d.ID}] = h
		}
	}
	return hits
}

// statistics are those of the documents that a tenant sees.
type statistics struct {
	docs                   []Doc
	concepts, words, title float64 // mean lengths
}

func newStatistics(docs []Doc, tenant string) *statistics {
	r := new(statistics)
	for _, d := range docs {
		if d.Tenant == "" || d.Tenant == tenant {
			r.docs = append(r.docs, d)
			r.concepts += float64(len(d.Concepts))
			r.words += float64(len(d.Words))
			r.title += float64(len(d.Title))
		}
	}
	n := float64(len(r.docs))
	r.concepts, r.words, r.title = r.concepts/n, r.words/n, r.title/n
	return r
}

func (r *statistics) idf(holds func(Doc) bool) float64 {
	df := 0
	for _, d := range r.docs {
		if holds(d) {
			df++
		}
	}
	return idf(len(r.docs), df)
}

func (r *statistics) concept(c string) float64 {
	return r.idf(func(d Doc) bool { return slices.Contains(d.Concepts, c) })
}

func (r *statistics) word(w string) float64 {
	return r.idf(func(d Doc) bool { return slices.Contains(d.Words, w) || slices.Contains(d.Title, w) })
}

func (r *statistics) number(f float64) float64 {
	return r.idf(func(d Doc) bool { return slices.Contains(d.Numbers, f) })
}

func (r *statistics) score(d Doc, q Query) (sum float64) {
	level := func(tf float64) float64 { return tf / (levelling + tf) }
	for _, c := range distinct(q.Concepts) {
		sum += r.concept(c) * level(weightConcepts*frequency(c, d.Concepts, r.concepts, maxBody))
	}
	for _, w := range distinct(q.Words) {
		tf := weightWords*frequency(w, d.Words, r.words, maxBody) + weightTitle*frequency(w, d.Title, r.title, maxTitle)
		sum += r.word(w) * level(tf)
	}
	for _, f := range distinctNumbers(q.Numbers) {
		if slices.Contains(d.Numbers, f) {
			sum += weightNumber * r.number(f) * r.number(f) / idf(len(r.docs), 1)
		}
	}
	return sum
}

// most is what words and numbers can earn; terms that no document holds earn nothing.
func (r *statistics) most(q Query) (sum float64) {
	none := idf(len(r.docs), 0)
	for _, w := range distinct(q.Words) {
		if i := r.word(w); i < none {
			sum += i
		}
	}
	for _, f := range distinctNumbers(q.Numbers) {
		if i := r.number(f); i < none {
			sum += weightNumber * i * i / idf(len(r.docs), 1)
		}
	}
	return sum
}

func (r *statistics) weigh(concepts []string) (sum float64) {
	for _, c := range concepts {
		sum += r.concept(c)
	}
	return sum
}

func distinctNumbers(numbers []float64) []float64 {
	set := make(map[float64]bool)
	for _, f := range numbers {
		set[f] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// frequency is how often a field holds a term, counted up to a limit, by the relative length of the field.
func frequency(term string, field []string, mean float64, limit int) float64 {
	tf := 0
	for _, t := range field {
		if t == term {
			tf++
		}
	}
	if tf == 0 {
		return 0
	}
	return float64(min(tf, limit)) / (1 - lengthShare + lengthShare*float64(len(field))/mean)
}
