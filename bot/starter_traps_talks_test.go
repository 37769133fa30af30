package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// What would make of the article's moment the reader's own.
const rightNow = `\btoday the|currently|are (still )?(on)?going|сейчас (идут|продолжаются)|зараз (тривають|йдуть)`

// Traps 13 to 15: the talks.
var starterTrapsOfTalks = []baseTrap{
	{trap: trap{
		name: "trap 13 as of, and where knowledge ends, en", text: "Where do the talks stand now?", outcome: answered, lead: `^As of 5 March 2026.*pause.*Peskov.*2026-03-05`,
		shows: []string{geneva, firstRound}, caveats: [][2]string{{pause, "as_of"}, {"N1", "undated"}, {geneva, "as_of"}}, must: []string{`after mid-March 2026 was found`, `as of 2026-03-11`, `last reviewed`}, never: []string{rightNow},
	}, first: pause},
	{trap: trap{
		name: "trap 13 as of, and where knowledge ends, ru", text: "На какой стадии сейчас переговоры?", outcome: answered, lead: `^По состоянию на 5 марта 2026 года.*пауза.*Песков.*2026-03-05`,
		caveats: [][2]string{{pause, "as_of"}}, must: []string{`по состоянию на 2026-03-11`}, never: []string{rightNow},
	}, first: pause},
	{trap: trap{
		name: "trap 13 continue is of its own day, en", text: "Do the talks in Abu Dhabi continue?", shows: []string{"N1", pause}, caveats: [][2]string{{"N1", "undated"}, {pause, "as_of"}},
		must: []string{`that round ended, a round in Geneva followed, then a pause`}, never: []string{rightNow},
	}},
	{trap: trap{
		name: "trap 13 continue is of its own day, uk", text: "Чи тривають переговори в Абу-Дабі?", shows: []string{"N1", pause}, caveats: [][2]string{{"N1", "undated"}, {pause, "as_of"}}, never: []string{rightNow},
	}},
	{trap: trap{
		name: "trap 14 one dispute, Moscow's side, en", text: "What does Moscow demand?", outcome: answered, shows: []string{"N5"}, caveats: [][2]string{{"N5", "one_dispute"}}, must: []string{`Ukraine's refusal`},
	}, first: "N5"},
	{trap: trap{
		name: "trap 14 one dispute, Kyiv's side, uk", text: "Чи відмовляється Україна виводити війська?", outcome: answered, shows: []string{"N7"}, caveats: [][2]string{{"N7", "one_dispute"}}, must: []string{`вимога Москви`},
	}, first: "N7"},
	{trap: trap{
		name: "trap 14 one dispute, both sides, en", text: "What is the dispute about land?", outcome: answered, shows: []string{"N5", "N7"}, caveats: [][2]string{{"N5", "one_dispute"}, {"N7", "one_dispute"}},
	}},
	{trap: trap{
		name: "trap 14 who occupies the plant, en", text: "What is the fate of the Zaporizhzhia nuclear plant?", outcome: answered, shows: []string{"N6"}, caveats: [][2]string{{"N6", "undefined_term"}}, must: []string{`Russia occupies the plant`},
	}},
	{trap: trap{
		name: "trap 14 who occupies the plant, ru", text: "Какова судьба Запорожской АЭС?", outcome: answered, shows: []string{"N6"}, caveats: [][2]string{{"N6", "undefined_term"}}, must: []string{`станцию заняла Россия`},
	}},
	{trap: trap{
		name: "trap 15 productive is a party's word, en", text: "Are the talks productive?", outcome: answered, lead: `“substantive and productive”.*Umerov.*a party to the war; 2026-02-04`, caveats: [][2]string{{"N2", "partys_word"}}, must: []string{`far apart`},
	}, first: "N2"},
	{trap: trap{
		name: "trap 15 productive is a party's word, uk", text: "Чи продуктивні переговори?", outcome: answered, lead: `«змістовною та продуктивною».*Умєров.*сторона війни`, caveats: [][2]string{{"N2", "partys_word"}},
	}, first: "N2"},
	{trap: trap{
		name: "trap 15 it isn't Peskov's word, en", text: "Peskov called the talks productive.", stated: true, caveats: [][2]string{{"N2", "partys_word"}},
	}, first: "N2", verdict: chat.MixedUp, mixups: []knowledge.Dimension{knowledge.DimAttribution}},
	{trap: trap{
		name: "trap 15 far apart is the article's voice, en", text: "Are the two sides still far apart?", lead: `nobody is named`, caveats: [][2]string{{"N3", "articles_voice"}, {"N3", "undated"}}, never: []string{`apart.*says (Umerov|Peskov|the UN)`},
	}, first: "N3"},
	{trap: trap{
		name: "trap 15 accused is the article's voice, ru", text: "Обвиняют ли стороны в занижении потерь?", lead: `автор не назван`, caveats: [][2]string{{"K6", "unattributed"}, {"K6", "articles_voice"}},
	}, first: "K6"},
	{trap: trap{
		name: "trap 15 largest conflict is the article's voice, uk", text: "Чи це найбільша війна в Європі після Другої світової?", lead: `автора не названо`, caveats: [][2]string{{"W1", "articles_voice"}, {"W1", "undefined_term"}},
	}, first: "W1"},
}

// Trap 19: what was quoted first, in the speaker's own words, stands before the article that tells it.
var starterTrapsOfSources = []baseTrap{
	{trap: trap{
		name: "trap 19 the earliest direct quote, en", text: "According to Zelenskyy, how many Ukrainian soldiers have been killed?", lead: `^55,000`, caveats: [][2]string{{"K1", "articles_voice"}},
	}, within: [][2]string{{"K1", `(?s)source: Reuters.*2026-02-04 — “soldiers killed on the battlefield.*source: Seed article`}}},
	{trap: trap{
		name: "trap 19 the earliest direct quote, ru", text: "Сколько украинских военных погибло по словам Зеленского?", lead: `^Погибли 55`, caveats: [][2]string{{"K1", "articles_voice"}},
	}, within: [][2]string{{"K1", `(?s)источник: Reuters.*2026-02-04 — “soldiers killed on the battlefield.*источник: Seed article`}}},
	{trap: trap{
		name: "trap 19 the UN's own words before the article's, uk", text: "Скільки цивільних загинуло в Україні у 2025 році?",
	}, first: "K4", within: [][2]string{{"K4", `(?s)джерело: AFP.*“reached at least 2,514 killed”.*джерело: Seed article`}}},
	{trap: trap{
		name: "trap 19 a direct quote before a headline, en", text: "How many Russian soldiers were killed or wounded in December 2025?", caveats: [][2]string{{"russia-soldiers-killed-or-wounded-2025-12-zelenskyy", "reports_differ"}},
		lead: `35,000 .*“neutralised”`,
	}, first: "russia-soldiers-killed-or-wounded-2025-12-zelenskyy"},
}

// TestStarterTrapOnTheBoard: traps 13 and 14 on the status board of the whole base.
func TestStarterTrapOnTheBoard(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "uk", "ru"} {
		r := handle(t, wholeBot(t), chat.Request{Command: chat.CommandStatus, Lang: lang})
		place := func(id string) int {
			return slices.IndexFunc(r.Blocks, func(b chat.Block) bool { return b.ClaimID == idOf(id) })
		}
		var order []int
		for _, id := range []string{pause, firstRound, "N1", geneva, "N5"} {
			order = append(order, place(id))
		}
		if order[0] < 0 || !slices.IsSorted(order) || slices.Max(order[:4]) > place("N7") {
			t.Errorf("%s: the latest known stands not first, or the rounds not in order: %v\n%s", lang, order, plain(r))
		}
		if !strings.Contains(plain(r), "2026-03-05") || !warns(t, r, pause, "as_of") {
			t.Errorf("%s: where knowledge ends isn't said:\n%s", lang, plain(r))
		}
		for _, id := range []string{"N5", "N7"} {
			if !warns(t, r, idOf(id), "one_dispute") {
				t.Errorf("%s: %s is told as a dispute of its own:\n%s", lang, id, plain(r))
			}
		}
	}
}
