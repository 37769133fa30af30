package slack

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A state carries an installation to Slack and back: <nonce>.<until>.<signature>. It is signed together with a hash of a cookie of the
// browser that began, so that nobody can let another finish what they began; and serves once, within a quarter of an hour.

// stateFor is how long an admin may take to allow it.
const stateFor = 15 * time.Minute

// The cookie has this name where it goes over TLS: then no other host can have set it.
const (
	safeCookie, cookie = "__Host-whosays-slack", "whosays-slack"
	cookieSize         = 26 // characters of rand.Text
)

// begin binds a new state to a browser.
func (d *Door) begin(w http.ResponseWriter) (state string) {
	browser := rand.Text()
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie(), Value: browser, Path: "/", MaxAge: int(stateFor / time.Second),
		HttpOnly: true, Secure: d.tls(), SameSite: http.SameSiteLaxMode, // it comes back from Slack by a link
	})
	bare := rand.Text() + "." + strconv.FormatInt(d.now().Add(stateFor).Unix(), 10)
	return bare + "." + base64.RawURLEncoding.EncodeToString(d.teams.keys.sign(binding(bare, browser)))
}

// ours reports whether a state is ours, of this browser and of now, and returns its nonce.
func (d *Door) ours(r *http.Request, state string) (nonce string, ok bool) {
	browser, err := r.Cookie(d.cookie())
	if err != nil || len(browser.Value) != cookieSize {
		return "", false
	}
	parts := strings.Split(state, ".")
	if len(parts) != 3 {
		return "", false
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !d.teams.keys.signed(binding(parts[0]+"."+parts[1], browser.Value), signature) {
		return "", false
	}
	until, err := strconv.ParseInt(parts[1], 10, 64)
	return parts[0], err == nil && d.now().Before(time.Unix(until, 0))
}

func binding(bare, browser string) string {
	sum := sha256.Sum256([]byte(browser))
	return bare + "." + hex.EncodeToString(sum[:])
}

func (d *Door) tls() bool { return strings.HasPrefix(d.url, "https://") }

func (d *Door) cookie() string {
	if d.tls() {
		return safeCookie
	}
	return cookie
}
