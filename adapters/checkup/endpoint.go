package checkup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Endpoint tries an address at which a platform brings what it signs, as the platform reaches it: it has to refuse what isn't signed.
// The address is one that is no secret.
func Endpoint(ctx context.Context, what, address string) Finding {
	status, err := unsigned(ctx, address)
	switch {
	case err != nil:
		return Bad(what, fmt.Sprintf("%s can't be reached: %s.", address, Reason(err)), "Start serve, and look whether its proxy leads this address to http.listen.")
	case status == http.StatusUnauthorized:
		return OK(what, "%s answers, and refuses what isn't signed.", address)
	case status == http.StatusServiceUnavailable:
		return Bad(what, fmt.Sprintf("%s answers with status %d.", address, status), "Wait until serve is ready; its log says what it waits for.")
	}
	return Bad(what, fmt.Sprintf("%s answers with status %d to what isn't signed, instead of %d: it isn't this program, or not with this configuration.", address, status, http.StatusUnauthorized),
		"Look whether the proxy leads this address, path and all, to http.listen of serve.")
}

func unsigned(ctx context.Context, address string) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader("{}"))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	status, _, err = Visit(r, nil)
	return status, err
}

// visited is how much of an answer is read.
const visited = 4 << 10

// Visit sends a request, follows nothing, and returns the status and the beginning of the answer, within five seconds. A nil transport
// is Go's own.
func Visit(r *http.Request, transport http.RoundTripper) (status int, body string, err error) {
	client := http.Client{Transport: transport, Timeout: 5 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		return 0, "", err
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, visited))
	return resp.StatusCode, string(data), errors.Join(err, resp.Body.Close())
}

// Reason returns why a request has no answer, without its URL, as the end of a sentence.
func Reason(err error) string {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		err = failed.Err
	}
	if network, ok := errors.AsType[net.Error](err); ok && network.Timeout() {
		return "there is no answer in time"
	}
	return fmt.Sprintf("%.200s", strings.TrimSuffix(err.Error(), "."))
}
