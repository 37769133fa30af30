package bot

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Claims of the starter base that the traps are about, besides those of the seed article.
const (
	registerOfMissing  = "ukraine-persons-missing-dobroserdov"
	namedUA            = "ukraine-soldiers-killed-ualosses"
	csisUA             = "ukraine-soldiers-killed-csis-2026-01-27"
	csisRU             = "russia-soldiers-killed-csis-2026-01-27"
	csisYear           = "russia-soldiers-killed-or-wounded-2025-csis"
	ukYear             = "russia-soldiers-killed-or-wounded-2025-uk-mod"
	syrskyiNeutralised = "russia-soldiers-neutralised-2025-syrskyi"
	syrskyiYear        = "russia-soldiers-killed-or-wounded-2025-syrskyi"
	generalStaff       = "russia-soldiers-losses-general-staff-2026-02-04"
	peskovCSIS         = "peskov-csis-not-reliable"
	injuries           = "ukraine-soldiers-wounded-zelenskyy-2025-02-04"
	aid                = "ukraine-soldiers-wounded-zelenskyy-2024-12-08"
	mediazonaNames     = "russia-soldiers-killed-mediazona-names"
	belousov           = "ukraine-soldiers-losses-2025-belousov"
	rudskoi            = "ukraine-soldiers-losses-2025-rudskoi"
	leakedNames        = "mediazona-names-from-leaked-registry"
	pause              = "peskov-talks-pause"
	geneva             = "talks-third-round-geneva"
	firstRound         = "talks-first-round-abu-dhabi"
)

// Of 55,000 killed and 90,000 on a register nothing is added up, in no way of writing it.
const theSum = `145.?000|145 ?(k|тис|тыс)|145 thousand`

// Words that make of his official figure a guess.

// A ratio, in digits or words.
const ratios = `\d[.,]\d times|\bx ?\d|\d+ ?: ?\d+\b|\d to one|times (more|as many)|у \d+ раз|в \d+ раз|вдвое больше|вдвічі`

var metricOnly = []knowledge.Dimension{knowledge.DimMetric}

// Traps 1 to 4: what a figure of soldiers leaves out, and what can't be set against it.
var starterTrapsOfSoldiers = []baseTrap{
	{trap: trap{
		name: "trap 01 the missing aren't in the killed, en", text: "How many Ukrainian soldiers have been killed?", outcome: answered,
		shows: []string{"K1", namedUA, csisUA}, caveats: [][2]string{{"K1", "excludes_missing"}},
		lead: `^55,000.*Zelenskyy.*a party to the war; 2026-02-04`, must: []string{`missing aren't in this figure`}, never: []string{theSum, `90,000`},
	}, first: "K1"},
	{trap: trap{
		name: "trap 01 the missing aren't in the killed, uk", text: "Скільки українських військових загинуло?", outcome: answered,
		shows: []string{"K1", namedUA, csisUA}, caveats: [][2]string{{"K1", "excludes_missing"}},
		lead: `55.000.*Зеленський.*сторона війни; 2026-02-04`, never: []string{theSum, `90.000`},
	}, first: "K1"},
	{trap: trap{
		name: "trap 01 whether the missing are in it, en", text: "Does the 55,000 include the missing?",
		shows: []string{"K1", "K2", registerOfMissing}, caveats: [][2]string{{"K1", "excludes_missing"}}, must: []string{`can't be added to figures of soldiers killed`}, never: []string{theSum},
	}, without: [][2]string{{registerOfMissing, `55,000`}, {"K1", `90,000`}}},
	{trap: trap{
		name: "trap 01 whether the missing are in it, ru", text: "Входят ли пропавшие без вести в эти 55 000?",
		shows: []string{"K1", "K2", registerOfMissing}, caveats: [][2]string{{"K1", "excludes_missing"}}, must: []string{`Складывать это число с цифрами погибших военных нельзя`}, never: []string{theSum},
	}},
	{trap: trap{
		name: "trap 01 asked for the sum, en", text: "55,000 killed plus 90,000 missing makes how many?", lead: `don't calculate`,
		shows: []string{"K1", registerOfMissing}, caveats: [][2]string{{"K1", "excludes_missing"}}, never: []string{theSum},
	}},
	{trap: trap{
		name: "trap 01 asked for the sum, uk", text: "Скільки буде 55 000 загиблих плюс 90 000 зниклих безвісти?", lead: `не (виконую|роблю) обчислень`,
		shows: []string{"K1", registerOfMissing}, caveats: [][2]string{{"K1", "excludes_missing"}}, never: []string{theSum},
	}},
	{trap: trap{
		name: "trap 01 the sum told as the dead, ru", text: "Погибли 55 тысяч и ещё 90 тысяч пропали, то есть 145 тысяч погибших украинских военных.", stated: true,
		shows: []string{"K1", registerOfMissing}, caveats: [][2]string{{"K1", "excludes_missing"}}, must: []string{`Складывать это число`}, never: []string{theSum},
	}},
	{trap: trap{
		name: "trap 02 it isn't his estimate, en", text: "What is Zelenskyy's estimate of the Ukrainian soldiers killed?", outcome: answered,
		lead: `^55,000`, caveats: [][2]string{{"K1", "articles_voice"}}, must: []string{`officially 55,000`},
	}, first: "K1", within: [][2]string{{"K1", `said: .*official statement`}}, without: [][2]string{{"K1", `estimat|about 55|near(ly)? 55`}}},
	{trap: trap{
		name: "trap 02 it isn't his estimate, ru", text: "Во сколько Зеленский оценивает потери Украины убитыми?", outcome: answered,
		lead: `^Погибли 55.000`, caveats: [][2]string{{"K1", "articles_voice"}}, must: []string{`официально это число составляет 55`},
	}, first: "K1", within: [][2]string{{"K1", `официальное заявление`}}, without: [][2]string{{"K1", `оцен|около 55`}}},
	{trap: trap{
		name: "trap 02 beside estimates it stays official, uk", text: "Скільки українських військових загинуло за оцінками?",
		shows: []string{"K1"},
	}, within: [][2]string{{"K1", `офіційна заява|^Загинули 55`}}, without: [][2]string{{"K1", `оцін|близько 55`}}},
	{trap: trap{
		name: "trap 02 an article's word is told as such, en", text: "Zelenskyy says that approximately 55,000 Ukrainian soldiers have been killed.", stated: true,
		caveats: [][2]string{{"K1", "articles_voice"}},
	}, first: "K1", verdict: chat.Matches},
	{trap: trap{
		name: "trap 03 like for like, en", text: "What is the ratio of Russian to Ukrainian soldiers killed?", outcome: related, lead: `don't calculate`,
		shows: []string{csisRU, csisUA}, must: []string{`275,000.*325,000`, `100,000.*140,000`, `counts on each side alike`}, never: []string{ratios},
	}, hides: []string{"K3", "K1"}},
	{trap: trap{
		name: "trap 03 like for like, uk", text: "Яке співвідношення загиблих військових Росії та України?", outcome: related, lead: `не (виконую|роблю) обчислень`,
		shows: []string{csisRU, csisUA}, must: []string{`275.000.*325.000`, `100.000.*140.000`}, never: []string{ratios},
	}, hides: []string{"K3", "K1"}},
	{trap: trap{
		name: "trap 03 asked to divide, ru", text: "Во сколько раз потери России больше потерь Украины?", lead: `не произвожу вычислений`, never: []string{ratios},
	}, hides: []string{"K3"}},
	{trap: trap{
		name: "trap 03 the killed against killed or wounded, en", text: "What is 420,000 divided by 55,000?", lead: `don't calculate`,
		shows: []string{"K1"}, caveats: [][2]string{{"K1", "excludes_missing"}}, never: []string{ratios, `7\.\d`},
	}},
	{trap: trap{
		name: "trap 04 a mix-up, en", text: "Nearly 420,000 Russian soldiers were killed in 2025.", stated: true,
		caveats: [][2]string{{"K3", "combined_metric"}}, lead: `mixed up \(what is counted\).*killed or wounded`,
	}, first: "K3", verdict: chat.MixedUp, mixups: metricOnly, without: [][2]string{{"K3", `420,000 Russian soldiers (were )?killed in`}}},
	{trap: trap{
		name: "trap 04 a mix-up, uk", text: "У 2025 році загинули майже 420 тисяч російських військових.", stated: true,
		caveats: [][2]string{{"K3", "combined_metric"}}, lead: `переплутано.*убито або поранено`,
	}, first: "K3", verdict: chat.MixedUp, mixups: metricOnly},
	{trap: trap{
		name: "trap 04 no deaths are derived, en", text: "How many Russian soldiers were killed in 2025?", outcome: related, lead: `killed or wounded together, not killed`,
		shows: []string{csisYear, ukYear, syrskyiYear, "K3"}, caveats: [][2]string{{csisYear, "combined_metric"}, {"K3", "combined_metric"}}, never: []string{`\d[\d,]* (of them )?(were )?killed in 2025`},
	}},
	{trap: trap{
		name: "trap 04 no deaths are derived, ru", text: "Сколько российских солдат погибло в 2025 году?", outcome: related, lead: `погибшие и(ли)? раненые вместе»?, а не «погибшие`,
		shows: []string{csisYear, ukYear, syrskyiYear, "K3"}, caveats: [][2]string{{csisYear, "combined_metric"}, {"K3", "combined_metric"}},
	}},
}
