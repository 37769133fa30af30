package question

import (
	"strings"
	"unicode"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// language tells English, Ukrainian and Russian apart: by script, then by the letters that only one of the
// two has, then by little words. Three languages in two scripts need no library: the ones that there are
// date from 2019 and 2023 and guess among dozens (guides/libraries.md).
func language(lex *lexicon.Lexicon, text string) string {
	latin, cyrillic, uk, ru := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r < 0x80:
			if unicode.IsLetter(r) {
				latin++
			}
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
			switch unicode.ToLower(r) {
			case 'і', 'ї', 'є', 'ґ':
				uk++
			case 'ы', 'э', 'ъ', 'ё':
				ru++
			}
		}
	}
	if cyrillic == 0 || latin > 2*cyrillic {
		return "en"
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		switch {
		case lex.IsForm("only_uk", word):
			uk++
		case lex.IsForm("only_ru", word):
			ru++
		}
	}
	if uk > ru {
		return "uk"
	}
	return "ru"
}
