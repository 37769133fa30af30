package bot

import "github.com/whosays/whosays/bot/chat"

// Traps 8 to 12: civilians, and what a count of them leaves out.
var starterTrapsOfCivilians = []baseTrap{
	{trap: trap{
		name: "trap 08 a verified minimum, en", text: "How many civilians were killed in Ukraine in 2025?", outcome: answered, lead: `^At least 2,514`,
		caveats: [][2]string{{"K4", "verified_minimum"}, {"K4", "access_limited"}}, must: []string{`verified case by case`},
	}, first: "K4", without: [][2]string{{"K4", `(an|UN) estimate|estimated|about 2,514|2,514 ?[–-]|up to 2,514`}}},
	{trap: trap{
		name: "trap 08 a verified minimum, uk", text: "Скільки цивільних було поранено в Україні у 2025 році?", outcome: answered, lead: `щонайменше 12.142`,
		caveats: [][2]string{{"K5", "verified_minimum"}, {"K5", "access_limited"}},
	}, first: "K5", without: [][2]string{{"K5", `близько 12|до 12.142 `}}},
	{trap: trap{
		name: "trap 08 asked for the UN's estimate, en", text: "What does the UN estimate for civilians killed in Ukraine in 2025?", lead: `At least 2,514`,
		caveats: [][2]string{{"K4", "verified_minimum"}}, must: []string{`isn't the mission's word`},
	}, first: "K4", within: [][2]string{{"K4", `verified case by case`}}},
	{trap: trap{
		name: "trap 08 the high bound is open, en", text: "At most 2,514 civilians were killed in Ukraine in 2025.", stated: true, lead: `At least 2,514`,
	}, first: "K4", verdict: chat.Differs},
	{trap: trap{
		name: "trap 08 the high bound is open, ru", text: "В 2025 году в Украине погибло не более 2514 мирных жителей.", stated: true, lead: `не менее 2.514`,
	}, first: "K4", verdict: chat.Differs},
	{trap: trap{
		name: "trap 09 the rise is of killed and injured, en", text: "By how much did civilian deaths rise in 2025?", shows: []string{"K4"},
		caveats: [][2]string{{"K4", "combined_metric"}}, never: []string{`31 % (more )?(deaths|killed)`, `426|20 %`},
	}, within: [][2]string{{"K4", `31 % over 2024 is one of killed and injured together`}}},
	{trap: trap{
		name: "trap 09 the rise is of killed and injured, ru", text: "Насколько выросло число погибших мирных жителей в 2025 году?", shows: []string{"K4"},
		caveats: [][2]string{{"K4", "combined_metric"}}, never: []string{`426`},
	}, within: [][2]string{{"K4", `31 % .*погибшие и раненые вместе`}}},
	{trap: trap{
		name: "trap 09 the rise told of the dead, en", text: "Civilian deaths in Ukraine rose by 31% in 2025.", stated: true,
	}, unproven: true},
	{trap: trap{
		name: "trap 10 deadliest since 2022, en", text: "How many civilians were killed in 2025?", must: []string{`deadliest year for civilians since 2022, not of the whole war`},
	}, first: "K4"},
	{trap: trap{
		name: "trap 10 deadliest since 2022, uk", text: "Скільки цивільних загинуло у 2025 році?", must: []string{`після 2022-го, а не за всю війну`},
	}, first: "K4"},
	{trap: trap{
		name: "trap 10 deadliest of the war, en", text: "2025 was the deadliest year of the war for civilians in Ukraine.", stated: true,
	}, unproven: true},
	{trap: trap{
		name: "trap 11 Russia is outside the count, en", text: "How many civilians were killed in Russia in 2025?", outcome: related, lead: `Ukraine, not Russia`, caveats: [][2]string{{"K4", "outside_count"}},
	}},
	{trap: trap{
		name: "trap 11 Russia is outside the count, uk", text: "Скільки цивільних загинуло в Росії?", outcome: related, lead: `«Україна», а не «Росія»`, must: []string{`на території Росії, до цього числа не входять`},
	}},
	{trap: trap{
		name: "trap 11 where the casualties were, en", text: "How many civilians were injured in Ukraine in 2025?", outcome: answered, must: []string{`97 % of the casualties .*territory held by the government`},
		caveats: [][2]string{{"K5", "outside_count"}},
	}, first: "K5"},
	{trap: trap{
		name: "trap 11 where the casualties were, ru", text: "Сколько гражданских погибло в Украине в 2025 году?", outcome: answered, must: []string{`97 % пострадавших .*подконтрольной правительству`},
		caveats: [][2]string{{"K4", "outside_count"}},
	}, first: "K4"},
	{trap: trap{
		name: "trap 11 all civilians on both sides, en", text: "2,514 civilians were killed in Russia in 2025.", stated: true, caveats: [][2]string{{"K4", "outside_count"}},
	}, verdict: chat.MixedUp},
	{trap: trap{
		name: "trap 12 secrecy isn't why the UN counts too few, en", text: "Is the real toll higher?", shows: []string{"K7"},
		caveats: [][2]string{{"K7", "access_limited"}, {"K7", "articles_voice"}}, must: []string{`secrecy .* soldiers.*access and verification`},
	}},
	{trap: trap{
		name: "trap 12 secrecy isn't why the UN counts too few, uk", text: "Чи справжні втрати вищі?", shows: []string{"K7"},
		caveats: [][2]string{{"K7", "access_limited"}, {"K7", "articles_voice"}}, must: []string{`стосується військових.*доступу й перевірки`},
	}},
	{trap: trap{
		name: "trap 12 why the UN counts too few, en", text: "How many civilians were killed in 2025 according to the UN?", caveats: [][2]string{{"K4", "access_limited"}}, never: []string{`reluctan|secre`},
	}, first: "K4"},
}
