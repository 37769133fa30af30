package guard

import (
	"strconv"
	"strings"
)

// This file writes numbers in many ways, apart from how the guard reads them.

// spelling is how a language spells numbers below a million.
type spelling struct {
	units, teens, tens, hundreds string // hundreds: empty where the language multiplies
	hundred                      string
	one, two                     string // before a thousand
	thousand                     func(n int) string
	hyphen                       string
}

func spellings() []spelling {
	slavic := func(one, few, many string) func(int) string {
		return func(n int) string {
			switch {
			case n%100 >= 11 && n%100 <= 14:
				return many
			case n%10 == 1:
				return one
			case n%10 >= 2 && n%10 <= 4:
				return few
			}
			return many
		}
	}
	return []spelling{
		{
			units: "one two three four five six seven eight nine", one: "one", two: "two", hundred: "hundred", hyphen: "-",
			teens:    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
			tens:     "twenty thirty forty fifty sixty seventy eighty ninety",
			thousand: func(int) string { return "thousand" },
		},
		{
			units: "один два три чотири п'ять шість сім вісім дев’ять", one: "одна", two: "дві", hyphen: " ",
			teens:    "десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять",
			tens:     "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
			hundreds: "сто двісті триста чотириста пʼятсот шістсот сімсот вісімсот дев'ятсот",
			thousand: slavic("тисяча", "тисячі", "тисяч"),
		},
		{
			units: "один два три четыре пять шесть семь восемь девять", one: "одна", two: "две", hyphen: " ",
			teens: "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать " +
				"семнадцать восемнадцать девятнадцать",
			tens:     "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
			hundreds: "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
			thousand: slavic("тысяча", "тысячи", "тысяч"),
		},
	}
}

// spell writes n, which is below a million and above 0.
func (s spelling) spell(n int) string {
	words := []string{}
	if k := n / 1000; k > 0 {
		words = append(words, s.group(k, true), s.thousand(k))
	}
	if n%1000 > 0 {
		words = append(words, s.group(n%1000, false))
	}
	return strings.Join(words, " ")
}

func (s spelling) group(n int, ofThousands bool) string {
	at := func(list string, i int) string { return strings.Fields(list)[i] }
	unit := func(i int) string {
		switch {
		case ofThousands && i == 1:
			return s.one
		case ofThousands && i == 2:
			return s.two
		}
		return at(s.units, i-1)
	}
	words := []string{}
	if h := n / 100; h > 0 && s.hundreds != "" {
		words = append(words, at(s.hundreds, h-1))
	} else if h > 0 {
		words = append(words, at(s.units, h-1), s.hundred)
	}
	switch n %= 100; {
	case n >= 20 && n%10 > 0:
		words = append(words, at(s.tens, n/10-2)+s.hyphen+unit(n%10))
	case n >= 20:
		words = append(words, at(s.tens, n/10-2))
	case n >= 10:
		words = append(words, at(s.teens, n-10))
	case n > 0:
		words = append(words, unit(n))
	}
	return strings.Join(words, " ")
}

// digitFormats writes n, which is below a million and above 0, in digits in every way that the guard reads.
func digitFormats(n int) []string {
	plain := strconv.Itoa(n)
	out := []string{plain, plain + ".0", plain + "th", inScript(plain, '٠'), inScript(plain, '０'), inScript(plain, '०')}
	if n >= 1000 {
		for _, sep := range []string{",", ".", " ", "\u00a0", "\u202f", "\u2009", "\u2007", "'", "’", "٬", "，"} {
			out = append(out, plain[:len(plain)-3]+sep+plain[len(plain)-3:])
		}
		out = append(out, inScript(plain[:len(plain)-3], '٠')+"٬"+inScript(plain[len(plain)-3:], '٠'))
	}
	if n%10 == 0 {
		k := strconv.FormatFloat(float64(n)/1000, 'f', -1, 64)
		for _, suffix := range []string{"k", "K", " тис.", "\u00a0тыс.", " thousand", "тисяч"} {
			out = append(out, k+suffix, strings.Replace(k, ".", ",", 1)+suffix)
		}
	}
	if n%10000 == 0 {
		m := strconv.FormatFloat(float64(n)/1e6, 'f', -1, 64)
		out = append(out, m+"m", m+" million", m+" млн", m+"\u00a0мільйона", strings.Replace(m, ".", ",", 1)+" миллиона")
	}
	return out
}

// formats writes n in digits and, from ten up, in words.
func formats(n int) []string {
	out := digitFormats(n)
	if n >= 10 {
		for _, s := range spellings() {
			out = append(out, s.spell(n), strings.ToUpper(s.spell(n)))
		}
	}
	return out
}

// inScript writes ASCII digits in another script.
func inScript(digits string, zero rune) string {
	return strings.Map(func(r rune) rune { return r - '0' + zero }, digits)
}
