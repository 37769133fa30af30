package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/adapters/console"
)

// healthTime is how long a service may take to say how it is: its checks take a second.
const healthTime = 3 * time.Second

func newHealth(a *app) *cobra.Command {
	var ready bool
	c := &cobra.Command{
		Use:   "health",
		Short: "Ask a service on this machine whether it is alive",
		Long: `Ask the service that listens on http.listen on this machine whether it is alive, or with --ready whether it is ready, and
which check fails. The exit status is 0 if it is, else 1. It is for an image without a shell (HEALTHCHECK).`,
		Example: `  whosays health
  whosays health --ready`,
		GroupID: groupOperate,
		Args:    noText,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := a.configuration()
			if err != nil {
				return err
			}
			page := "/healthz"
			if ready {
				page = "/readyz"
			}
			return a.health(c.Context(), nearby(cfg.HTTP.Listen), page)
		},
	}
	c.Flags().BoolVar(&ready, "ready", false, "ask whether it is ready")
	return c
}

// nearby returns the address by which what listens there is reached from this machine.
func nearby(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err != nil || host != "" && (ip == nil || !ip.IsUnspecified()) {
		return listen
	}
	return net.JoinHostPort("localhost", port)
}

func (a *app) health(ctx context.Context, address, page string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+page, http.NoBody)
	if err != nil {
		return fmt.Errorf("http.listen can't be asked: %w", err)
	}
	transport := &http.Transport{} // no proxy: it is this machine
	defer transport.CloseIdleConnections()
	resp, err := transport.RoundTrip(req)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("the service on %s didn't answer within %v", address, healthTime)
	}
	if err != nil {
		return fmt.Errorf("no service answers on %s (http.listen): %w", address, err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("the service on %s broke off: %w", address, err)
	}
	for line := range strings.Lines(string(body)) {
		if _, err := io.WriteString(a.out, console.Clean(strings.TrimSuffix(line, "\n"))+"\n"); err != nil {
			return err
		}
	}
	if resp.StatusCode != http.StatusOK {
		return errSaid
	}
	return nil
}
