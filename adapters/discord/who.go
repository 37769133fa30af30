package discord

import (
	"strconv"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/chat"
)

// accountOf names somebody as the bot does: discord:<id>.
func accountOf(id string) string { return scheme + id }

// roleScheme begins the names of roles: discord:role:<id>.
const roleScheme = scheme + "role:"

// manages are the permissions of whoever may decide who keeps a server's base
// (https://docs.discord.com/developers/topics/permissions).
const manages = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator

// actor returns who does something, as Discord says it in this very event: with their roles, and what they may do there. In a
// direct conversation nobody has either.
func (in *interaction) actor() chat.Actor {
	out := chat.Actor{ID: accountOf(in.user())}
	if in.GuildID == "" || in.Member == nil {
		return out
	}
	for _, r := range in.Member.Roles {
		if snowflake(r) {
			out.Groups = append(out.Groups, roleScheme+r)
		}
	}
	out.Manager = in.Member.may(manages)
	out.Keeper = in.Member.may(discordgo.PermissionManageChannels) // in this very channel
	return out
}

// may reports whether the member has one of some permissions; no where Discord doesn't say it.
func (m *member) may(permissions int64) bool {
	has, err := strconv.ParseInt(m.Permissions, 10, 64)
	return err == nil && has&permissions != 0
}

// from returns where something is asked, empty where nobody else hears it.
func (p place) from() chat.Address {
	if p.Guild == "" {
		return ""
	}
	return p.address()
}

// request begins a request for what somebody does.
func (a *Adapter) request(in *interaction, c chat.Command) chat.Request {
	return chat.Request{
		Command: c, Tenant: in.place().tenant(), Now: a.now(), Actor: in.actor(), From: in.place().from(), Sees: a.sees(in),
	}
}
