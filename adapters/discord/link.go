package discord

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// longestLink is how long a target may be, in bytes: a longer one leaves too little of an embed to its claim.
const longestLink = 1000

// link returns a link's target as it may stand between "(<" and ">)", and its host as a reader should see it, in
// ASCII (punycode), so that no letter passes for another, and without the www; neither where it isn't a link to the web. A name or password in it is left out.
func link(raw string) (target, host string) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Opaque != "" {
		return "", ""
	}
	name, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil || !hostname(name) {
		return "", ""
	}
	if port := u.Port(); port != "" {
		name += ":" + port
	}
	u.User, u.Host = nil, name
	host = strings.TrimPrefix(name, "www.")
	if target = encoded(u.String()); len(target) > longestLink {
		return "", host
	}
	return target, host
}

// hostname reports a host of letters, digits, hyphens and dots; an address of IPv6 has colons, and isn't one.
func hostname(name string) bool {
	return name != "" && strings.Trim(name, ".-") == name && strings.IndexFunc(name, func(r rune) bool {
		return r != '.' && r != '-' && (r >= 0x80 || !alphanumeric(byte(r)))
	}) < 0
}

// encoded writes by its bytes what would end a link, mark it up or mention somebody; the rest of a URL is ASCII already.
func encoded(link string) string {
	var b strings.Builder
	b.Grow(len(link))
	for _, c := range []byte(link) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("()<>[]\\\"'*`|@", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// cite returns the name of a source as a link, and its host beside it; of a target that isn't one to the web, the name
// alone. A name that can't stand in a link stands in front of it: see tame.
func cite(name, raw string) string {
	target, host := link(raw)
	plain := escape(name)
	switch {
	case host == "":
		return plain
	case target == "":
		return plain + " (" + escape(host) + ")"
	case clean(name) == host:
		return "[" + host + "](<" + target + ">)"
	case tame(name):
		return "[" + name + "](<" + target + ">) (" + host + ")"
	}
	return plain + " ([" + host + "](<" + target + ">))"
}
