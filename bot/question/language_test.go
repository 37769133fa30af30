package question_test

import "testing"

func TestLanguage(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for text, want := range map[string]string{
		"":                               "en",
		"55,000":                         "en",
		"💥":                              "en",
		"How many soldiers were killed?": "en",
		"Combien de soldats?":            "en",
		"Скільки військових загинуло?":                  "uk",
		"Що сказав Пєсков?":                             "uk",
		"Хто назвав 55 тисяч":                           "uk",
		"втрати росії за рік":                           "uk",
		"Сколько военных погибло?":                      "ru",
		"Что сказал Песков?":                            "ru",
		"потери россии за год":                          "ru",
		"Кто назвал 55 тысяч?":                          "ru",
		"Where are переговоры held these days, please?": "en",
		"Що каже UN про втрати?":                        "uk",
		"Сколько в UN насчитали раненых":                "ru",
		"ЩО СКАЗАВ ЗЕЛЕНСЬКИЙ":                          "uk",
		"ЧТО СКАЗАЛ ЗЕЛЕНСКИЙ":                          "ru",
	} {
		if got := p.Ask(text, now).Lang; got != want {
			t.Errorf("%q is taken for %s, want %s", text, got, want)
		}
	}
}
