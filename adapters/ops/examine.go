package ops

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/whosays/whosays/adapters/checkup"
)

// Examine tries the public address of the process, as browsers and platforms reach it: by TLS, and this program at its end. A nil
// transport is Go's own.
func Examine(ctx context.Context, address string, transport http.RoundTripper) checkup.Finding {
	if !strings.HasPrefix(address, "https://") {
		return checkup.Bad("", address+" has no https:// in front.", "Put a proxy with a certificate before serve, and name its address: Slack takes no other.")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(address, "/")+healthPath, http.NoBody)
	if err != nil {
		return checkup.Bad("", "It isn't an address.", "Write one like https://bot.example.")
	}
	status, body, err := checkup.Visit(r, transport)
	switch {
	case err != nil:
		return checkup.Bad("", fmt.Sprintf("%s can't be reached: %s.", address, checkup.Reason(err)),
			"Start serve, and look whether its proxy leads this address to http.listen, with a certificate that is valid.")
	case status != http.StatusOK || body != aliveText:
		return checkup.Bad("", fmt.Sprintf("What answers at %s isn't this program: its page %s says something else, with status %d.", address, healthPath, status),
			"Look whether the proxy leads this address to http.listen of serve.")
	}
	return checkup.OK("", "%s answers as this program.", address)
}

// Alive reports whether this program answers at an address at which a process listens.
func Alive(ctx context.Context, listen string) bool {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+healthPath, http.NoBody)
	if err != nil {
		return false
	}
	status, body, err := checkup.Visit(r, nil)
	return err == nil && status == http.StatusOK && body == aliveText
}
