package bot

import (
	"cmp"
	"context"
	"slices"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// moderators adds and removes moderators, or lists them.
func (b *Bot) moderators(ctx context.Context, a *turn) (chat.Reply, error) {
	change := moderation.Change{Action: moderation.AddModerator, Account: a.Values[AccountOption]}
	switch a.Command {
	case chat.CommandModAdd:
		return b.do(ctx, a, change)
	case chat.CommandModRemove:
		change.Action = moderation.RemoveModerator
		return b.do(ctx, a, change)
	}
	all, err := b.Council.Moderators(ctx, a.who)
	if err != nil {
		return chat.Reply{}, err
	}
	items := make([]answer.Item, 0, len(all))
	for _, m := range all {
		items = append(items, answer.Item{What: "field_account", Of: m.Account, By: m.By, At: m.At})
	}
	return a.w.Moderators(items), nil
}

// settings shows what the tenant has chosen, or changes what is given.
func (b *Bot) settings(ctx context.Context, a *turn) (chat.Reply, error) {
	now, err := b.Council.Settings(ctx, a.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	change := moderation.Change{Action: moderation.Set, Settings: now, Read: &now}
	if len(a.Values) == 0 {
		r := a.w.Changed("settings_lead", false, b.proposed(a, &change), nil)
		r.Outcome = chat.Listed
		return r, nil
	}
	if !settable(a.Values) { // a platform may let anything be typed
		return a.w.Told(chat.Refused, "refused_rule"), nil
	}
	if lang := a.Values[LangOption]; lang != "" {
		change.Settings.Lang = lang
	}
	switch a.Values[SecondOption] {
	case "0":
		change.Settings.Approvals = 0
	case "1":
		change.Settings.Approvals = 1
	}
	switch a.Values[TellOption] {
	case onOff(true):
		change.Settings.Corrections = true
	case onOff(false):
		change.Settings.Corrections = false
	}
	result, err := b.Council.Do(ctx, a.who, change)
	if err != nil {
		return chat.Reply{}, err
	}
	waits := result.State == moderation.Waiting
	if waits {
		change = result.Proposal.Change
	} else if change.Settings, err = b.Council.Settings(ctx, a.Tenant); err != nil { // somebody else may have changed them, too
		return chat.Reply{}, err
	}
	return a.w.Changed("done_"+string(change.Action), waits, b.proposed(a, &change), nil), nil
}

// settable reports whether all that is given can be set.
func settable(values map[string]string) bool {
	for option, these := range map[string][]string{LangOption: lexicon.Languages, SecondOption: {"0", "1"}, TellOption: {onOff(true), onOff(false)}} {
		if v := values[option]; v != "" && !slices.Contains(these, v) {
			return false
		}
	}
	return true
}

func orEnglish(lang string) string { return cmp.Or(lang, lexicon.Languages[0]) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
