package bot

import "github.com/whosays/whosays/bot/chat"

var (
	answered = []chat.Outcome{chat.Answered}
	related  = []chat.Outcome{chat.Related}
)

// Traps 1 to 6: soldiers.
var trapsOfSoldiers = []trap{
	{
		name: "1 the missing aren't in the killed, en", text: "How many Ukrainian soldiers have been killed?",
		outcome: answered, shows: []string{"K1"}, caveats: [][2]string{{"K1", "excludes_missing"}, {"K1", "partys_own_figure"}},
		lead: `55,000.*Zelenskyy.*a party to the war`, must: []string{`missing aren't in this figure`}, never: []string{`90,000`}, numbers: only(55000),
	},
	{
		name: "1 the missing aren't in the killed, uk", text: "Скільки українських військових загинуло?",
		outcome: answered, shows: []string{"K1"}, caveats: [][2]string{{"K1", "excludes_missing"}, {"K1", "partys_own_figure"}},
		lead: `55.000.*Зеленський.*сторона війни`, must: []string{`Зниклі безвісти до цього числа не входять`}, numbers: only(55000),
	},
	{
		name: "1 asked whether the missing are in it", text: "Does the 55,000 include the missing?",
		outcome: answered, shows: []string{"K1", "K2"}, caveats: [][2]string{{"K1", "excludes_missing"}}, numbers: only(55000),
	},
	{
		name: "1 no sum of killed and missing, en", text: "How many Ukrainian soldiers are killed and missing in total?",
		shows: []string{"K1"}, caveats: [][2]string{{"K1", "excludes_missing"}}, numbers: only(55000),
	},
	{
		name: "1 no sum of killed and missing, ru", text: "Сколько всего украинских военных погибло и пропало без вести?",
		shows: []string{"K1"}, caveats: [][2]string{{"K1", "excludes_missing"}}, numbers: only(55000),
	},
	{
		name: "2 it isn't his estimate, en", text: "What is Zelenskyy's estimate of the Ukrainian soldiers killed?",
		outcome: answered, shows: []string{"K1"}, caveats: [][2]string{{"K1", "articles_voice"}},
		must: []string{`said: .*official statement`}, never: []string{`estimat`},
	},
	{
		name: "2 it isn't his estimate, ru", text: "Во сколько Зеленский оценивает потери Украины убитыми?",
		outcome: answered, shows: []string{"K1"}, caveats: [][2]string{{"K1", "articles_voice"}},
		must: []string{`официальное заявление`}, never: []string{`оцен`},
	},
	{
		name: "3 asked for a ratio, en", text: "What is the ratio of Russian to Ukrainian soldiers killed?",
		outcome: related, lead: `don't calculate`, shows: []string{"K1", "K3"}, must: []string{`can't be set against`}, never: []string{`\d[.,]\d times|\bx\d|\d ?: ?\d`},
		numbers: only(55000, 420000, 2025),
	},
	{
		name: "3 asked for a ratio, uk", text: "Яке співвідношення втрат Росії та України?",
		outcome: related, lead: `не (виконую|роблю) обчислень`, shows: []string{"K1", "K3"}, numbers: only(55000, 420000, 2025),
	},
	{
		name: "3 asked to add, en", text: "What is 55,000 plus 420,000?", shows: []string{"K1", "K3"}, lead: `don't (calculate|add)`, numbers: only(55000, 420000, 2025),
	},
	{
		name: "3 asked to add, ru", text: "Сложи 55 000 и 420 000", shows: []string{"K1", "K3"}, lead: `не (произвожу|выполняю|складываю|считаю)`, numbers: only(55000, 420000, 2025),
	},
	{
		name: "4 a mix-up, en", text: "Nearly 420,000 Russian soldiers were killed in 2025.", stated: true, shows: []string{"K3"},
		caveats: [][2]string{{"K3", "combined_metric"}}, must: []string{`mixed up`}, numbers: only(420000, 2025),
	},
	{
		name: "4 a mix-up, uk", text: "У 2025 році загинули майже 420 тисяч російських військових.", stated: true, shows: []string{"K3"},
		caveats: [][2]string{{"K3", "combined_metric"}}, must: []string{`переплутано`}, numbers: only(420000, 2025),
	},
	{
		name: "4 asked for the dead, en", text: "How many Russian soldiers were killed in 2025?", outcome: related,
		lead: `killed or wounded`, caveats: [][2]string{{"K3", "combined_metric"}}, numbers: only(420000, 2025),
	},
	{
		name: "4 asked for the dead, ru", text: "Сколько российских солдат погибло в 2025 году?", outcome: related,
		lead: `погибшие и(ли)? раненые`, caveats: [][2]string{{"K3", "combined_metric"}}, numbers: only(420000, 2025),
	},
	{
		name: "5 estimates of nobody, en", text: "Who estimates that 420,000 Russian soldiers were killed or wounded?", shows: []string{"K3"},
		lead: `nobody is named`, caveats: [][2]string{{"K3", "unattributed"}}, never: []string{`\bUN\b|Zelenskyy|Syrskyi|CSIS|General Staff|confirmed by`},
	},
	{
		name: "5 estimates of nobody, uk", text: "Хто оцінив втрати Росії у 420 тисяч?", shows: []string{"K3"},
		lead: `не названо`, caveats: [][2]string{{"K3", "unattributed"}}, never: []string{`ООН|Зеленськ|Сирськ|Генштаб`},
	},
	{
		name: "6 lost isn't killed, en", text: "How many soldiers did Russia lose in 2025?", shows: []string{"K3"},
		must: []string{`killed or wounded`}, caveats: [][2]string{{"K3", "combined_metric"}}, never: []string{`soldiers lost|lost soldiers`},
	},
	{
		name: "6 lost isn't killed, ru", text: "Сколько солдат потеряла Россия в 2025 году?", shows: []string{"K3"},
		must: []string{`убито или ранено`}, caveats: [][2]string{{"K3", "combined_metric"}},
	},
}
