package guard

// Ukrainian and Russian numerals, together: many forms are the same once the apostrophe is gone ("п'ять" is
// "пять"). Nominatives and genitives have a value; what other cases there are is vague.

func (w *word) classifyCyrillic() (numeralKind, uint64) {
	if w.n < 2*len("д") {
		return noNumber, 0
	}
	if w.n <= len("чотирнадцятьох") && w.beginsNumeral() {
		s := w.text()
		if k, value := slavicSmall(s); k != noNumber {
			return k, value
		}
		if k, value := slavicLarge(s); k != noNumber {
			return k, value
		}
	}
	if w.n >= len("сорок") && w.vagueCyrillic() {
		return vague, 0
	}
	return noNumber, 0
}

// beginsNumeral reports whether some numeral with a value begins with the first two letters.
func (w *word) beginsNumeral() bool {
	switch string(w.buf[:4]) {
	case "ну", "но", "од", "дв", "де", "тр", "ти", "ты", "чо", "че", "пя", "ші", "ше", "сі", "се", "со", "ст",
		"ві", "во", "ми", "мі", "мл":
		return true
	}
	return false
}

func slavicSmall(s string) (numeralKind, uint64) {
	switch s {
	case "нуль", "нуля", "ноль", "ноля":
		return unit, 0
	case "один", "одна", "одне", "одно", "одну", "одного", "одной", "одної", "однієї":
		return unit, 1
	case "два", "дві", "две", "двох", "двух":
		return unit, 2
	case "три", "трьох", "трех", "трёх":
		return unit, 3
	case "чотири", "чотирьох", "четыре", "четырех", "четырёх":
		return unit, 4
	case "пять", "пяти", "пятьох":
		return unit, 5
	case "шість", "шести", "шістьох", "шесть":
		return unit, 6
	case "сім", "семи", "сімох", "семь":
		return unit, 7
	case "вісім", "восьми", "вісьмох", "восемь":
		return unit, 8
	case "девять", "девяти", "девятьох":
		return unit, 9
	}
	return slavicTeen(s)
}

func slavicTeen(s string) (numeralKind, uint64) {
	switch s {
	case "десять", "десяти", "десятьох":
		return teen, 10
	case "одинадцять", "одинадцяти", "одиннадцать", "одиннадцати":
		return teen, 11
	case "дванадцять", "дванадцяти", "двенадцать", "двенадцати":
		return teen, 12
	case "тринадцять", "тринадцяти", "тринадцать", "тринадцати":
		return teen, 13
	case "чотирнадцять", "чотирнадцяти", "четырнадцать", "четырнадцати":
		return teen, 14
	case "пятнадцять", "пятнадцяти", "пятнадцать", "пятнадцати":
		return teen, 15
	case "шістнадцять", "шістнадцяти", "шестнадцать", "шестнадцати":
		return teen, 16
	case "сімнадцять", "сімнадцяти", "семнадцать", "семнадцати":
		return teen, 17
	case "вісімнадцять", "вісімнадцяти", "восемнадцать", "восемнадцати":
		return teen, 18
	case "девятнадцять", "девятнадцяти", "девятнадцать", "девятнадцати":
		return teen, 19
	}
	return noNumber, 0
}

func slavicLarge(s string) (numeralKind, uint64) {
	switch s {
	case "двадцять", "двадцяти", "двадцать", "двадцати":
		return tens, 20
	case "тридцять", "тридцяти", "тридцать", "тридцати":
		return tens, 30
	case "сорок", "сорока":
		return tens, 40
	case "пятдесят", "пятдесяти", "пятьдесят", "пятидесяти":
		return tens, 50
	case "шістдесят", "шістдесяти", "шестьдесят", "шестидесяти":
		return tens, 60
	case "сімдесят", "сімдесяти", "семьдесят", "семидесяти":
		return tens, 70
	case "вісімдесят", "вісімдесяти", "восемьдесят", "восьмидесяти":
		return tens, 80
	case "девяносто", "девяноста":
		return tens, 90
	case "тысяча", "тысячу", "тысячи", "тысяч", "тыс", "тисяча", "тисячу", "тисячі", "тисяч", "тис":
		return scale, 1e3
	case "миллион", "миллиона", "миллионов", "мільйон", "мільйона", "мільйони", "мільйонів", "млн":
		return scale, 1e6
	case "миллиард", "миллиарда", "миллиардов", "мільярд", "мільярда", "мільярди", "мільярдів", "млрд":
		return scale, 1e9
	}
	return slavicHundreds(s)
}

func slavicHundreds(s string) (numeralKind, uint64) {
	switch s {
	case "сто", "ста":
		return hundreds, 100
	case "двісті", "двохсот", "двести", "двухсот":
		return hundreds, 200
	case "триста", "трьохсот", "трехсот", "трёхсот":
		return hundreds, 300
	case "чотириста", "чотирьохсот", "четыреста", "четырехсот", "четырёхсот":
		return hundreds, 400
	case "пятсот", "пятисот", "пятьсот":
		return hundreds, 500
	case "шістсот", "шестисот", "шестьсот":
		return hundreds, 600
	case "сімсот", "семисот", "семьсот":
		return hundreds, 700
	case "вісімсот", "восьмисот", "восемьсот":
		return hundreds, 800
	case "девятсот", "девятисот", "девятьсот":
		return hundreds, 900
	}
	return noNumber, 0
}
