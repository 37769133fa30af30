package slack

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/bot/chat"
)

// profile is what Slack vouches for of somebody.
type profile struct {
	locale  string
	manager bool   // an admin or an owner of the team
	zone    string // of the IANA database
	guest   bool   // they see the channels that they are in, and no others
}

// profile asks who somebody is. Of somebody that the bot may not know nothing is vouched for.
func (c *Client) profile(ctx context.Context, team, user string) (profile, error) {
	return c.people.or(team+"/"+user, func() (out profile, err error) {
		err = c.call(ctx, team, "users.info", func(ctx context.Context, api *slack.Client) error {
			u, err := api.GetUserInfoContext(ctx, user)
			if err == nil {
				out = profile{locale: u.Locale, zone: u.TZ, guest: u.IsRestricted || u.IsUltraRestricted || u.TeamID != team}
				out.manager = manages(u, team)
			}
			return err
		})
		if errors.Is(err, chat.ErrRefused) {
			return profile{guest: true}, nil
		}
		return out, err
	})
}

// manages reports an admin or an owner of a team: of its own people, or of its organisation's who belong to it. Whoever manages
// another team with which a channel is shared is a stranger here.
func manages(u *slack.User, team string) bool {
	here := u.TeamID == team || slices.Contains(u.Enterprise.Teams, team)
	return here && (u.IsAdmin || u.IsOwner || u.IsPrimaryOwner) && !u.Deleted && !u.IsBot
}

// groupsOf returns the user groups that somebody is in; none where the bot may not ask, as long as a team hasn't granted
// usergroups:read.
func (c *Client) groupsOf(ctx context.Context, team, user string) ([]string, error) {
	all, err := c.groups.or(team, func() (map[string][]string, error) {
		out := map[string][]string{}
		err := c.call(ctx, team, "usergroups.list", func(ctx context.Context, api *slack.Client) error {
			found, err := api.GetUserGroupsContext(ctx, slack.GetUserGroupsOptionIncludeUsers(true))
			for i := range found {
				for _, id := range found[i].Users {
					out[id] = append(out[id], found[i].ID)
				}
			}
			return err
		})
		if errors.Is(err, chat.ErrRefused) {
			c.log.WarnContext(ctx, "Slack doesn't tell who is in which user group: moderators that are one aren't known", "team", team, "error", err)
			return nil, nil
		}
		return out, err
	})
	return all[user], err
}

const (
	channelsAtOnce = 999
	mostChannels   = 5 * channelsAtOnce // that somebody is in: more aren't asked for
)

// channelsOf returns the channels that somebody is in, of those that the bot may know of.
func (c *Client) channelsOf(ctx context.Context, team, user string) ([]string, error) {
	return c.joined.or(team+"/"+user, func() (out []string, err error) {
		for cursor := ""; len(out) < mostChannels; {
			var found []slack.Channel
			err = c.call(ctx, team, "users.conversations", func(ctx context.Context, api *slack.Client) error {
				found, cursor, err = api.GetConversationsForUserContext(ctx, &slack.GetConversationsForUserParameters{
					UserID: user, Cursor: cursor, Types: []string{"public_channel", "private_channel"}, Limit: channelsAtOnce,
				})
				return err
			})
			if errors.Is(err, chat.ErrRefused) {
				return nil, nil
			}
			for i := range found {
				out = append(out, found[i].ID)
			}
			if err != nil || cursor == "" {
				return out, err
			}
		}
		return out, nil
	})
}

// sees returns those of some places that somebody can see: the channels that they are in, and of their team's the open ones, unless
// they are a guest. What isn't known isn't seen.
func (c *Client) sees(team, user string) chat.Sees {
	return func(ctx context.Context, places []chat.Address) ([]chat.Address, error) {
		is, err := c.profile(ctx, team, user)
		if err != nil {
			return nil, err
		}
		in, err := c.channelsOf(ctx, team, user)
		if err != nil {
			return nil, err
		}
		var out []chat.Address
		for _, to := range places {
			at, err := parseAddress(to)
			if err != nil || at.Team != team {
				continue
			}
			seen := slices.Contains(in, at.Channel)
			if !seen && !is.guest {
				to, err := c.reach(ctx, team, at.Channel)
				if err != nil {
					return nil, err
				}
				seen = to.open && to.own
			}
			if seen {
				out = append(out, to)
			}
		}
		return out, nil
	}
}

// actor returns who asks, as the bot is told. Whether they manage the team, and what groups they are in, is asked of Slack where a
// command needs it: what came with the event isn't relied on.
func (a *Adapter) actor(ctx context.Context, t *turn, command chat.Command) (chat.Actor, error) {
	out := chat.Actor{ID: scheme + t.User}
	if t.tenant() == "" || everybodys(command) { // nothing can be changed
		return out, nil
	}
	is, err := a.client.profile(ctx, t.Team, t.User)
	if err != nil {
		return out, err
	}
	in, err := a.client.groupsOf(ctx, t.Team, t.User)
	if err != nil {
		return out, err
	}
	out.Manager, out.Zone = is.manager, is.zone
	if out.Keeper, err = a.client.made(ctx, t.place, t.User); err != nil {
		return out, err
	}
	for _, id := range in {
		out.Groups = append(out.Groups, scheme+id)
	}
	return out, nil
}

// made reports whether somebody made a channel. Slack tells the bot of nobody else who manages one: channel managers are told to the admins
// of an organisation alone (https://docs.slack.dev/reference/methods/admin.roles.listAssignments).
func (c *Client) made(ctx context.Context, p place, user string) (bool, error) {
	if p.Channel == "" || p.direct() {
		return false, nil
	}
	is, err := c.reach(ctx, p.Team, p.Channel)
	return is.by == user && user != "", err
}

// everybodys reports a command that isn't of moderators.
func everybodys(c chat.Command) bool {
	switch c {
	case chat.CommandAsk, chat.CommandCheck, chat.CommandStatus, chat.CommandHelp, chat.CommandSources, chat.CommandMethod,
		chat.CommandQuote, chat.CommandNear, chat.CommandShow, chat.CommandMore, chat.CommandShare, chat.CommandReport:
		return true
	}
	return false
}
