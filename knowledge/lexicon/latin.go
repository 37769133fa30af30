package lexicon

import (
	"strings"
	"unicode/utf8"
)

// Ukrainian and Russian are also typed with Latin letters ("skolko soldat pogiblo"), in no fixed way: what a word may stand for is
// tried in both languages, with and without the soft signs that are left out.

// script is a language that is typed with Latin letters: what each letter, or a few of them, may stand for there.
type script struct {
	lang    string
	letters *strings.Replacer
	soft    *strings.Replacer // puts back the soft signs that are left out most
}

func scripts() []script {
	both := []string{
		"shch", "щ", "sch", "щ", "zh", "ж", "kh", "х", "ts", "ц", "ch", "ч", "sh", "ш", "yu", "ю", "ju", "ю", "iu", "ю", "ya", "я", "ja", "я",
		"a", "а", "b", "б", "v", "в", "w", "в", "d", "д", "z", "з", "k", "к", "l", "л", "m", "м", "n", "н", "o", "о", "p", "п", "r", "р", "s", "с",
		"t", "т", "u", "у", "f", "ф", "c", "ц", "j", "й", "x", "х", "q", "к", "'", "ь", "e", "е", "g", "г",
	}
	uk := append([]string{"yi", "ї", "ii", "ії", "ye", "є", "je", "є", "ie", "є", "iia", "ія", "iy", "ій", "yy", "ий", "ay", "ай", "oy", "ой", "ey", "ей", "uy", "уй", "i", "і", "y", "и", "h", "г"}, both...)
	ru := append([]string{"yo", "е", "jo", "е", "ye", "е", "je", "е", "iy", "ий", "ij", "ий", "yy", "ый", "ay", "ай", "oy", "ой", "ey", "ей", "uy", "уй", "i", "и", "y", "ы", "h", "х"}, both...)
	return []script{
		{"uk", strings.NewReplacer(uk...), strings.NewReplacer("ск", "ськ", "лк", "льк", "лн", "льн", "лш", "льш", "дк", "дьк")},
		{"ru", strings.NewReplacer(ru...), strings.NewReplacer("лк", "льк", "лн", "льн", "лш", "льш", "лс", "льс")},
	}
}

// longestLatin is how many tokens a text has at most that is tried: a question is short, and trying isn't free.
const longestLatin = 64

// Of two languages the one counts more that explains more words, then the one whose own little words it has.
const (
	wordCounts = 3
	ownCounts  = 1
)

// fewestLatin is how many words of a text have to be read in another script for the text to be.
const fewestLatin = 2

// latin reads a text whose words are mostly none of English as Ukrainian or Russian in Latin letters. It returns the language
// where that explains more of them, and leaves the words alone where it doesn't.
func (l *Lexicon) latin(words []*known, tokens []Token) (lang string) {
	if len(tokens) > longestLatin {
		return ""
	}
	total, strange := 0, 0
	for i, k := range words {
		if k == nil {
			continue
		}
		if tokens[i].Norm[0] >= utf8.RuneSelf {
			return ""
		}
		total++
		if !k.listed {
			strange++
		}
	}
	if strange < fewestLatin || 2*strange < total {
		return ""
	}
	best := wordCounts * (total - strange)
	var read []*known
	for _, s := range l.scripts {
		as, n, own := l.readAs(s, words, tokens)
		if score := wordCounts*n + ownCounts*own; n > total-strange && score > best && n >= fewestLatin && 2*n > total {
			best, lang, read = score, s.lang, as
		}
	}
	if lang != "" {
		copy(words, read)
	}
	return lang
}

// readAs returns what words are in a script, how many of them it explains, and how many are words of its language alone.
func (l *Lexicon) readAs(s script, words []*known, tokens []Token) (as []*known, n, own int) {
	as = make([]*known, len(words))
	for i, k := range words {
		if k == nil {
			continue
		}
		plain := s.letters.Replace(tokens[i].Norm)
		as[i] = l.words.of(plain, l.meant)
		if soft := s.soft.Replace(plain); soft != plain {
			if k := l.words.of(soft, l.meant); k.explained() && (!k.fuzzy || !as[i].explained()) {
				as[i] = k
			}
		}
		if as[i].explained() {
			n++
		}
		if l.IsForm("only_"+s.lang, as[i].norm) {
			own++
		}
	}
	return as, n, own
}

// explained reports a word that the lexicon knows, or one that is meant by a slip.
func (k *known) explained() bool { return k.listed || k.fuzzy }
