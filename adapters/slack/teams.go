package slack

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/singleflight"
)

// TeamsOptions say how the tokens of many teams are kept. All but API, Transport, Now, Metrics and Log have to be there.
type TeamsOptions struct {
	Installs     Installs
	Leases       Leases
	Keys         *Keys
	ClientID     string // of the app
	ClientSecret string
	API          string            // see ClientOptions
	Transport    http.RoundTripper // see ClientOptions
	Now          func() time.Time
	Metrics      prometheus.Registerer
	Log          *slog.Logger
}

// Teams are the tokens of the teams that have installed the bot. They are Tokens, and safe for concurrent use, also by several
// replicas.
type Teams struct {
	web
	installs   Installs
	leases     Leases
	keys       *Keys
	id, secret string
	holder     string // of leases: this process
	now        func() time.Time
	known      *memory[*install]
	tried      *memory[struct{}] // teams whose token couldn't be renewed lately, though it is still good
	renewals   singleflight.Group
	metrics    *teamsMetrics
	log        *slog.Logger
}

var _ Tokens = (*Teams)(nil)

const (
	// knownFor is how long a token is believed that another replica may have replaced: Slack refuses it then.
	knownFor = time.Minute
	// A token is renewed once it has less than renewAhead left, of twelve hours (https://docs.slack.dev/authentication/using-token-rotation);
	// where that fails, again after triedFor.
	renewAhead, triedFor = time.Hour, time.Minute
)

// NewTeams returns the tokens of the teams. The error is of metrics that are registered already, or of an API that isn't an address.
func NewTeams(o TeamsOptions) (*Teams, error) {
	t := &Teams{
		installs: o.Installs, leases: o.Leases, keys: o.Keys, id: o.ClientID, secret: o.ClientSecret, holder: rand.Text(), now: o.Now,
		known: newMemory[*install](knownFor), tried: newMemory[struct{}](triedFor),
		metrics: newTeamsMetrics(), log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
	}
	if t.now == nil {
		t.now = time.Now
	}
	var err error
	if t.web, err = newWeb(o.API, o.Transport); err != nil {
		return nil, err
	}
	if o.Metrics != nil {
		if err := t.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("slack: %w", err)
		}
	}
	return t, nil
}

// Token implements Tokens. A token that expires soon is renewed; where that fails, it serves as long as it is good.
func (t *Teams) Token(ctx context.Context, team string) (string, error) {
	in, err := t.known.or(team, func() (*install, error) { return t.live(ctx, team) })
	if err != nil {
		return "", err
	}
	left := in.Expires.Sub(t.now())
	if in.Expires.IsZero() || in.Tokens.Refresh == "" || left > renewAhead || left > 0 && t.tried.has(team) {
		return in.Tokens.Access, nil
	}
	newer, err := t.renew(ctx, team, in.Tokens.Access)
	switch {
	case err == nil:
		return newer.Tokens.Access, nil
	case left > 0:
		t.tried.note(team, struct{}{})
		t.log.WarnContext(ctx, "a token of Slack's couldn't be renewed yet", "team", team, "expires", in.Expires, "error", err)
		return in.Tokens.Access, nil
	}
	return "", err
}

// load returns an installation in any state, with its tokens opened; nil where there is none.
func (t *Teams) load(ctx context.Context, team string) (*install, error) {
	body, version, err := t.installs.Get(ctx, scheme+team)
	if err != nil || version == "" {
		return nil, err
	}
	in, err := unpack(scheme+team, body)
	if err != nil {
		return nil, err
	}
	in.version = version
	return in, t.keys.unseal(in)
}

// live returns an installation whose token is good as far as is known.
func (t *Teams) live(ctx context.Context, team string) (*install, error) {
	in, err := t.load(ctx, team)
	switch {
	case err != nil:
		return nil, err
	case in == nil:
		return nil, &notInstalled{team, "it has never been, or was removed"}
	case in.State != Live:
		return nil, &notInstalled{team, cmp.Or(in.Why, string(in.State))}
	}
	return in, nil
}

// swap changes an installation, unless somebody else has.
func (t *Teams) swap(ctx context.Context, in *install) (bool, error) {
	body, err := t.keys.pack(in)
	if err != nil {
		return false, err
	}
	version, err := t.installs.Swap(ctx, in.tenant(), body, in.version)
	if err != nil || version == "" {
		return false, err
	}
	in.version = version
	t.known.drop(in.Team)
	return true, nil
}

// Refused implements Tokens. An expired token is renewed. Of another the installation is looked at again: it may have a newer one by
// now. If it hasn't, and Slack says once more that it takes the token for nothing, then the bot has to be installed anew.
func (t *Teams) Refused(ctx context.Context, team, token, code string) error {
	t.known.drop(team)
	in, err := t.live(ctx, team)
	if err != nil {
		return err
	}
	if in.Tokens.Access != token {
		return nil
	}
	if code == tokenExpired {
		_, err := t.renew(ctx, team, token)
		return err
	}
	no, err := t.refuses(ctx, token)
	if err != nil || no == "" {
		return cmp.Or(err, error(&refusal{code}))
	}
	return t.refuse(ctx, in, no)
}

// refuses asks Slack whether it takes a token, and returns its word for why not. The error tells that it isn't known.
func (t *Teams) refuses(ctx context.Context, token string) (code string, err error) {
	err = t.test(ctx, token)
	if no, ok := errors.AsType[*refusal](err); ok && ofTokens(no.code) && no.code != tokenExpired {
		return no.code, nil
	}
	return "", err
}

// refuse notes that Slack refuses the token of an installation for good. It returns what the request ends with.
func (t *Teams) refuse(ctx context.Context, in *install, code string) error {
	now := *in
	now.State, now.Why, now.Tokens = Refused, code, grant{}
	done, err := t.swap(ctx, &now)
	if err != nil {
		return err
	}
	if !done {
		return nil // somebody has changed it: the token as it is now may be good
	}
	t.metrics.installs.WithLabelValues("refused").Inc()
	t.log.ErrorContext(ctx, "Slack refuses the token of a team: the bot is silent there until it is installed anew", "team", in.Team, "code", code)
	return &notInstalled{in.Team, code}
}

// List returns all installations, by the ids of their teams. It asks for no keys.
func List(ctx context.Context, installs Installs) ([]Install, error) {
	all, err := installs.All(ctx, scheme)
	if err != nil {
		return nil, err
	}
	var out []Install
	for _, tenant := range slices.Sorted(maps.Keys(all)) {
		in, err := unpack(tenant, all[tenant])
		if err != nil {
			return nil, err
		}
		out = append(out, in.Install)
	}
	return out, nil
}

// Reseal seals anew, by the first key, the tokens that another one sealed: the others may be taken out of the configuration then. The
// error names the teams whose tokens can't be opened, beside which it goes on.
func (t *Teams) Reseal(ctx context.Context) error {
	all, err := t.installs.All(ctx, scheme)
	if err != nil {
		return err
	}
	var failed error
	for _, tenant := range slices.Sorted(maps.Keys(all)) {
		if in, err := unpack(tenant, all[tenant]); err == nil && (in.State != Live || t.keys.current(in.Sealed)) {
			continue
		}
		in, err := t.load(ctx, strings.TrimPrefix(tenant, scheme))
		if err == nil && in != nil {
			_, err = t.swap(ctx, in) // who was quicker has sealed it too
		}
		failed = errors.Join(failed, err)
	}
	return failed
}
