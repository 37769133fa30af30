package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"
)

// Leases are rights that one process at a time has; a database implements them.
type Leases interface {
	// Lease takes a lease that is free or has lapsed, and returns its epoch; false where another holds it.
	Lease(ctx context.Context, name, holder string, ttl time.Duration) (epoch int64, ok bool, err error)
	// Release gives a lease back; false where it has changed hands.
	Release(ctx context.Context, name, holder string, epoch int64) (bool, error)
}

const (
	// A renewal goes on though nobody waits for it: what is renewed and not kept is lost.
	renewFor = time.Minute
	// One replica renews at a time, for a refresh token serves once. The lease outlasts a renewal.
	renewLease = renewFor + 15*time.Second
	renewPoll  = 100 * time.Millisecond
	keepAgain  = 500 * time.Millisecond
)

// renew returns the installation with another token than a stale one, which is renewed once, however many ask for it.
func (t *Teams) renew(ctx context.Context, team, stale string) (*install, error) {
	done := t.renewals.DoChan(team+"/"+stale, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewFor)
		defer cancel()
		in, err := t.renewed(ctx, team, stale)
		if err == nil {
			t.known.note(team, in)
		}
		return in, err
	})
	select {
	case is := <-done:
		in, _ := is.Val.(*install)
		return in, is.Err
	case <-ctx.Done():
		return nil, fmt.Errorf("slack: the token of %s isn't renewed yet: %w", team, ctx.Err())
	}
}

// renewed renews a token, or waits until another replica has.
func (t *Teams) renewed(ctx context.Context, team, stale string) (*install, error) {
	name := "slack:token:" + team
	for {
		if in, err := t.live(ctx, team); err != nil || in.Tokens.Access != stale {
			return in, err
		}
		epoch, held, err := t.leases.Lease(ctx, name, t.holder, renewLease)
		if err != nil {
			return nil, err
		}
		if held {
			in, err := t.exchange(ctx, team, stale)
			if _, err := t.leases.Release(context.WithoutCancel(ctx), name, t.holder, epoch); err != nil {
				t.log.WarnContext(ctx, "the right to renew a token couldn't be given back", "team", team, "error", err)
			}
			return in, err
		}
		select {
		case <-time.After(renewPoll):
		case <-ctx.Done():
			return nil, fmt.Errorf("slack: another replica renews the token of %s: %w", team, ctx.Err())
		}
	}
}

// exchange exchanges the refresh token of an installation, under the lease.
func (t *Teams) exchange(ctx context.Context, team, stale string) (*install, error) {
	in, err := t.live(ctx, team)
	if err != nil || in.Tokens.Access != stale {
		return in, err
	}
	if in.Tokens.Refresh == "" {
		return t.unless(ctx, team, t.refuse(ctx, in, tokenExpired))
	}
	resp, err := slack.RefreshOAuthV2TokenContext(ctx, t.http, t.id, t.secret, in.Tokens.Refresh, t.oauth()...)
	err = explained(err)
	if err == nil && (resp.AccessToken == "" || resp.RefreshToken == "") {
		err = errors.New("slack: the answer to a refresh token holds no tokens")
	}
	t.metrics.renewals.WithLabelValues(resultOf(err)).Inc()
	if err != nil {
		return t.unless(ctx, team, t.notRenewed(ctx, in, err))
	}
	now := *in
	now.Tokens = grant{resp.AccessToken, resp.RefreshToken}
	now.Expires = t.now().Add(time.Duration(resp.ExpiresIn) * time.Second)
	return t.keep(ctx, &now, in.Tokens.Refresh)
}

// unless returns the installation as it is now, unless there is an error.
func (t *Teams) unless(ctx context.Context, team string, err error) (*install, error) {
	if err != nil {
		return nil, err
	}
	return t.live(ctx, team)
}

// notRenewed returns what a call ends with whose token couldn't be renewed. A refresh token that Slack doesn't take is of no more use;
// that its answer was lost, once, makes it one too. All else, the app's own secret too, may get better.
func (t *Teams) notRenewed(ctx context.Context, in *install, err error) error {
	if no, ok := errors.AsType[*refusal](err); ok {
		err = fmt.Errorf("slack: a token isn't renewed: %s", no.code) // the post that it is for isn't refused
		final := slices.Contains([]string{"invalid_refresh_token", "token_revoked", "account_inactive"}, no.code)
		if final && !t.now().Before(in.Expires) {
			return t.refuse(ctx, in, no.code)
		}
	}
	return err
}

// keep keeps renewed tokens, whose refresh token was used. Without them the bot would have to be installed anew: it is tried for as
// long as there is time. What was installed anew meanwhile stands.
func (t *Teams) keep(ctx context.Context, in *install, used string) (*install, error) {
	for {
		done, err := t.swap(ctx, in)
		if done {
			return in, nil
		}
		if err == nil {
			var is *install
			if is, err = t.load(ctx, in.Team); err == nil && (is == nil || is.State != Live || is.Tokens.Refresh != used) {
				return t.live(ctx, in.Team)
			}
			if err == nil {
				in.version = is.version
				continue
			}
		}
		t.log.ErrorContext(ctx, "renewed tokens can't be kept yet", "team", in.Team, "error", err)
		select {
		case <-time.After(keepAgain):
		case <-ctx.Done():
			return in, nil // good for as long as this process remembers it
		}
	}
}
