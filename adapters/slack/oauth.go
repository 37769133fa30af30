package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/inbox"
)

// The paths at which admins install the bot. Slack sends them back to CallbackPath.
const (
	InstallPath  = "/slack/install"
	CallbackPath = "/slack/oauth/callback"
)

// authorizeURL is where Slack asks an admin (https://docs.slack.dev/authentication/installing-with-oauth).
const authorizeURL = "https://slack.com/oauth/v2/authorize"

// Door is where admins of teams install the bot by OAuth v2. It is safe for concurrent use, also by several replicas.
type Door struct {
	teams *Teams
	url   string // of the service
	used  []inbox.SeenBefore
	now   func() time.Time
}

// mostStates is how many used states a process remembers.
const mostStates = 10_000

// NewDoor returns a door of a service at a public address. shared is what replicas share of the states that were used; what a process
// has seen it knows by itself, and a code of Slack's serves once anyway. The error is of no memory.
func NewDoor(teams *Teams, address string, shared inbox.SeenBefore) (*Door, error) {
	own, err := inbox.NewLocal(mostStates, stateFor)
	if err != nil {
		return nil, fmt.Errorf("slack: %w", err)
	}
	return &Door{teams: teams, url: strings.TrimSuffix(address, "/"), used: []inbox.SeenBefore{own, shared}, now: teams.now}, nil
}

// first reports whether a state comes for the first time, and notes it.
func (d *Door) first(ctx context.Context, nonce string) bool {
	return !slices.ContainsFunc(d.used, func(seen inbox.SeenBefore) bool { return !seen.First(ctx, "slack:state:"+nonce) })
}

// Handle serves both paths.
func (d *Door) Handle(mux *http.ServeMux) {
	mux.HandleFunc("GET "+InstallPath, d.install)
	mux.HandleFunc("GET "+CallbackPath, d.callback)
}

func (d *Door) redirect() string { return d.url + CallbackPath }

// install sends an admin to Slack.
func (d *Door) install(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	to := authorizeURL + "?" + url.Values{
		"client_id": {d.teams.id}, "scope": {strings.Join(scopes(), ",")}, "redirect_uri": {d.redirect()}, "state": {d.begin(w)},
	}.Encode()
	http.Redirect(w, r, to, http.StatusFound)
}

// callback takes an admin back from Slack, with a code or with a reason why not.
func (d *Door) callback(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet { // a state serves once
		http.Error(w, "GET only", http.StatusMethodNotAllowed)
		return
	}
	query := r.URL.Query()
	nonce, ok := d.ours(r, query.Get("state"))
	if !ok || !d.first(r.Context(), nonce) {
		d.show(w, r, pageStale, "")
		return
	}
	code, why := query.Get("code"), query.Get("error")
	if code == "" {
		d.teams.log.InfoContext(r.Context(), "an installation wasn't allowed", "code", fmt.Sprintf("%.40q", why))
		if why == "access_denied" {
			d.show(w, r, pageDenied, "")
		} else {
			d.show(w, r, pageFailed, "")
		}
		return
	}
	in, err := d.teams.install(r.Context(), code, d.redirect())
	switch {
	case err == nil:
		d.show(w, r, pageDone, in.Name)
	case errors.Is(err, errOrganisation):
		d.teams.log.WarnContext(r.Context(), "an organisation wanted to install the bot as a whole", "error", err)
		d.show(w, r, pageOrganisation, "")
	default:
		d.teams.log.ErrorContext(r.Context(), "an installation failed", "error", err)
		d.show(w, r, pageFailed, "")
	}
}

// errOrganisation is the error of an installation in all teams of an Enterprise organisation at once: whose claims are seen where is
// known of teams only.
var errOrganisation = errors.New("slack: it is of a whole organisation, and the bot is installed in one team at a time")

// install exchanges a code for tokens, and keeps them in place of those that were there.
func (t *Teams) install(ctx context.Context, code, redirect string) (*install, error) {
	resp, err := slack.GetOAuthV2ResponseContext(ctx, t.http, t.id, t.secret, code, redirect, t.oauth()...)
	if err := explained(err); err != nil {
		return nil, fmt.Errorf("a code isn't exchanged: %w", err)
	}
	if resp.IsEnterpriseInstall || resp.Team.ID == "" && resp.Enterprise.ID != "" {
		_, err := slack.New(resp.AccessToken, t.options()...).SendAuthRevokeContext(ctx, "") // nobody would use it
		return nil, errors.Join(errOrganisation, explained(err))
	}
	if !identifier(resp.Team.ID, "T") || resp.AccessToken == "" || resp.TokenType != "bot" {
		return nil, fmt.Errorf("slack: the answer to a code holds no bot's token (%.20q) of a team (%.32q)", resp.TokenType, resp.Team.ID)
	}
	in := &install{Install: Install{
		Team: resp.Team.ID, Enterprise: resp.Enterprise.ID, Name: resp.Team.Name, Scopes: resp.Scope, At: t.now().UTC().Truncate(time.Second), State: Live,
	}, Tokens: grant{resp.AccessToken, resp.RefreshToken}}
	if resp.ExpiresIn > 0 {
		in.Expires = t.now().Add(time.Duration(resp.ExpiresIn) * time.Second)
	}
	body, err := t.keys.pack(in)
	if err != nil {
		return nil, err
	}
	// The admin may have gone meanwhile: the code is used.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestTimeout)
	defer cancel()
	if in.version, err = t.installs.Put(ctx, in.tenant(), body); err != nil {
		return nil, err
	}
	t.known.note(in.Team, in)
	t.metrics.installs.WithLabelValues("installed").Inc()
	t.log.InfoContext(ctx, "a team has installed the bot", "team", in.Team, "scopes", in.Scopes, "rotates", in.Tokens.Refresh != "")
	return in, nil
}
