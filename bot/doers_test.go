package bot

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
)

// TestWhoDidItIsNotCounted: those who killed are no dead, wherever they stand, with an article or in another case.
func TestWhoDidItIsNotCounted(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for _, question := range []string{
		"How many Russian soldiers have been killed by the Ukrainians?", "How many Russian soldiers were killed by the Ukrainian army?",
		"How many Russian soldiers were captured by the Ukrainian army?",
		"Скільки російських солдатів убили українці?", "Скільки російських солдатів убито українцями?", "Скільки росіян убили українські військові?",
		"Сколько российских солдат убили украинцы?", "Сколько российских солдат убито украинской армией?", "Сколько убитых украинцами солдат у России?",
	} {
		r := asks(t, b, question)
		if diff := cmp.Diff([]string{keys["K3"]}, ids(r)); diff != "" || r.Outcome != chat.Related {
			t.Errorf("%q: %s\n%s", question, r.Outcome, diff)
		}
	}
	for _, question := range []string{
		"How many Ukrainian soldiers have been killed by the Russians?", "Скільки українських солдатів убили росіяни?", "Сколько украинских солдат убито россиянами?",
		"Скільки убили українських солдатів?", "Сколько убито солдат украинской армии?",
	} {
		r := asks(t, b, question)
		if diff := cmp.Diff([]string{keys["K1"]}, ids(r)); diff != "" || r.Outcome != chat.Answered {
			t.Errorf("%q: %s\n%s", question, r.Outcome, diff)
		}
	}
	r := asks(t, b, "By the Ukrainian count, how many Russian soldiers were killed?") // whose count it is counts no dead either
	if diff := cmp.Diff([]string{keys["K3"]}, ids(r)); diff != "" || r.Outcome != chat.Related {
		t.Errorf("%s\n%s", r.Outcome, diff)
	}
	for statement, want := range map[string]chat.Verdict{
		"55,000 Russian soldiers were killed by the Ukrainians.": chat.MixedUp, "55,000 Ukrainian soldiers were killed by the Russians.": chat.Matches,
		"Украинцами убито 55 тысяч солдат.": chat.NoSource, "Украинской армией убито 55 тысяч солдат.": chat.NoSource,
	} {
		if f := checks(t, b, statement).Findings; len(f) != 1 || f[0].Verdict != want {
			t.Errorf("%q: %+v", statement, f)
		}
	}
}

// TestMannersOfSpeaking: who isn't sure of it states it all the same.
func TestMannersOfSpeaking(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for statement, want := range map[string]chat.Verdict{
		"Correct me if I'm wrong, but the UN counted 12,142 injured civilians in Ukraine in 2025.": chat.Matches,
		"If I'm not mistaken, 100,000 Ukrainian soldiers have been killed.":                        chat.Differs,
		"Unless I’m mistaken, about 55,000 Ukrainian soldiers have been killed.":                   chat.Matches,
		"Виправте мене, якщо помиляюся, але загинуло 55 тисяч українських військових.":             chat.Matches,
		"Если не ошибаюсь, погибло 55 тысяч украинских солдат.":                                    chat.Matches,
		"If Russia is not mistaken, 55,000 Ukrainian soldiers were killed.":                        chat.NoSource,
		"If 55,000 Ukrainian soldiers were killed, I'm wrong.":                                     chat.NoSource,
		"Asked about the talks, Umerov called them productive.":                                    chat.Matches,
		"Asked about the talks, Umerov dismissed them as a waste of time.":                         chat.Differs,
		"Umerov dismissed the negotiations as a waste of time.":                                    chat.Differs,
		"Умєров відкинув переговори як марнування часу.":                                           chat.Differs,
		"Умеров отверг переговоры как пустую трату времени.":                                       chat.Differs,
		"Kyiv rejected the demand to withdraw troops as unacceptable.":                             chat.Matches,
	} {
		if f := checks(t, b, statement).Findings; len(f) != 1 || f[0].Verdict != want {
			t.Errorf("%q: %+v", statement, f)
		}
	}
}
