package discordfake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

func TestAnswersThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	hi := `{"type":4,"data":{"content":"hi"}}`
	callback := func(i *discordfake.Interaction) string { return "/interactions/" + i.ID + "/" + i.Token + "/callback" }
	hook := func(p place, i *discordfake.Interaction) string {
		return "/webhooks/" + p.ApplicationID() + "/" + i.Token
	}
	input := func(id, more string) string {
		return `{"type":1,"components":[{"type":4,"custom_id":"` + id + `","label":"l","style":1` + more + `}]}`
	}
	modal := func(rows string) string {
		return `{"type":9,"data":{"custom_id":"m","title":"t","components":[` + rows + `]}}`
	}
	choices := `{"type":8,"data":{"choices":[` + strings.Join(slicesRepeat(`{"name":"n","value":"v"}`, 26), ",") + `]}}`
	for name, c := range map[string]struct {
		do           func(place, *clock, *discordfake.Interaction) answer
		status, code int
		field        string
	}{
		"after 3 s": {func(p place, clock *clock, i *discordfake.Interaction) answer {
			clock.advance(3001 * time.Millisecond)
			return p.do(t, "POST", callback(i), hi)
		}, 404, 10062, ""},
		"a second time": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callback(i), hi)
			return p.do(t, "POST", callback(i), hi)
		}, 400, 40060, ""},
		"another token": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", "/interactions/"+i.ID+"/x/callback", hi)
		}, 404, 10062, ""},
		"a follow-up before": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", hook(p, i), `{"content":"x"}`)
		}, 404, 10015, ""},
		"a follow-up after 15 min": {func(p place, clock *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callback(i), hi)
			clock.advance(15*time.Minute + time.Second)
			return p.do(t, "PATCH", hook(p, i)+"/messages/@original", `{"content":"x"}`)
		}, 401, 50027, ""},
		"no original": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callback(i), hi)
			p.do(t, "DELETE", hook(p, i)+"/messages/@original", "")
			return p.do(t, "GET", hook(p, i)+"/messages/@original", "")
		}, 404, 10008, ""},
		"an update of nothing": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":7,"data":{"content":"x"}}`)
		}, 400, 50035, `"type"`},
		"too long": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":4,"data":{"content":`+quote(strings.Repeat("x", 2001))+`}}`)
		}, 400, 50035, `"data":{"content"`},
		"empty": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":4,"data":{}}`)
		}, 400, 50006, ""},
		"a title of 46": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":9,"data":{"custom_id":"m","title":`+quote(strings.Repeat("x", 46))+
				`,"components":[{"type":1,"components":[{"type":4,"custom_id":"a","label":"l","style":1}]}]}}`)
		}, 400, 50035, `"title"`},
		"six inputs": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(strings.Join(numbered(input("%d", ``), 6), ",")))
		}, 400, 50035, `"components"`},
		"two inputs in a row": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(strings.ReplaceAll(input("a", ``)+input("b", ``), "]}{\"type\":1,\"components\":[", ",")))
		}, 400, 50035, `"components"`},
		"a label of 46": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(strings.Replace(input("a", ``), `"l"`, quote(strings.Repeat("l", 46)), 1)))
		}, 400, 50035, `"label"`},
		"a placeholder of 101": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(input("a", `,"placeholder":`+quote(strings.Repeat("x", 101)))))
		}, 400, 50035, `"placeholder"`},
		"more than the input takes": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(input("a", `,"max_length":2,"value":"abc"`)))
		}, 400, 50035, `"value"`},
		"an input of 4001": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(input("a", `,"max_length":4001`)))
		}, 400, 50035, `"max_length"`},
		"26 choices": {func(p place, _ *clock, _ *discordfake.Interaction) answer {
			i := p.Autocomplete(p.channel, p.user, "ask", discordfake.Typing("topic", ""))
			return p.do(t, "POST", callback(i), choices)
		}, 400, 50035, `"choices"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := newClock()
			p := newPlace(t, discordfake.Options{Now: clock.Now})
			got := c.do(p, clock, p.Slash(p.channel, p.user, "ask"))
			if got.status != c.status || got.code(t) != c.code || !strings.Contains(got.body, c.field) {
				t.Errorf("%d %s, want %d and %d %s", got.status, got.body, c.status, c.code, c.field)
			}
		})
	}
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
