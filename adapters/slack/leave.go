package slack

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
)

// Leave implements Tokens. Events come late, and again: one from before the team has installed the bot (anew) is believed only where
// Slack refuses its token, as is one that isn't sure.
func (t *Teams) Leave(ctx context.Context, team string, at time.Time, sure bool) (bool, error) {
	t.known.drop(team)
	for {
		in, err := t.load(ctx, team)
		switch {
		case in == nil:
			return err == nil, err
		case in.State == Leaving:
			return true, nil
		}
		if err == nil && in.State == Live && (!sure || at.Before(in.At)) {
			if stands, err := t.stands(ctx, in); stands || err != nil {
				return false, err
			}
		}
		in.State, in.Why, in.Tokens = Leaving, "", grant{}
		if done, err := t.swap(ctx, in); done || err != nil {
			return done, err
		}
	}
}

// stands reports whether Slack takes the token of an installation. One that has expired says nothing of it before it is renewed.
func (t *Teams) stands(ctx context.Context, in *install) (bool, error) {
	err := t.test(ctx, in.Tokens.Access)
	if no, ok := errors.AsType[*refusal](err); ok && no.code == tokenExpired {
		_, err = t.renew(ctx, in.Team, in.Tokens.Access)
	}
	_, gone := errors.AsType[*notInstalled](err)
	if no, ok := errors.AsType[*refusal](err); gone || ok && ofTokens(no.code) {
		return false, nil
	}
	return err == nil, err
}

// Left implements Tokens.
func (t *Teams) Left(ctx context.Context, team string) error {
	in, err := t.load(ctx, team)
	if err != nil || in == nil || in.State != Leaving {
		return err // it is installed anew
	}
	gone, err := t.installs.Delete(ctx, in.tenant(), in.version)
	if gone {
		t.metrics.installs.WithLabelValues("removed").Inc()
	}
	return err
}

// Leaving implements Tokens.
func (t *Teams) Leaving(ctx context.Context) ([]string, error) {
	all, err := t.installs.All(ctx, scheme)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, tenant := range slices.Sorted(maps.Keys(all)) {
		if in, err := unpack(tenant, all[tenant]); err == nil && in.State == Leaving {
			out = append(out, strings.TrimPrefix(tenant, scheme))
		}
	}
	return out, nil
}
