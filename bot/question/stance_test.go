package question_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/question"
)

// stance writes how a part says a topic: "+withdraw ukraine", "-demand russia"; "" where it doesn't.
func stance(p question.Part, topic string) string {
	i := slices.IndexFunc(p.Topics, func(t question.Topic) bool { return t.ID == topic })
	if i < 0 {
		return ""
	}
	sign := "+"
	if p.Topics[i].Sign < 0 {
		sign = "-"
	}
	if p.Topics[i].Agent == "" {
		return sign + topic
	}
	return sign + topic + " " + p.Topics[i].Agent
}

func TestPolesAndAgents(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for _, test := range []struct{ text, topic, want string }{
		{"Russia demands that Ukraine give up land.", "demand", "+demand russia"},
		{"Russia demands that Ukraine give up land.", "give_up", "+give_up ukraine"},
		{"Russia doesn't demand land.", "demand", "-demand russia"},
		{"Russia no longer demands land.", "demand", "-demand russia"},
		{"Moscow hasn't dropped its demand for land.", "demand", "+demand russia"},
		{"Moscow has dropped its demand for land.", "demand", "-demand russia"},
		{"Ukraine won't withdraw its troops.", "withdraw", "-withdraw ukraine"},
		{"Ukraine will withdraw its troops.", "withdraw", "+withdraw ukraine"},
		{"Ukraine refuses to withdraw its troops.", "withdraw", "-withdraw ukraine"},
		{"Ukraine doesn't refuse to withdraw its troops.", "withdraw", "+withdraw ukraine"},
		{"Kyiv is not ready to pull its troops out.", "withdraw", "-withdraw ukraine"},
		{"Withdrawing its troops is something Kyiv rejects.", "refuse", "+refuse ukraine"},
		{"Neither side has agreed.", "agreement", "-agreement"},
		{"The talks continue.", "ongoing", "+ongoing"},
		{"The talks were called off.", "ongoing", "-ongoing"},
		{"The talks have not been called off.", "ongoing", "+ongoing"},
		{"The talks aren't productive.", "productive", "-productive"},
		{"The talks were a waste of time.", "productive", "-productive"},
		{"Russia will not stop fighting.", "fight", "+fight russia"},
		{"Russia will fight until Kyiv makes the decisions.", "decide", "+decide ukraine"},
		{"Путін не вимагає землі.", "demand", "-demand russia"},
		{"Росія вимагає, щоб Україна віддала землі.", "give_up", "+give_up ukraine"},
		{"Україна відмовляється виводити війська.", "withdraw", "-withdraw ukraine"},
		{"Україна не відмовляється виводити війська.", "withdraw", "+withdraw ukraine"},
		{"Україна не виведе війська.", "withdraw", "-withdraw ukraine"},
		{"Переговори тривають.", "ongoing", "+ongoing"},
		{"Переговори не тривають.", "ongoing", "-ongoing"},
		{"Росія воюватиме, доки Київ не ухвалить рішень.", "decide", "+decide ukraine"},
		{"Россия требует отдать землю.", "demand", "+demand russia"},
		{"Россия больше не требует никакой земли.", "demand", "-demand russia"},
		{"Украина отказывается выводить войска.", "withdraw", "-withdraw ukraine"},
		{"Украина не отказывается выводить войска.", "withdraw", "+withdraw ukraine"},
		{"Стороны не договорились.", "agreement", "-agreement"},
	} {
		t.Run(test.text+" "+test.topic, func(t *testing.T) {
			t.Parallel()
			got := ""
			for _, part := range p.Check(test.text, now).Parts {
				if s := stance(part, test.topic); s != "" {
					got = s
				}
			}
			if got != test.want {
				t.Errorf("%s, want %s", strconv.Quote(got), strconv.Quote(test.want))
			}
		})
	}
}

func TestClaimants(t *testing.T) {
	t.Parallel()
	p := parser(t)
	for _, test := range []struct {
		text string
		want []string
	}{
		{"How many soldiers were killed?", nil},
		{"How many soldiers were killed according to the UN?", []string{"un"}},
		{"How many soldiers were killed according to Kyiv?", []string{"party:ukraine"}},
		{"What does Russia say about its losses?", []string{"party:russia"}},
		{"Russia says 55,000 soldiers were killed.", []string{"party:russia"}},
		{"The Kremlin says 55,000 soldiers were killed.", []string{"kremlin"}},
		{"The Kremlin's own tally of killed soldiers?", []string{"kremlin"}},
		{"The UN's count of killed civilians?", []string{"un"}},
		{"Zelensky says 55,000 soldiers were killed.", []string{"zelenskyy"}},
		{"What did Peskov and Umerov say?", []string{"peskov", "umerov"}},
		{"Russian soldiers killed in Ukraine?", nil},
		{"За даними ООН загинули 2514 цивільних.", []string{"un"}},
		{"За словами Зеленського, загинули 55 тисяч.", []string{"zelenskyy"}},
		{"Київ заявив, що загинули 55 тисяч.", []string{"party:ukraine"}},
		{"Что сказал Песков?", []string{"peskov"}},
		{"По данным Киева погибли 55 тысяч.", []string{"party:ukraine"}},
		{"Заявил Кремль: 55 тысяч погибших.", []string{"kremlin"}},
	} {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			q := p.Ask(test.text, now)
			if len(q.Parts) == 0 {
				t.Fatal("no parts")
			}
			if diff := cmp.Diff(test.want, q.Parts[0].Claimants); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
