package discordfake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// refusals are answers to a command that was typed, and how Discord refuses them.
type refusals map[string]struct {
	do           func(*testing.T, place, *clock, *discordfake.Interaction) answer
	status, code int
	field        string // that is named
}

func (all refusals) try(t *testing.T) {
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := newClock()
			p := newPlace(t, discordfake.Options{Now: clock.Now})
			got := c.do(t, p, clock, p.Slash(p.channel, p.user, "ask"))
			if got.status != c.status || got.code(t) != c.code || !strings.Contains(got.body, c.field) {
				t.Errorf("%d %s, want %d and %d %s", got.status, got.body, c.status, c.code, c.field)
			}
		})
	}
}

func callbackOf(i *discordfake.Interaction) string {
	return "/interactions/" + i.ID + "/" + i.Token + "/callback"
}

func TestAnswersAtAWrongTime(t *testing.T) {
	t.Parallel()
	hi := `{"type":4,"data":{"content":"hi"}}`
	hook := func(p place, i *discordfake.Interaction) string {
		return "/webhooks/" + p.ApplicationID() + "/" + i.Token
	}
	refusals{
		"after 3 s": {func(t *testing.T, p place, clock *clock, i *discordfake.Interaction) answer {
			clock.advance(3001 * time.Millisecond)
			return p.do(t, "POST", callbackOf(i), hi)
		}, 404, 10062, ""},
		"a second time": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callbackOf(i), hi)
			return p.do(t, "POST", callbackOf(i), hi)
		}, 400, 40060, ""},
		"another token": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", "/interactions/"+i.ID+"/x/callback", hi)
		}, 404, 10062, ""},
		"a follow-up before": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", hook(p, i), `{"content":"x"}`)
		}, 404, 10015, ""},
		"a follow-up after 15 min": {func(t *testing.T, p place, clock *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callbackOf(i), hi)
			clock.advance(15*time.Minute + time.Second)
			return p.do(t, "PATCH", hook(p, i)+"/messages/@original", `{"content":"x"}`)
		}, 401, 50027, ""},
		"no original": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callbackOf(i), hi)
			p.do(t, "DELETE", hook(p, i)+"/messages/@original", "")
			return p.do(t, "GET", hook(p, i)+"/messages/@original", "")
		}, 404, 10008, ""},
		"an update of nothing": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), `{"type":7,"data":{"content":"x"}}`)
		}, 400, 50035, `"type"`},
	}.try(t)
}

func TestAnswersThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	input := func(id, more string) string {
		return `{"type":1,"components":[{"type":4,"custom_id":"` + id + `","label":"l","style":1` + more + `}]}`
	}
	modal := func(rows string) string {
		return `{"type":9,"data":{"custom_id":"m","title":"t","components":[` + rows + `]}}`
	}
	choices := `{"type":8,"data":{"choices":[` + strings.Join(slicesRepeat(`{"name":"n","value":"v"}`, 26), ",") + `]}}`
	refusals{
		"too long": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), `{"type":4,"data":{"content":`+quote(strings.Repeat("x", 2001))+`}}`)
		}, 400, 50035, `"data":{"content"`},
		"empty": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), `{"type":4,"data":{}}`)
		}, 400, 50006, ""},
		"a title of 46": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), `{"type":9,"data":{"custom_id":"m","title":`+quote(strings.Repeat("x", 46))+
				`,"components":[{"type":1,"components":[{"type":4,"custom_id":"a","label":"l","style":1}]}]}}`)
		}, 400, 50035, `"title"`},
		"six inputs": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), modal(strings.Join(numbered(input("%d", ``), 6), ",")))
		}, 400, 50035, `"components"`},
		"two inputs in a row": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), modal(strings.ReplaceAll(input("a", ``)+input("b", ``), "]}{\"type\":1,\"components\":[", ",")))
		}, 400, 50035, `"components"`},
		"a label of 46": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), modal(strings.Replace(input("a", ``), `"l"`, quote(strings.Repeat("l", 46)), 1)))
		}, 400, 50035, `"label"`},
		"a placeholder of 101": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), modal(input("a", `,"placeholder":`+quote(strings.Repeat("x", 101)))))
		}, 400, 50035, `"placeholder"`},
		"more than the input takes": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), modal(input("a", `,"max_length":2,"value":"abc"`)))
		}, 400, 50035, `"value"`},
		"an input of 4001": {func(t *testing.T, p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callbackOf(i), modal(input("a", `,"max_length":4001`)))
		}, 400, 50035, `"max_length"`},
		"26 choices": {func(t *testing.T, p place, _ *clock, _ *discordfake.Interaction) answer {
			i := p.Autocomplete(p.channel, p.user, "ask", discordfake.Typing("topic", ""))
			return p.do(t, "POST", callbackOf(i), choices)
		}, 400, 50035, `"choices"`},
	}.try(t)
}

func TestAnAnswerToAChannelThatIsGone(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	i := p.Slash(p.channel, p.user, "ask")
	p.RemoveGuild(p.guild)
	got := p.do(t, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", `{"type":4,"data":{"content":"hi"}}`)
	if got.status != 404 || got.code(t) != 10003 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestWithResponse(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	i := p.Slash(p.channel, p.user, "ask")
	got := p.do(t, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback?with_response=true", `{"type":4,"data":{"content":"hi"}}`)
	var body struct {
		Interaction struct {
			MessageID string `json:"response_message_id"`
		}
		Resource struct {
			Type    int
			Message struct{ ID, Content string }
		}
	}
	decode(t, got.body, &body)
	if got.status != 200 || body.Resource.Type != 4 || body.Resource.Message.Content != "hi" || body.Resource.Message.ID != body.Interaction.MessageID {
		t.Errorf("%d %s", got.status, got.body)
	}
}
