package discord

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

const (
	// mostTyping bounds for how many people suggestions are looked for at once: they come past the queue, for each few letters that
	// somebody types, and are worth nothing a moment later.
	mostTyping = 64
	// mostOfOne is for how many letters of one person they are looked for at once: who types fast takes no place of others'.
	mostOfOne = 2
	// suggestFor is how long one search may take: it is shown within Discord's three seconds, or not at all.
	suggestFor = 2 * time.Second
)

// typists counts who waits for suggestions. It is safe for concurrent use.
type typists struct {
	mu  sync.Mutex
	all int
	of  map[string]int // by person
}

// begin takes somebody who types, unless there are too many, and tells whether suggestions are to be looked for: one person is kept
// from too many searches. Who is taken has to end.
func (t *typists) begin(user string) (taken, look bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all >= mostTyping {
		return false, false
	}
	if t.of == nil {
		t.of = map[string]int{}
	}
	t.all++
	t.of[user]++
	return true, t.of[user] <= mostOfOne
}

func (t *typists) end(user string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all--
	if t.of[user]--; t.of[user] == 0 {
		delete(t.of, user)
	}
}

// suggestion is what an option can be filled in with.
type suggestion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// suggestions are the data of the answer to somebody who types.
type suggestions struct {
	Choices []suggestion `json:"choices"`
}

// suggest answers somebody who is typing into an option, beside the queue. It returns false where too many are: nothing is suggested
// to them, and what they type is taken as it is. Who types faster than is looked for them is suggested nothing meanwhile.
func (a *Adapter) suggest(ctx context.Context, in interaction, first acknowledge) bool {
	taken, look := a.typing.begin(in.user())
	if !taken {
		a.metrics.silent.Inc()
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), suggestFor)
	go func() {
		defer cancel()
		defer a.typing.end(in.user())
		found := suggestions{Choices: []suggestion{}}
		err := inbox.Safely(ctx, func(ctx context.Context) (err error) {
			if !look {
				return nil
			}
			found.Choices, err = a.suggestions(ctx, &in)
			return err
		})
		if err != nil {
			a.failed(ctx, "nothing can be suggested to somebody who types", err)
		}
		if _, err := first(context.WithoutCancel(ctx), &in, callback{discordgo.InteractionApplicationCommandAutocompleteResult, found}); err != nil {
			a.log.WarnContext(ctx, "suggestions came too late", "error", err) // who types on has sent another interaction
		}
	}()
	return true
}

// suggestions returns what the option that is being typed can be filled in with.
func (a *Adapter) suggestions(ctx context.Context, in *interaction) ([]suggestion, error) {
	out := []suggestion{}
	c, ok := a.offered(in)
	if !ok {
		return out, nil
	}
	option, typed := in.typing(c)
	if option == "" {
		return out, nil
	}
	req := a.request(in, c.Command)
	in.fill(&req, c)
	req.Lang = in.language()
	found, err := a.bot.Suggest(ctx, req, option, typed)
	for _, f := range found {
		out = suggested(out, f)
	}
	return out, err
}

// suggested adds a choice to those that are suggested, if Discord takes it there: there are few, each has words of its own, and
// none is cut in what it stands for.
func suggested(out []suggestion, c chat.Choice) []suggestion {
	s := suggestion{Name: prose.Cut(strings.TrimSpace(prose.Clean(c.Label)), maxOption), Value: c.Value}
	known := slices.ContainsFunc(out, func(k suggestion) bool { return k.Name == s.Name || k.Value == s.Value })
	if s.Name == "" || s.Value == "" || prose.Length(s.Value) > maxOption || known || len(out) == maxOptions {
		return out
	}
	return append(out, s)
}
