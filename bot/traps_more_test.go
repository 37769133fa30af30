package bot

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Traps 8, 11 and 12: civilians, and what a count leaves out.
var trapsOfCivilians = []trap{
	{
		name: "8 a verified minimum, en", text: "How many civilians were killed in Ukraine in 2025?", outcome: answered,
		lead: `at least 2,514`, caveats: [][2]string{{"K4", "verified_minimum"}, {"K4", "access_limited"}}, must: []string{`verified case by case`}, numbers: only(2514, 2025),
	},
	{
		name: "8 a verified minimum, uk", text: "Скільки цивільних було поранено в Україні у 2025 році?", outcome: answered,
		lead: `щонайменше 12.142`, caveats: [][2]string{{"K5", "verified_minimum"}, {"K5", "access_limited"}}, numbers: only(12142, 2025),
	},
	{
		name: "8 the high bound is open", text: "At most 2,514 civilians were killed in Ukraine in 2025.", stated: true,
		shows: []string{"K4"}, must: []string{`at least 2,514`}, never: []string{`matches|a sourced claim says this`},
	},
	{
		name: "11 Russia is outside the count, en", text: "How many civilians were killed in Russia in 2025?", outcome: related,
		lead: `Ukraine`, caveats: [][2]string{{"K4", "outside_count"}},
	},
	{
		name: "11 Russia is outside the count, ru", text: "Сколько мирных жителей погибло в России в 2025 году?", outcome: related,
		lead: `Украин`, caveats: [][2]string{{"K4", "outside_count"}},
	},
	{
		name: "12 secrecy isn't why the UN counts too few, en", text: "Is the real toll higher?", shows: []string{"K7"},
		caveats: [][2]string{{"K7", "access_limited"}, {"K7", "articles_voice"}}, must: []string{`secrecy .* soldiers`},
	},
	{
		name: "12 secrecy isn't why the UN counts too few, uk", text: "Чи справжні втрати вищі?", shows: []string{"K7"},
		caveats: [][2]string{{"K7", "access_limited"}, {"K7", "articles_voice"}},
	},
}

// Traps 13 to 15: the talks.
var trapsOfTalks = []trap{
	{
		name: "13 no date, en", text: "Where do the talks stand now?", outcome: answered, shows: []string{"N1"},
		caveats: [][2]string{{"N1", "undated"}}, must: []string{`as of`, `last reviewed|never reviewed`}, never: []string{`Geneva|today|currently|2026-0`},
	},
	{
		name: "13 no date, ru", text: "На какой стадии сейчас переговоры?", outcome: answered, shows: []string{"N1"},
		caveats: [][2]string{{"N1", "undated"}}, must: []string{`по состоянию на`}, never: []string{`Женев|сегодня`},
	},
	{
		name: "14 one dispute, Moscow's side, en", text: "What does Moscow demand?", outcome: answered, shows: []string{"N5"},
		caveats: [][2]string{{"N5", "one_dispute"}}, must: []string{`Ukraine's refusal`},
	},
	{
		name: "14 one dispute, Kyiv's side, uk", text: "Чи відмовляється Україна виводити війська?", outcome: answered, shows: []string{"N7"},
		caveats: [][2]string{{"N7", "one_dispute"}}, must: []string{`вимога Москви`},
	},
	{
		name: "14 who occupies the plant is left out, en", text: "What is the fate of the Zaporizhzhia nuclear plant?", outcome: answered,
		shows: []string{"N6"}, caveats: [][2]string{{"N6", "undefined_term"}}, must: []string{`leaves out who occupies`},
	},
	{
		name: "14 who occupies the plant is left out, ru", text: "Какова судьба Запорожской АЭС?", outcome: answered,
		shows: []string{"N6"}, caveats: [][2]string{{"N6", "undefined_term"}},
	},
	{
		name: "15 productive is a party's word, en", text: "Are the talks productive?", outcome: answered, shows: []string{"N2"},
		lead: `“productive”.*Umerov.*a party to the war`, caveats: [][2]string{{"N2", "partys_word"}}, must: []string{`far apart`},
	},
	{
		name: "15 productive is a party's word, uk", text: "Чи продуктивні переговори?", outcome: answered, shows: []string{"N2"},
		lead: `«продуктивні».*Умєров.*сторона війни`, caveats: [][2]string{{"N2", "partys_word"}},
	},
	{
		name: "15 far apart is the article's voice, en", text: "Are the two sides still far apart?", shows: []string{"N3"},
		lead: `nobody is named`, caveats: [][2]string{{"N3", "articles_voice"}}, never: []string{`says (Umerov|Peskov|the UN)`},
	},
	{
		name: "15 accused is the article's voice, ru", text: "Обвиняют ли стороны в занижении потерь?", shows: []string{"K6"},
		lead: `не назван`, caveats: [][2]string{{"K6", "unattributed"}, {"K6", "articles_voice"}},
	},
	{
		name: "15 largest conflict is the article's voice, en", text: "Is it Europe's largest conflict since World War II?", shows: []string{"W1"},
		lead: `nobody is named`, caveats: [][2]string{{"W1", "articles_voice"}, {"W1", "undefined_term"}},
	},
}

// Trap 14 on the board: two sides of one dispute stand under one heading, and none is told twice.
func TestTrapOneDisputeOnTheBoard(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "uk", "ru"} {
		r := handle(t, seedBot(t), chat.Request{Command: chat.CommandStatus, Lang: lang})
		under, heading := map[string]int{}, 0
		for i, b := range r.Blocks {
			switch b.Role {
			case chat.RoleHeading:
				heading = i
			case chat.RoleClaim:
				if _, twice := under[b.ClaimID]; twice {
					t.Errorf("%s: %s stands there twice", lang, b.ClaimID)
				}
				under[b.ClaimID] = heading
			}
		}
		if n5, n7 := under[keys["N5"]], under[keys["N7"]]; n5 == 0 || n5 != n7 {
			t.Errorf("%s: the demand and the refusal stand under headings %d and %d:\n%s", lang, n5, n7, plain(r))
		}
	}
}

// Trap 18: a range is given whole, and its top alone isn't what the source says.
func TestTrapRangeCutToItsTop(t *testing.T) {
	t.Parallel()
	b := seedBotAnd(t, studied("russia-killed-study", 275000, 325000))
	r := asks(t, b, "How many Russian soldiers have been killed?")
	trap{lead: `275,000.*325,000`, outcome: answered, never: []string{`300,000`}}.meet(t, r)
	r = asks(t, b, "Сколько российских военных погибло?")
	trap{lead: `275.000.*325.000`, outcome: answered}.meet(t, r)
	r = checks(t, b, "325,000 Russian soldiers have been killed.")
	trap{must: []string{`275,000.*325,000`}}.meet(t, r)
}

// studied is a research body's range of Russian soldiers killed so far.
func studied(id string, low, high float64) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Kind: knowledge.KindFigure, Text: "Between 275,000 and 325,000 Russian soldiers have been killed.",
		Figure:      knowledge.Figure{Low: &low, High: &high, Qualifier: knowledge.Range, Unit: "persons"},
		Scope:       knowledge.Scope{Party: "russia", Group: "soldiers", Metric: "killed", Period: knowledge.Period{Cumulative: true}},
		Attribution: knowledge.Attribution{Speaker: "A research institute", Standing: "research", Method: "statistical_estimate", SaidOn: knowledge.Date{Year: 2026, Month: 1, Day: 27}},
		Sources:     []knowledge.Source{{Publisher: "A research institute", Title: "A study", URL: "https://example.org/study", PublishedOn: knowledge.Date{Year: 2026, Month: 1, Day: 27}}},
		Caveats:     []knowledge.Caveat{{Code: "disputed"}},
	}
}
