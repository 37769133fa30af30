package guard

// The letters of Cyrillic stems, to look for a stem only in words that have them all.
const (
	inTysiach   = 1<<('т'-'а') | 1<<('с'-'а') | 1<<('я'-'а') | 1<<('ч'-'а')
	inMiliard   = 1<<('м'-'а') | 1<<('л'-'а') | 1<<('р'-'а') | 1<<('д'-'а')
	inLion      = 1<<('л'-'а') | 1<<('о'-'а') | 1<<('н'-'а')
	inNadtsiat  = 1<<('д'-'а') | 1<<('ц'-'а') | 1<<('т'-'а')
	inDesiat    = 1<<('д'-'а') | 1<<('е'-'а') | 1<<('с'-'а') | 1<<('т'-'а')
	inSot       = 1<<('с'-'а') | 1<<('т'-'а')
	inDevianost = 1<<('д'-'а') | 1<<('в'-'а') | 1<<('н'-'а') | 1<<('о'-'а')
)

// vagueCyrillic reports whether a Ukrainian or Russian word states an amount from ten up in a form that has
// no value here: other cases, ordinals, compounds ("півмільйона", "стотысячный"), dozens and hundreds.
func (w *word) vagueCyrillic() bool {
	switch {
	case w.hasCyr(inTysiach, "тысяч"), w.hasCyr(inTysiach, "тисяч"):
	case w.hasCyr(inMiliard, "миллиард"), w.hasCyr(inMiliard, "мільярд"):
	case w.cyr&inLion == inLion && w.vagueLion():
	case w.hasCyr(inNadtsiat, "надцят"), w.hasCyr(inNadtsiat, "надцат"):
	case w.hasCyr(inNadtsiat, "дцят"), w.hasCyr(inNadtsiat, "дцат"):
	case w.hasCyr(inDesiat, "десят") && !w.contains("десятил"): // "десятиліття" is a decade
	case w.hasCyr(inDevianost, "девяност"):
	case w.cyr&inSot == inSot && w.vagueHundreds():
	case w.starts("сороков"), w.starts("дюжин"):
	default:
		return false
	}
	return true
}

func (w *word) hasCyr(letters uint64, stem string) bool {
	return w.cyr&letters == letters && w.contains(stem)
}

func (w *word) vagueLion() bool {
	return w.contains("миллион") || w.contains("мільйон") || w.contains("биллион") || w.contains("більйон") ||
		w.contains("триллион") || w.contains("трильйон")
}

// vagueHundreds finds "сотні", "сотен", "півсотні", and the other cases of "двести", "п'ятсот".
func (w *word) vagueHundreds() bool {
	switch {
	case w.starts("сотн"), w.starts("сотен"), w.contains("півсотн"), w.contains("полсотн"):
		return true
	case !w.ends("сот") && !w.ends("стам") && !w.ends("стами") && !w.ends("стах"):
		return false
	}
	for _, digit := range [...]string{
		"дву", "дво", "трем", "трём", "трех", "трёх", "трьо", "четыр", "чотир", "пять", "пяти",
		"шесть", "шести", "шіст", "семь", "семи", "сьом", "восемь", "восьми", "вісьм", "девять", "девяти",
	} {
		if w.starts(digit) && w.n >= len(digit)+len("сот") {
			return true
		}
	}
	return false
}
