package console

import "strings"

// phrases are the chat's own words. What the bot says comes from the bot.
type phrases struct {
	hint, unknown, missing, nothing, langs, changed, bye string
}

// phrasesIn returns the phrases of a language, the English ones of a language that it doesn't know.
func phrasesIn(lang string) phrases {
	switch lang {
	case "uk":
		return phrases{
			hint:    "/check твердження · /status · після відповіді /sources · /how · /quote · /near · /lang en|uk|ru|auto · /help · /quit",
			unknown: "Такої команди немає. /help покаже, що можна зробити.",
			nothing: "Для цього потрібна відповідь із твердженнями. /near показує близькі; із номером зі списку — одне з них.",
			missing: "Напишіть текст після команди, наприклад: /check і твердження, яке треба перевірити.",
			langs:   "Виберіть мову: /lang en, /lang uk, /lang ru або /lang auto — мовою повідомлення.",
			changed: "Гаразд.",
			bye:     "До зустрічі!",
		}
	case "ru":
		return phrases{
			hint:    "/check утверждение · /status · после ответа /sources · /how · /quote · /near · /lang en|uk|ru|auto · /help · /quit",
			unknown: "Такой команды нет. /help покажет, что можно сделать.",
			nothing: "Для этого нужен ответ с утверждениями. /near показывает близкие; с номером из списка — одно из них.",
			missing: "Напишите текст после команды, например: /check и утверждение, которое нужно проверить.",
			langs:   "Выберите язык: /lang en, /lang uk, /lang ru или /lang auto — на языке сообщения.",
			changed: "Хорошо.",
			bye:     "До встречи!",
		}
	}
	return phrases{
		hint:    "/check STATEMENT · /status · after an answer /sources · /how · /quote · /near · /lang en|uk|ru|auto · /help · /quit",
		unknown: "There is no such command. /help shows what you can do.",
		nothing: "That needs an answer with claims. /near lists what comes near, and with a number of that list it shows one.",
		missing: "Write the text after the command, for example /check and the statement to check.",
		langs:   "Choose a language: /lang en, /lang uk, /lang ru, or /lang auto for that of each message.",
		changed: "Done.",
		bye:     "Goodbye!",
	}
}

// known reports whether the chat has words in a language.
func known(lang string) bool { return lang == "en" || lang == "uk" || lang == "ru" }

// Locale returns the language that the environment asks for, English where the chat doesn't speak it.
func Locale(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := env(name); value != "" {
			if lang, _, _ := strings.Cut(value, "_"); known(lang) {
				return lang
			}
			return "en"
		}
	}
	return "en"
}
