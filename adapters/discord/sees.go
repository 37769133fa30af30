package discord

import (
	"context"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/chat"
)

// sees tells which places the person of an interaction can see; nil in a direct conversation, where there are none but that.
func (a *Adapter) sees(in *interaction) chat.Sees {
	if in.GuildID == "" || in.Member == nil {
		return nil
	}
	return func(ctx context.Context, places []chat.Address) ([]chat.Address, error) {
		var out []chat.Address
		for _, address := range places {
			p, err := parseAddress(address)
			if err != nil || p.Guild != in.GuildID {
				continue // another server's, or another platform's
			}
			ok, err := a.visible.to(ctx, in, p.Channel)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, address)
			}
		}
		return out, nil
	}
}

// to reports whether the person of an interaction can see a channel of its server.
func (v *visibility) to(ctx context.Context, in *interaction, channel string) (bool, error) {
	if channel == in.ChannelID {
		return true, nil // they are there
	}
	g, err := v.guild(ctx, in.GuildID)
	if err != nil {
		return false, err
	}
	c, ok := g.channels[channel]
	if !ok {
		return v.thread(ctx, g, in, channel)
	}
	return g.sees(in, c), nil
}

// thread reports whether a thread can be seen: a public one by whoever sees the channel that it is in. Who is in a private one isn't
// asked: it counts as not seen, but for those whom nothing is hidden from.
func (v *visibility) thread(ctx context.Context, g *guildView, in *interaction, id string) (bool, error) {
	t, err := v.channel(ctx, g.id, id)
	if err != nil || t.ID == "" {
		return false, err
	}
	parent, ok := g.channels[t.ParentID]
	public := t.Type == discordgo.ChannelTypeGuildPublicThread || t.Type == discordgo.ChannelTypeGuildNewsThread
	return ok && g.sees(in, parent) && (public || in.Member.may(discordgo.PermissionAdministrator)), nil
}

// guildView is what decides who sees what in a server.
type guildView struct {
	id       string
	roles    map[string]int64 // permissions
	channels map[string]channelView
}

// channelView is what is read of a channel, or of a thread.
type channelView struct {
	ID         string                `json:"id"`
	Type       discordgo.ChannelType `json:"type"`
	ParentID   string                `json:"parent_id"`
	Overwrites []overwrite           `json:"permission_overwrites"`
}

// overwrite changes in one channel what a role or a member may do. Its sets of bits are texts.
type overwrite struct {
	ID    string `json:"id"`
	Type  int    `json:"type"`
	Allow string `json:"allow"`
	Deny  string `json:"deny"`
}

// The types of overwrites.
const (
	ofRole   = 0
	ofMember = 1
)

// sees computes whether somebody may view a channel, as Discord does: what everybody may, what the roles add; in the channel what
// is taken from everybody and given, then from and to all their roles together, then from and to the member
// (https://docs.discord.com/developers/topics/permissions#permission-overwrites). Owners come with all permissions.
func (g *guildView) sees(in *interaction, c channelView) bool {
	has := g.roles[g.id]
	for _, r := range in.Member.Roles {
		has |= g.roles[r]
	}
	if has&discordgo.PermissionAdministrator != 0 || in.Member.may(discordgo.PermissionAdministrator) {
		return true
	}
	steps := []func(overwrite) bool{
		func(o overwrite) bool { return o.Type == ofRole && o.ID == g.id },
		func(o overwrite) bool {
			return o.Type == ofRole && o.ID != g.id && slices.Contains(in.Member.Roles, o.ID)
		},
		func(o overwrite) bool { return o.Type == ofMember && o.ID == in.user() },
	}
	for _, concerns := range steps {
		var deny, allow int64
		for _, o := range c.Overwrites {
			if concerns(o) {
				deny, allow = deny|bits(o.Deny), allow|bits(o.Allow)
			}
		}
		has = has&^deny | allow
	}
	return has&discordgo.PermissionViewChannel != 0
}

// bits reads a set of permissions; none where it isn't one.
func bits(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
