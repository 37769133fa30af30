package slackfake

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Pings is whom a message notified.
type Pings struct {
	Channel bool     // by <!channel>, <!here> or <!everyone>, or in plain words where the message asked for parsing
	Users   []string // ids
	Groups  []string // ids of user groups
}

// None reports whether nobody was notified.
func (p Pings) None() bool { return !p.Channel && len(p.Users) == 0 && len(p.Groups) == 0 }

var (
	marked = regexp.MustCompile(`<(@|!subteam\^|!)([^<>|]+)(?:\|[^<>]*)?>`)
	plain  = regexp.MustCompile(`(?:^|[^\w<])@([\w.-]+)`)
)

// pings computes whom a message notifies (docs: messaging/formatting-message-text). It is stricter than Slack in that
// mentions in code, in the fallback text beside blocks and in attachments count too.
func (s *Server) pings(m *Message) Pings {
	p := pinging{s: s, team: s.teams[m.TeamID]}
	p.mrkdwn(m.Text, !m.LinkNames && m.Parse != "full")
	for i := range m.Blocks {
		p.block(&m.Blocks[i])
	}
	var texts []attachmentTexts
	_ = json.Unmarshal(m.Attachments, &texts)
	for _, a := range texts {
		p.mrkdwn(a.Text, true)
		p.mrkdwn(a.Pretext, true)
		p.mrkdwn(a.Fallback, true)
	}
	slices.Sort(p.Users)
	slices.Sort(p.Groups)
	p.Users, p.Groups = slices.Compact(p.Users), slices.Compact(p.Groups)
	if m.AppID == s.opts.AppID {
		s.heed(&p)
	}
	return p.Pings
}

type attachmentTexts struct{ Text, Pretext, Fallback string }

type pinging struct {
	Pings
	s      *Server
	team   *Team
	masked []string // links of which nobody sees where they lead
}

func (p *pinging) block(b *Block) {
	p.text(b.Text, b.Type == "markdown")
	for i := range b.Fields {
		p.text(&b.Fields[i], false)
	}
	b.each(func(e *Element) {
		switch e.Type {
		case "mrkdwn":
			if e.Text != nil {
				p.mrkdwn(e.Text.Text, e.Verbatim)
			}
		case "user":
			p.user(e.UserID)
		case "usergroup":
			p.group(e.UserGroupID)
		case "broadcast":
			p.Channel = true
		}
	})
}

func (p *pinging) text(t *Text, markdown bool) {
	if t != nil && (t.Type == "mrkdwn" || markdown) {
		p.mrkdwn(t.Text, t.Verbatim)
	}
}

// mrkdwn takes mentions as Slack writes them, and, where the text isn't verbatim, @channel and the like in plain words.
func (p *pinging) mrkdwn(text string, verbatim bool) {
	for _, found := range marked.FindAllStringSubmatch(text, -1) {
		switch found[1] {
		case "@":
			p.user(found[2])
		case "!subteam^":
			p.group(found[2])
		default:
			p.broadcast(found[2])
		}
	}
	p.links(text)
	if verbatim {
		return
	}
	for _, found := range plain.FindAllStringSubmatch(text, -1) {
		p.broadcast(found[1])
		for id, u := range p.s.users {
			if u.TeamID == p.team.ID && u.Name == found[1] {
				p.user(id)
			}
		}
		for id, g := range p.team.groups {
			if g.Handle == found[1] {
				p.group(id)
			}
		}
	}
}

func (p *pinging) broadcast(word string) {
	p.Channel = p.Channel || slices.Contains([]string{"channel", "here", "everyone"}, word)
}

func (p *pinging) user(id string) {
	if p.s.users[id] != nil {
		p.Users = append(p.Users, id)
	}
}

func (p *pinging) group(id string) {
	if p.team.groups[id] != nil {
		p.Groups = append(p.Groups, id)
	}
}
