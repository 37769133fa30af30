package bot

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Traps 5 to 7 and 16 to 18: whose figure it is, in which words, of what, and beside whose.
var starterTrapsOfRivals = []baseTrap{
	{trap: trap{
		name: "trap 05 estimates of nobody, en", text: "Who estimates that 420,000 Russian soldiers were killed or wounded in 2025?",
		lead: `nobody is named as the author`, shows: []string{"K3", syrskyiYear, ukYear, csisYear, peskovCSIS}, caveats: [][2]string{{"K3", "unattributed"}, {ukYear, "not_independent"}, {csisYear, "not_independent"}},
		must: []string{`aren't independent of each other: CSIS .*UK Ministry of Defence.*General Staff of Ukraine`, `Disputed:`}, never: []string{`(three|all) .*(confirm|agree)`, `confirmed by (CSIS|the UK)`},
	}, first: "K3", within: [][2]string{{syrskyiYear, `the other party to the war`}}},
	{trap: trap{
		name: "trap 05 estimates of nobody, uk", text: "Хто оцінив втрати Росії у 2025 році в 420 тисяч убитими й пораненими?",
		lead: `автора не названо`, shows: []string{"K3", syrskyiYear, ukYear, csisYear, peskovCSIS}, caveats: [][2]string{{"K3", "unattributed"}, {ukYear, "not_independent"}},
		must: []string{`не є незалежними`, `Заперечують`},
	}, first: "K3"},
	{trap: trap{
		name: "trap 05 rivals aren't confirmations, ru", text: "Сколько российских солдат убито или ранено в 2025 году?", outcome: answered,
		shows: []string{"K3", syrskyiYear, ukYear, csisYear, peskovCSIS}, caveats: [][2]string{{ukYear, "not_independent"}, {csisYear, "not_independent"}},
		must: []string{`не независимы друг от друга`, `Оспаривают`},
	}},
	{trap: trap{
		name: "trap 05 nobody isn't the UN, en", text: "The UN says nearly 420,000 Russian soldiers were killed or wounded in 2025.", stated: true, lead: `who says it`, caveats: [][2]string{{"K3", "unattributed"}},
	}, verdict: chat.MixedUp, mixups: []knowledge.Dimension{knowledge.DimAttribution}},
	{trap: trap{
		name: "trap 06 lost isn't killed, en", text: "How many soldiers did Ukraine lose in 2025?", outcome: answered,
		shows: []string{belousov, rudskoi}, caveats: [][2]string{{belousov, "undefined_term"}, {rudskoi, "undefined_term"}}, lead: `“(losses|lost)”`,
	}, within: [][2]string{{belousov, `counts: .*losses \(not defined\)`}, {rudskoi, `counts: .*losses \(not defined\)`}}, without: [][2]string{{belousov, `\d (soldiers )?(were )?killed`}, {rudskoi, `\d (soldiers )?(were )?killed`}}},
	{trap: trap{
		name: "trap 06 losses aren't the killed, en", text: "1,243,070 Russian soldiers have been killed.", stated: true, caveats: [][2]string{{generalStaff, "undefined_term"}},
	}, first: generalStaff, verdict: chat.MixedUp, mixups: metricOnly},
	{trap: trap{
		name: "trap 06 neutralised isn't killed, uk", text: "Сирський сказав, що за 2025 рік знешкоджено майже 420 тисяч російських військових.", stated: true, caveats: [][2]string{{syrskyiNeutralised, "undefined_term"}},
	}, first: syrskyiNeutralised, verdict: chat.Matches, within: [][2]string{{syrskyiNeutralised, `«знешкоджені» \(без уточнення\)`}}},
	{trap: trap{
		name: "trap 06 lost isn't killed, ru", text: "Сколько солдат потеряла Украина в 2025 году?", outcome: answered,
		shows: []string{belousov, rudskoi}, caveats: [][2]string{{belousov, "undefined_term"}, {rudskoi, "undefined_term"}}, lead: `«потер`,
	}, within: [][2]string{{belousov, `потери \(без уточнения\)`}, {rudskoi, `потери \(без уточнения\)`}}},
	{trap: trap{
		name: "trap 07 cases, not persons, en", text: "How many Ukrainian soldiers have been wounded?", outcome: answered, lead: `about 390,000 cases of injury`,
		caveats: [][2]string{{injuries, "cases_not_persons"}}, never: []string{`390,000 (Ukrainian )?(soldiers|persons|people)`},
	}, first: injuries},
	{trap: trap{
		name: "trap 07 cases, not persons, uk", text: "Скільки українських військових поранено?", outcome: answered, lead: `390.000 випадків поранень`,
		caveats: [][2]string{{injuries, "cases_not_persons"}}, never: []string{`390.000 (українських )?(військових|осіб|людей)`},
	}, first: injuries},
	{trap: trap{
		name: "trap 07 two kinds of cases in one series, ru", text: "Как менялось число раненых украинских военных по словам Зеленского?",
		must: []string{`370.000 случаев помощи`, `390.000 случаев ранений`}, caveats: [][2]string{{injuries, "series_break"}},
	}, order: []string{aid, injuries}},
	{trap: trap{
		name: "trap 16 officials of one side, en", text: "How many soldiers did Ukraine lose in 2025, according to Belousov and Rudskoi?",
		shows: []string{belousov, rudskoi}, must: []string{`2025-12-17`, `2026-02-20`}, caveats: [][2]string{{belousov, "undefined_term"}}, never: []string{`510,000`},
	}, within: [][2]string{{belousov, `nearly 500,000`}, {rudskoi, `more than 520,000`}}},
	{trap: trap{
		name: "trap 16 an official and himself, en", text: "How did Zelenskyy's figure of Russian soldiers killed change?", lead: `calculate no differences`,
		must: []string{`180,000.*2024-02-25`, `198,000.*2024-12-08`, `350,000.*2025-02-04`}, caveats: [][2]string{{"russia-soldiers-killed-zelenskyy-2025-02-04", "figures_differ"}}, never: []string{`152,000|274,000`},
	}, order: []string{"russia-soldiers-killed-zelenskyy-2024-02-25", "russia-soldiers-killed-zelenskyy-2024-12-08", "russia-soldiers-killed-zelenskyy-2025-02-04"}},
	{trap: trap{
		name: "trap 16 an official and himself, ru", text: "Как менялось число убитых российских солдат по словам Зеленского?", lead: `разниц я не вычисляю`,
		must: []string{`180.000.*2024-02-25`, `198.000.*2024-12-08`, `350.000.*2025-02-04`}, caveats: [][2]string{{"russia-soldiers-killed-zelenskyy-2025-02-04", "figures_differ"}},
	}, order: []string{"russia-soldiers-killed-zelenskyy-2024-02-25", "russia-soldiers-killed-zelenskyy-2024-12-08", "russia-soldiers-killed-zelenskyy-2025-02-04"}},
	{trap: trap{
		name: "trap 17 a jump isn't fighting, en", text: "How many dead Russian soldiers does Mediazona know by name?", outcome: answered,
		lead: `more than 200,000.*Mediazona`, caveats: [][2]string{{mediazonaNames, "series_break"}}, must: []string{`jump isn't ten days of fighting`}, never: []string{`2,300|23,000 (soldiers|dead|killed)`},
	}, first: mediazonaNames},
	{trap: trap{
		name: "trap 17 a jump isn't fighting, uk", text: "Скільки загиблих російських військових відомо поіменно за даними Медіазони?", outcome: answered,
		lead: `понад 200.000.*Медіазона`, caveats: [][2]string{{mediazonaNames, "series_break"}},
	}, first: mediazonaNames},
	{trap: trap{
		name: "trap 17 asked for the jump, en", text: "Did Mediazona's count jump because of the fighting?", lead: `leaked civil registry`, caveats: [][2]string{{leakedNames, "series_break"}}, must: []string{`jump isn't ten days of fighting`}, never: []string{`2,300`},
	}, first: leakedNames},
	{trap: trap{
		name: "trap 17 asked for the jump, ru", text: "Почему у Медиазоны скачок?", lead: `утечки реестра`, caveats: [][2]string{{leakedNames, "series_break"}}, must: []string{`скачок — не десять дней боёв`},
	}, first: leakedNames},
	{trap: trap{
		name: "trap 17 the jump told as deaths, en", text: "Mediazona counted 23,000 deaths in ten days.", stated: true, must: []string{`jump isn't ten days of fighting`},
	}, unproven: true},
	{trap: trap{
		name: "trap 18 a range is given whole, en", text: "How many Russian soldiers have been killed according to CSIS?", outcome: answered, lead: `275,000 to 325,000`,
		caveats: [][2]string{{csisRU, "range_cut"}}, never: []string{`300,000`},
	}, first: csisRU},
	{trap: trap{
		name: "trap 18 a range is given whole, ru", text: "Сколько российских военных погибло по данным CSIS?", outcome: answered, lead: `от 275.000 до 325.000`,
		caveats: [][2]string{{csisRU, "range_cut"}}, never: []string{`300.000`},
	}, first: csisRU},
	{trap: trap{
		name: "trap 18 a range cut to its top, en", text: "CSIS says that around 325,000 Russian soldiers have been killed.", stated: true, lead: `275,000 to 325,000`, caveats: [][2]string{{csisRU, "range_cut"}},
	}, first: csisRU, unproven: true},
	{trap: trap{
		name: "trap 18 a range cut to its top, uk", text: "За даними CSIS, загинуло близько 140 тисяч українських військових.", stated: true, lead: `від 100.000 до 140.000`, caveats: [][2]string{{csisUA, "range_cut"}},
	}, first: csisUA, unproven: true},
}
