package bot

import "github.com/whosays/whosays/bot/chat"

// Traps of which people fall into several at once, or that they put in few words.
var starterTrapsInShort = []baseTrap{
	{trap: trap{
		name: "trap 06 neutralised isn't killed, ru", text: "Сырский сказал, что в 2025 году убито почти 420 тысяч российских солдат.", stated: true, caveats: [][2]string{{syrskyiNeutralised, "undefined_term"}},
	}, first: syrskyiNeutralised, verdict: chat.MixedUp, mixups: metricOnly},
	{trap: trap{
		name: "trap 16 officials of one side, uk", text: "Яке середнє між 500 000 Бєлоусова та 520 000 Рудського?", lead: `не (виконую|роблю) обчислень`, shows: []string{belousov, rudskoi}, never: []string{`510.000`},
	}},
	{trap: trap{
		name: "trap 10 deadliest since 2022, en", text: "Was 2025 the deadliest year of the war for civilians?", shows: []string{"K4"}, must: []string{`deadliest year for civilians since 2022, not of the whole war`},
	}, first: "K4"},
	{trap: trap{
		name: "trap 10 deadliest since 2022, uk", text: "Чи був 2025 рік найсмертоноснішим для цивільних?", shows: []string{"K4"}, must: []string{`після 2022-го, а не за всю війну`},
	}, first: "K4"},
	{trap: trap{
		name: "trap 01 the missing, in short, en", text: "is the 55k incl. the missing?", shows: []string{"K1", registerOfMissing}, caveats: [][2]string{{"K1", "excludes_missing"}}, never: []string{theSum},
	}},
	{trap: trap{
		name: "trap 01 the sum in signs, en", text: "so 55k killed + 90k missing = 145k dead right?", lead: `don't calculate`, shows: []string{"K1", registerOfMissing}, never: []string{theSum},
	}},
	{trap: trap{
		name: "trap 01 the register isn't of soldiers, en", text: "90,000 Ukrainian soldiers are missing.", stated: true, shows: []string{registerOfMissing}, must: []string{`split isn't disclosed`},
	}},
	{trap: trap{
		name: "trap 06 neutralised comes first, en", text: "How many Russian soldiers were neutralised in 2025?", lead: `“neutralised”`, caveats: [][2]string{{syrskyiNeutralised, "undefined_term"}},
	}, first: syrskyiNeutralised},
	{trap: trap{
		name: "trap 06 neutralised comes first, ru", text: "Сколько российских солдат обезврежено в 2025 году?", lead: `«обезврежено»`, caveats: [][2]string{{syrskyiNeutralised, "undefined_term"}},
	}, first: syrskyiNeutralised},
	{trap: trap{
		name: "trap 07 cases told as soldiers, en", text: "390,000 Ukrainian soldiers have been wounded.", stated: true, caveats: [][2]string{{injuries, "cases_not_persons"}},
	}, first: injuries, unproven: true},
	{trap: trap{
		name: "trap 07 cases told as soldiers, uk", text: "Поранено 390 тисяч українських військових.", stated: true, caveats: [][2]string{{injuries, "cases_not_persons"}},
	}, first: injuries, unproven: true},
	{trap: trap{
		name: "trap 13 they don't continue today, en", text: "The talks in Abu Dhabi continue today.", stated: true, caveats: [][2]string{{"N1", "undated"}},
	}, unproven: true},
	{trap: trap{
		name: "trap 13 they don't continue today, ru", text: "Переговоры в Абу-Даби продолжаются.", stated: true, caveats: [][2]string{{"N1", "undated"}},
	}, unproven: true},
	{trap: trap{
		name: "trap 15 both sides didn't say so, en", text: "Both sides call the talks productive.", stated: true, caveats: [][2]string{{"N2", "partys_word"}},
	}, first: "N2", verdict: chat.MixedUp},
	{trap: trap{
		name: "trap 18 a top that nobody is named for, en", text: "Around 325,000 Russian soldiers have been killed.", stated: true, lead: `275,000 to 325,000`, caveats: [][2]string{{csisRU, "range_cut"}},
	}, first: csisRU, unproven: true},
	{trap: trap{
		name: "trap 18 a top that nobody is named for, uk", text: "Загинуло 140 тисяч українських військових.", stated: true, lead: `від 100.000 до 140.000`, caveats: [][2]string{{csisUA, "range_cut"}},
	}, first: csisUA, unproven: true},
}
