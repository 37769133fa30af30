package discordfake

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Live returns what was live in anything that the bot has said or edited so far, wherever and to whomever it was: mentions that notify
// somebody, and links that show neither their host nor their whole address, and aren't followed by it in brackets. A message that can't be seen any more counts.
func (s *Server) Live() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.live)
}

// heed looks for what is live in a message as it stands now.
func (s *Server) heed(m *Message) {
	if m.Author != s.bot.ID {
		return
	}
	if !m.Pings.None() {
		s.live = append(s.live, fmt.Sprintf("%+v by %q", m.Pings, m.text()))
	}
	texts := []string{m.text()}
	for _, e := range m.Embeds {
		texts = append(texts, e.Title, e.Description)
		for _, f := range e.Fields {
			texts = append(texts, f.Name, f.Value)
		}
	}
	for _, text := range texts {
		for _, link := range masked.FindAllStringSubmatch(text, -1) {
			if !bare(link[1], link[2]) && !bare(link[3], link[2]) {
				s.live = append(s.live, fmt.Sprintf("the link %q", link[0]))
			}
		}
	}
}

// masked is a link in markup. One whose bracket stands behind a backslash isn't any.
var masked = regexp.MustCompile(`(?:^|[^\\])\[([^\[\]]*[^\\\[\]])\]\(<?(https?://[^\s<>()]+)>?\)(?: \(([^\s()]+)\))?`)

// bare reports whether a link is shown as its host, or as its whole address.
func bare(label, target string) bool {
	label = strings.ReplaceAll(label, `\`, "")
	u, err := url.Parse(target)
	return err == nil && (label == target || strings.TrimPrefix(label, "www.") == strings.TrimPrefix(u.Host, "www."))
}
