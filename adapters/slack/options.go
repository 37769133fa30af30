package slack

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// arguments are what is typed behind a command of moderators, on the way into a request.
type arguments struct {
	options []bot.Option
	text    []term
	claims  []string
	values  map[string]string
	// unplaced tells that an account was named that is none.
	unplaced bool
	raw      bool // an account may be named without a mention: to remove one that has left
}

// read fills in a request with what is typed behind a command: --flag, option=value, and where nothing else is free text option value
// too; an account as a mention; then, in the options' order, the ids of claims and what has no name in front of it. It returns false
// where something of it can't be placed: to leave it out might change what is asked for.
func (a *arguments) read(req *chat.Request, text string) bool {
	a.values, a.raw = map[string]string{}, req.Command == chat.CommandModRemove
	free := slices.ContainsFunc(a.options, func(o bot.Option) bool { return o.ID == bot.TextOption })
	var rest []term
	for words := wordsIn(text); len(words) > 0; {
		n := a.named(words, !free && len(rest) <= 1)
		if n == 0 {
			rest, n = append(rest, words[0]), 1
		}
		words = words[n:]
	}
	if !a.place(rest) || a.unplaced {
		return false
	}
	req.Text, req.Claims = spelled(joinWords(a.text)), a.claims
	if len(a.values) > 0 {
		req.Values = a.values
	}
	return true
}

// named takes what begins with the name of an option, and returns how many words it takes; 0 where it is none. Bare tells whether a name
// may stand without an equals sign: in the middle of a sentence it is a word like others.
func (a *arguments) named(words []term, bare bool) int {
	first := words[0]
	if name, dashed := undashed(first.raw); dashed {
		if o := a.option(name); o != nil && o.Kind == bot.OptionFlag {
			a.values[o.ID] = "true"
			return 1
		}
	}
	if name, value, ok := strings.Cut(first.raw, "="); ok && !first.quoted {
		name, _ = undashed(name)
		if o := a.option(name); o != nil && value != "" {
			return a.set(o, append([]term{wordOf(value)}, words[1:]...))
		}
	}
	if o := a.option(first.raw); bare && o != nil && len(words) > 1 && a.unset(o) {
		if o.Kind == bot.OptionFlag {
			return 0
		}
		return 1 + a.set(o, words[1:])
	}
	return 0
}

// set gives an option the words that are its value, and returns how many they are: one, or all up to the next name of an option where
// anything may be typed.
func (a *arguments) set(o *bot.Option, words []term) int {
	n := 1
	if long(o) && !words[0].quoted {
		for n < len(words) && !a.begins(words[n]) {
			n++
		}
	}
	a.give(o, words[:n])
	return n
}

// give gives an option its value.
func (a *arguments) give(o *bot.Option, words []term) {
	switch value := joinWords(words); {
	case o.ID == bot.TextOption:
		a.text = words
	case o.ID == bot.ClaimOption:
		a.claims = idsIn(value)
	case o.Kind == bot.OptionAccount:
		is, ok := a.account(value)
		a.values[o.ID], a.unplaced = is, a.unplaced || !ok
	default:
		a.values[o.ID] = chosen(o, spelled(value))
	}
}

// place gives what has no name in front of it to the options that have no value yet, in their order.
func (a *arguments) place(rest []term) bool {
	for i := range a.options {
		o := &a.options[i]
		if len(rest) == 0 || o.Kind == bot.OptionFlag || !a.unset(o) || !a.fitting(o, rest[0]) {
			continue
		}
		n := 1
		if long(o) {
			n = len(rest)
		}
		a.give(o, rest[:n])
		rest = rest[n:]
	}
	return len(rest) == 0
}

// fitting reports whether a word may be an option's value.
func (a *arguments) fitting(o *bot.Option, w term) bool {
	switch {
	case o.Kind == bot.OptionAccount:
		_, ok := a.account(w.raw)
		return ok
	case o.ID == bot.ClaimOption:
		return len(idsIn(w.raw)) > 0
	case len(o.Choices) > 0:
		return slices.ContainsFunc(o.Choices, func(c bot.OptionChoice) bool { return strings.EqualFold(c.Value, w.inner) || called(c.Name, w.inner) })
	}
	return true
}

// long reports an option into which anything may be typed.
func long(o *bot.Option) bool {
	return o.Kind == bot.OptionText && len(o.Choices) == 0 && o.ID != bot.ClaimOption
}

// begins reports a word with which another option begins.
func (a *arguments) begins(w term) bool {
	if w.quoted {
		return false
	}
	if name, dashed := undashed(w.raw); dashed {
		if o := a.option(name); o != nil && o.Kind == bot.OptionFlag {
			return true
		}
	}
	name, _, ok := strings.Cut(w.raw, "=")
	return ok && a.option(name) != nil
}

// unset reports an option that has no value yet.
func (a *arguments) unset(o *bot.Option) bool {
	switch o.ID {
	case bot.TextOption:
		return len(a.text) == 0
	case bot.ClaimOption:
		return len(a.claims) == 0
	}
	_, ok := a.values[o.ID]
	return !ok
}

// option returns the option of a name, in any language; nil where there is none.
func (a *arguments) option(name string) *bot.Option {
	for i := range a.options {
		if o := &a.options[i]; name != "" && (strings.EqualFold(o.ID, name) || called(o.Name, name)) {
			return o
		}
	}
	return nil
}

// undashed returns a word without the dashes in front of it: two, or the long one that keyboards make of them.
func undashed(w string) (name string, dashed bool) {
	for _, dash := range []string{"--", "—", "–"} {
		if rest, ok := strings.CutPrefix(w, dash); ok {
			return rest, true
		}
	}
	return w, false
}

// chosen returns the value of the choice that is called so in any language; else the text itself, for the bot to judge.
func chosen(o *bot.Option, text string) string {
	for _, c := range o.Choices {
		if called(c.Name, text) || strings.EqualFold(c.Value, text) {
			return c.Value
		}
	}
	return text
}

// idsIn returns ids of claims with commas between them; none where one of them can't be an id.
func idsIn(text string) []string {
	var out []string
	for id := range strings.SplitSeq(strings.ToLower(text), ",") {
		if id == "" || strings.IndexFunc(id, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }) >= 0 {
			return nil
		}
		out = append(out, id)
	}
	return out
}

// account returns the account of a mention, as in chat.Actor: a person or a group. What is none is no account, unless it is spelled as
// one where it may be.
func (a *arguments) account(mention string) (string, bool) {
	if id, ok := strings.CutPrefix(mention, scheme); ok && a.raw && identifier(id, "UWS") {
		return mention, true
	}
	tag, ok := strings.CutPrefix(mention, "<")
	if !ok || !strings.HasSuffix(tag, ">") {
		return "", false
	}
	id, _, _ := strings.Cut(strings.TrimSuffix(tag, ">"), "|")
	switch {
	case strings.HasPrefix(id, "@") && identifier(id[1:], "UW"):
		return scheme + id[1:], true
	case strings.HasPrefix(id, "!subteam^") && identifier(id[len("!subteam^"):], "S"):
		return scheme + id[len("!subteam^"):], true
	}
	return "", false
}
