package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// gatewayStart is what GET /gateway/bot says (docs: events/gateway, "Get Gateway Bot").
type gatewayStart struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"` // as many as are recommended
	Limit  struct {
		Remaining      int   `json:"remaining"`   // Identifies
		ResetAfter     int64 `json:"reset_after"` // ms
		MaxConcurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// limitedError is a 429: of Discord, or of Cloudflare in front of it, whose body is HTML.
type limitedError struct{ after time.Duration }

func (e *limitedError) Error() string {
	return fmt.Sprintf("discord limits how often the gateway's address may be asked for: again in %v", e.after)
}

// longestStart bounds the answer, and longestLimit how long a header can silence the bot.
const (
	longestStart = 64 << 10
	longestLimit = 15 * time.Minute
)

// start asks Discord where the gateway is and how often it may be entered. The error is a *limitedError, a *FatalError,
// or that of the network; it holds nothing of what Discord answered.
func (g *gateways) start(ctx context.Context) (gatewayStart, error) {
	ctx, cancel := context.WithTimeout(ctx, g.pace.answer)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, discordgo.EndpointGatewayBot, http.NoBody)
	if err != nil {
		return gatewayStart{}, err
	}
	r.Header.Set("Authorization", "Bot "+g.token)
	r.Header.Set("User-Agent", userAgent)
	answer, err := g.http.Do(r)
	if wide, ok := errors.AsType[*wideLimit](err); ok {
		return gatewayStart{}, &limitedError{min(wide.after, longestLimit)}
	}
	if err != nil {
		return gatewayStart{}, fmt.Errorf("%w: %w", errDropped, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestStart))
	switch {
	case answer.StatusCode == http.StatusUnauthorized:
		return gatewayStart{}, &FatalError{Shard: -1, Code: http.StatusUnauthorized}
	case answer.StatusCode == http.StatusTooManyRequests:
		return gatewayStart{}, &limitedError{retryAfter(answer.Header)}
	case answer.StatusCode != http.StatusOK:
		return gatewayStart{}, fmt.Errorf("discord answered with status %d when it was asked for the gateway's address", answer.StatusCode)
	case err != nil:
		return gatewayStart{}, fmt.Errorf("%w: %w", errDropped, err)
	}
	var s gatewayStart
	if json.Unmarshal(body, &s) != nil || s.URL == "" || s.Shards < 1 {
		return gatewayStart{}, fmt.Errorf("%w: no gateway's address where it was asked for", errGarbled)
	}
	s.Limit.MaxConcurrency = max(s.Limit.MaxConcurrency, 1)
	return s, nil
}

// userAgent is what Discord asks for (docs: reference, "User Agent").
const userAgent = "DiscordBot (https://github.com/whosays/whosays, 1)"

// retryAfter reads a header, in seconds, which may be missing or wrong.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.ParseFloat(h.Get("Retry-After"), 64)
	if err != nil || !(seconds >= 1) {
		seconds = 1
	}
	return min(time.Duration(min(seconds, longestLimit.Seconds())*float64(time.Second)), longestLimit)
}
