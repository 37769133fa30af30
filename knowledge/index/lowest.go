package index

// lowest keeps the highest scores of many, the lowest of them on top of a heap.
type lowest[T points | scoredClass] struct {
	scores []T
	most   int
}

// floor returns the lowest of the highest scores, 0 while there are too few.
func (l *lowest[T]) floor() T {
	if len(l.scores) < l.most {
		return 0
	}
	return l.scores[0]
}

// add takes a score above the floor.
func (l *lowest[T]) add(score T) {
	if len(l.scores) < l.most {
		l.scores = append(l.scores, score)
		for i := len(l.scores) - 1; i > 0 && l.scores[i] < l.scores[(i-1)/2]; i = (i - 1) / 2 {
			l.swap(i, (i-1)/2)
		}
		return
	}
	if score <= l.scores[0] {
		return
	}
	l.scores[0] = score
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(l.scores); child++ {
			if l.scores[child] < l.scores[least] {
				least = child
			}
		}
		if least == i {
			return
		}
		l.swap(i, least)
		i = least
	}
}

func (l *lowest[T]) swap(i, k int) { l.scores[i], l.scores[k] = l.scores[k], l.scores[i] }
