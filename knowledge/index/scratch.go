package index

// scratch is what a search works on. Between searches it holds only zeros and empty sets.
type scratch struct {
	sums             // of documents, by number in the view: what their words and figures earn
	classes sums     // of classes, by number in the view: what their concepts and patterns earn
	bonuses []points // of the heaviest pattern held, by class; zero again once added to its score
	raised  []uint32 // where bonuses aren't zero
	paid    []bool   // by class: whether a bonus is in its score
	payees  []uint32 // where paid is set
	asked   map[uint32]float64
	held    [maxShards]map[uint32]heldPattern
	best    []candidate
	look    look

	scale      scale
	lows       []points      // of pruning.floor
	ahead      []scoredClass // of pruning.classFloor
	candidates []uint32      // of pruning.finish
	open       []scoredClass
	concepts   []conceptClause     // of pruning
	ranks      [maxShards][]uint16 // of pruning.concepts, by number; zeros elsewhere
	sized      []sized             // of pruning
}

// scoredClass is a class, by number in the view, with what it has scored so far or may earn at most. In their order the best come last, and equals
// as they lie in memory.
type scoredClass uint64

func newScoredClass(number uint32, score points) scoredClass {
	return scoredClass(score)<<32 | scoredClass(number)
}

func (c scoredClass) number() uint32 { return uint32(c) } //nolint:gosec // its lower half

func (c scoredClass) score() points { return points(c >> 32) }

// sums are scores that add up.
type sums struct {
	scores  []points
	touched []uint32 // where scores aren't zero; one longer than scores
	count   int      // how many of touched hold
}

// heldPattern is a pattern that the query holds whole; weight is the sum of its concepts' idf.
type heldPattern struct {
	weight float64
	size   int
	points points // its bonus
}

// fit makes room for the documents of a view.
func (s *scratch) fit(v *view) {
	s.sums.fit(v.numbers())
	if n := int(v.firstClass[maxShards]); len(s.classes.scores) < n {
		s.classes.fit(n)
		s.bonuses = make([]points, len(s.classes.scores))
		s.paid = make([]bool, len(s.classes.scores))
	}
	for i, sh := range v.shards {
		if sh != nil && len(s.ranks[i]) < len(sh.lists) {
			s.ranks[i] = make([]uint16, len(sh.lists)+len(sh.lists)/8)
		}
	}
	if s.asked == nil {
		s.asked = make(map[uint32]float64)
		for i := range s.held {
			s.held[i] = make(map[uint32]heldPattern)
		}
	}
}

func (s *sums) fit(n int) {
	if len(s.scores) < n {
		n += n / 8 // what is to come
		s.scores, s.touched = make([]points, n), make([]uint32, n+1)
	}
}

// score adds points, which are above zero, to the score of a document or class. It is noted in any case
// and the note counts if it is new: a branch here would be guessed wrong too often, which costs a third.
func (s *sums) score(n uint32, earned points) {
	before, count := s.scores[n], s.count
	s.touched[count] = n
	if before == 0 {
		count++
	}
	s.count = count
	s.scores[n] = before + earned
}

// clear leaves zeros.
func (s *sums) clear() {
	for _, n := range s.touched[:s.count] {
		s.scores[n] = 0
	}
	s.count = 0
}

// raise lifts the bonus of a class.
func (s *scratch) raise(n uint32, bonus points) {
	if s.bonuses[n] == 0 {
		s.raised = append(s.raised, n)
	}
	s.bonuses[n] = max(s.bonuses[n], bonus)
}

// settle adds the bonuses to the scores.
func (s *scratch) settle() {
	for _, n := range s.raised {
		s.classes.score(n, s.bonuses[n])
		s.bonuses[n], s.paid[n] = 0, true
	}
	s.payees = append(s.payees, s.raised...)
	s.raised = s.raised[:0]
}

// clearClasses leaves zeros.
func (s *scratch) clearClasses() {
	s.classes.clear()
	for _, n := range s.payees {
		s.paid[n] = false
	}
	s.payees = s.payees[:0]
}

// reset empties what choosing and settle leave.
func (s *scratch) reset() {
	s.count = 0
	s.best = s.best[:0]
	clear(s.asked)
	for _, h := range s.held {
		clear(h)
	}
}
