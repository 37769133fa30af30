package slackfake

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Live returns what was live in anything that the app has said, edited or opened so far, wherever and to whomever it was: mentions that
// notify somebody, and links that show neither their host nor their whole address, and aren't followed by it in brackets. A message that can't be seen any more counts.
func (s *Server) Live() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.live)
}

// heed keeps what is live in something of the app's.
func (s *Server) heed(p *pinging) {
	if !p.None() {
		s.live = append(s.live, fmt.Sprintf("%+v", p.Pings))
	}
	s.live = append(s.live, p.masked...)
}

// heedView looks for links in a form or a home. What stands there notifies nobody.
func (s *Server) heedView(blocks []Block) {
	p := pinging{s: s, team: &Team{}}
	for i := range blocks {
		p.block(&blocks[i])
	}
	s.live = append(s.live, p.masked...)
}

var masked = regexp.MustCompile(`<(https?://[^<>|]+)\|([^<>]*)>(?: \(([^\s()]+)\))?`)

// links takes the links of which nobody sees where they lead.
func (p *pinging) links(text string) {
	for _, link := range masked.FindAllStringSubmatch(text, -1) {
		if !bare(link[2], link[1]) && !bare(link[3], link[1]) {
			p.masked = append(p.masked, fmt.Sprintf("the link %q", link[0]))
		}
	}
}

// bare reports whether a label is the host of a link, or its whole address.
func bare(label, target string) bool {
	u, err := url.Parse(strings.ReplaceAll(target, "&amp;", "&"))
	return err == nil && (label == target || strings.TrimPrefix(label, "www.") == strings.TrimPrefix(u.Host, "www."))
}
