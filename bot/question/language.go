package question

import (
	"strings"
	"unicode"
)

// language tells English, Ukrainian and Russian apart: by script, then by the letters that only one of the
// two has, then by little words. Three languages in two scripts need no library: the ones that there are
// date from 2019 and 2023 and guess among dozens (guides/libraries.md).
func language(text string) string {
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
		if s := littleWords(word); s > 0 {
			uk++
		} else if s < 0 {
			ru++
		}
	}
	if uk > ru {
		return "uk"
	}
	return "ru"
}

// littleWords returns 1 for a Ukrainian word, −1 for a Russian one, 0 for neither or both.
func littleWords(word string) int {
	switch word {
	case "що", "як", "та", "чи", "від", "було", "були", "про", "де", "коли", "скажи", "зараз", "хто", "яка", "яке", "який",
		"з", "це", "цей", "там", "року", "народу", "людей", "загалом", "чому", "чого", "треба", "назвав", "вбито", "загинуло", "скоро":
		return 1
	case "что", "как", "и", "ли", "от", "это", "этот", "где", "когда", "сейчас", "кто", "какая", "какой", "какое",
		"с", "сколько", "года", "году", "почему", "надо", "назвал", "убито", "погибло", "или", "если", "только", "уже":
		return -1
	}
	return 0
}
