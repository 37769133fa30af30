package lexicon

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// What is found out of a word doesn't depend on the text around it, and most words of a text are common ones:
// remembering them makes reading a text several times faster. Texts come from anybody, so that the memory is
// bounded: by the number of words, and by their length.
const (
	rememberedWords = 1 << 13
	rememberedMany  = 1 << 17 // while many texts are read; see ForMany
	longestWord     = 64      // in bytes
)

// known is what the dictionary makes of a word.
type known struct {
	norm   string // the word that was meant
	stem   string // of norm
	fuzzy  bool   // norm is another word than the written one
	starts []start
}

// start is a phrase that a word may begin. spelt: whether it does depends on capitals too.
type start struct {
	phrase *phrase
	prefix int // bytes of the beginning of a word that matched; 0: the whole word did
	spelt  bool
}

// memory holds the words of two generations. When the younger is full it becomes the older, whose words are
// forgotten: what is in use comes up again soon.
type memory struct {
	most int
	mu   sync.Mutex // held while generations change
	now  atomic.Pointer[generation]
	old  atomic.Pointer[generation]
}

type generation struct {
	words sync.Map // string → *known
	size  atomic.Int64
}

func newMemory(most int) *memory {
	m := &memory{most: most}
	m.now.Store(new(generation))
	m.old.Store(new(generation))
	return m
}

func (m *memory) get(word string) (*known, bool) {
	now := m.now.Load()
	if k, ok := now.words.Load(word); ok {
		return k.(*known), true //nolint:forcetypeassert // nothing else is stored
	}
	if k, ok := m.old.Load().words.Load(word); ok {
		m.put(word, k.(*known)) //nolint:forcetypeassert // as above
		return k.(*known), true //nolint:forcetypeassert // as above
	}
	return nil, false
}

// put remembers a word. The string is copied: it may be a slice of a whole text.
func (m *memory) put(word string, k *known) {
	if len(word) > longestWord {
		return
	}
	now := m.now.Load()
	if _, twice := now.words.LoadOrStore(strings.Clone(word), k); !twice && now.size.Add(1) >= int64(m.most) {
		m.turn(now)
	}
}

// turn makes a full generation the older one, once.
func (m *memory) turn(full *generation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now.Load() == full {
		m.old.Store(full)
		m.now.Store(new(generation))
	}
}

// ForMany returns the same lexicon with a large memory for words, for reading the texts of a whole base. The
// memory goes with it.
func (l *Lexicon) ForMany() *Lexicon {
	many := *l
	many.words = newMemory(rememberedMany)
	return &many
}

// know finds out about the word of a token, and makes the token the word that was meant.
func (l *Lexicon) know(t *Token) *known {
	if t.Kind != Word {
		return &known{norm: t.Norm, starts: l.dict.starting(t)}
	}
	k, ok := l.words.get(t.Norm)
	if !ok {
		written := t.Norm
		k = l.meant(t)
		l.words.put(written, k)
	}
	t.Norm, t.stem = k.norm, k.stem
	return k
}

// meant finds out about a word that isn't remembered.
func (l *Lexicon) meant(t *Token) *known {
	word := Token{Kind: Word, Norm: strings.Clone(t.Norm)}
	k := &known{}
	if utf8.RuneCountInString(word.Norm) >= minTypo && !l.dict.knows(&word) {
		if near, ok := l.dict.nearest(word.Norm); ok {
			word.Norm, word.stem, k.fuzzy = near, "", true
		}
	}
	k.norm, k.stem = word.Norm, word.Stem()
	k.starts = l.dict.starting(&word)
	return k
}
