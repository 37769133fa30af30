package discordfake

import (
	"regexp"
	"slices"
	"strings"
)

// AllowedMentions restricts whom a message may ping.
type AllowedMentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

// Pings is whom a message pinged.
type Pings struct {
	Everyone bool     // by @everyone or @here
	Users    []string // ids, who was replied to among them
	Roles    []string
}

// None reports whether nobody was pinged.
func (p Pings) None() bool { return !p.Everyone && len(p.Users) == 0 && len(p.Roles) == 0 }

var mention = regexp.MustCompile(`<@(!|&)?(\d+)>|@everyone|@here`)

// pings computes whom a message pings, from its text and what it allows (docs: resources/message, "Allowed mentions
// object"). Only content and text components can ping, never embeds. It is stricter than Discord in two places: what
// stands in code blocks pings too, and so does an edit.
func (s *Server) pings(m *Message) Pings {
	var p Pings
	allowed := allowance{AllowedMentions: m.AllowedMentions}
	g := s.guilds[m.GuildID]
	for _, found := range mention.FindAllStringSubmatch(m.text(), -1) {
		kind, id := found[1], found[2]
		switch {
		case id == "":
			p.Everyone = p.Everyone || allowed.kind("everyone") && s.pingsEveryone(m)
		case kind != "&":
			if s.users[id] != nil && allowed.id("users", id) {
				p.Users = append(p.Users, id)
			}
		case g != nil:
			r, ok := g.role(id)
			if ok && (r.Mentionable || s.pingsEveryone(m)) && allowed.id("roles", id) {
				p.Roles = append(p.Roles, id)
			}
		}
	}
	if to := s.replied(m); to != "" && (m.AllowedMentions == nil || m.AllowedMentions.RepliedUser) {
		p.Users = append(p.Users, to)
	}
	slices.Sort(p.Users)
	slices.Sort(p.Roles)
	p.Users, p.Roles = slices.Compact(p.Users), slices.Compact(p.Roles)
	return p
}

func (m *Message) text() string {
	var b strings.Builder
	b.WriteString(m.Content)
	for i := range m.Components {
		m.Components[i].each(func(c *Component) {
			if c.Type == textDisplay {
				b.WriteString("\n" + c.Content)
			}
		})
	}
	return b.String()
}

func (s *Server) replied(m *Message) string {
	if m.Reference == nil || m.Reference.Type == forwards || s.messages[m.Reference.MessageID] == nil {
		return ""
	}
	return s.messages[m.Reference.MessageID].Author
}

// pingsEveryone reports whether the author may ping everyone here, and roles that aren't mentionable.
func (s *Server) pingsEveryone(m *Message) bool {
	g := s.guilds[m.GuildID]
	if g == nil {
		return false
	}
	perms := g.permissions(g.members[m.Author])
	if m.Author == s.bot.ID {
		perms = s.channels[m.ChannelID].Bot
	}
	return perms&(permMentionEveryone|permAdministrator) != 0
}

// allowance is what a message allows; without any it allows everything.
type allowance struct{ *AllowedMentions }

func (a allowance) kind(kind string) bool {
	return a.AllowedMentions == nil || slices.Contains(a.Parse, kind)
}

func (a allowance) id(kind, id string) bool {
	if a.kind(kind) {
		return true
	}
	if kind == "users" {
		return slices.Contains(a.Users, id)
	}
	return slices.Contains(a.Roles, id)
}

// checkMentions refuses what contradicts itself.
func checkMentions(a *AllowedMentions, errs *formErrors) {
	if a == nil {
		return
	}
	for kind, ids := range map[string][]string{"users": a.Users, "roles": a.Roles} {
		switch {
		case len(ids) > 100:
			errs.tooLong("allowed_mentions."+kind, 100)
		case len(ids) > 0 && slices.Contains(a.Parse, kind):
			errs.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
				`parse:["`+kind+`"] and `+kind+`: [ids...] are mutually exclusive.`)
		}
	}
	for i, kind := range a.Parse {
		if !slices.Contains([]string{"users", "roles", "everyone"}, kind) {
			errs.choice(at("allowed_mentions.parse", i), "('users', 'roles', 'everyone')")
		}
	}
}
