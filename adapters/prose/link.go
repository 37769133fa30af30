package prose

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// LongestLink is how long a target may be, in bytes: a longer one leaves too little room to its claim.
const LongestLink = 1000

// Link returns a link's target as it may stand between "<" and ">", and its host as a reader should see it, in
// ASCII (punycode), so that no letter passes for another, and without the www; neither where it isn't a link to the web. A
// name or password in it is left out; the target of one that is too long is empty.
func Link(raw string) (target, host string) {
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
	if target = encoded(u.String()); len(target) > LongestLink {
		return "", host
	}
	return target, host
}

// hostname reports a host of letters, digits, hyphens and dots; an address of IPv6 has colons, and isn't one.
func hostname(name string) bool {
	return name != "" && strings.Trim(name, ".-") == name && strings.IndexFunc(name, func(r rune) bool {
		return r != '.' && r != '-' && (r >= 0x80 || !Alphanumeric(byte(r)))
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
