package discord

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

const (
	// mostTyping bounds for how many people suggestions are looked for at once: they come past the queue, for each few letters that
	// somebody types, and are worth nothing a moment later.
	mostTyping = 64
	// suggestFor is how long one search may take: it is shown within Discord's three seconds, or not at all.
	suggestFor = 2 * time.Second
)

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
// to them, and what they type is taken as it is.
func (a *Adapter) suggest(ctx context.Context, in interaction, first acknowledge) bool {
	if a.typing.Add(1) > mostTyping {
		a.typing.Add(-1)
		a.metrics.silent.Inc()
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), suggestFor)
	go func() {
		defer cancel()
		defer a.typing.Add(-1)
		found := suggestions{Choices: []suggestion{}}
		err := safely(ctx, func(ctx context.Context) (err error) {
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
