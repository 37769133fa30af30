package discord

import (
	"context"
	"net/http"
	"sync"
)

// die notes that Discord takes the bot's token no more. From then on nothing is asked with it: Discord bans an address that is
// refused ten thousand times in ten minutes (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
func (c *Client) die() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fatal == nil {
		c.fatal = &FatalError{Shard: -1, Code: http.StatusUnauthorized}
		close(c.dead)
	}
	return c.fatal
}

// usable returns the *FatalError by which Discord has refused the token, nil where it hasn't.
func (c *Client) usable() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fatal != nil {
		return c.fatal
	}
	return nil
}

// Run holds and connects the shards, as their Run does, until ctx ends, and closes them. Before that it returns only where
// Discord refuses the bot for good, at the gateway or at its REST API: with a *FatalError. What can be said without the
// token still is: the answers to interactions that come by HTTP.
func (a *Adapter) Run(ctx context.Context, s *Shards) error {
	ctx, cancel := context.WithCancel(ctx)
	var watch sync.WaitGroup
	defer watch.Wait()
	defer cancel()
	watch.Go(func() {
		select {
		case <-a.client.dead:
			cancel()
		case <-ctx.Done():
		}
	})
	if err := s.Run(ctx); err != nil {
		return err
	}
	return a.client.usable()
}

// Healthy returns why the bot isn't there: Discord refuses its token, or as the shards' Healthy.
func (a *Adapter) Healthy(s *Shards) error {
	if err := a.client.usable(); err != nil {
		return err
	}
	return s.Healthy()
}
