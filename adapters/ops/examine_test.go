package ops_test

import (
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/ops"
)

// secured serves by TLS, with a certificate that only its own client believes.
func secured(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestExamine(t *testing.T) {
	t.Parallel()
	quiet := slog.New(slog.DiscardHandler)
	ours := secured(t, ops.Handler(quiet, ops.NewGate(), &ops.Checks{}, prometheus.NewRegistry(), http.NotFoundHandler()))
	other := secured(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "alive and well\n") }))
	moved := secured(t, http.RedirectHandler("https://elsewhere.example", http.StatusMovedPermanently))
	for name, tc := range map[string]struct {
		address string
		through http.RoundTripper
		says    string // empty: it is well
	}{
		"well":                  {ours.URL, ours.Client().Transport, ""},
		"a slash at its end":    {ours.URL + "/", ours.Client().Transport, ""},
		"without TLS":           {"http://bot.example", nil, "Put a proxy with a certificate"},
		"a foreign certificate": {ours.URL, nil, "certificate that is valid"},
		"nobody there":          {"https://127.0.0.1:1", nil, "connection refused"},
		"another program":       {other.URL, other.Client().Transport, "isn't this program"},
		"another address":       {moved.URL, moved.Client().Transport, "status 301"},
		"no address":            {"https://bot example", nil, "Write one like"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := ops.Examine(t.Context(), tc.address, tc.through)
			if tc.says == "" && f.State != checkup.Good || tc.says != "" && (f.State != checkup.Failed || f.Do == "" || !strings.Contains(f.Saw+f.Do, tc.says)) {
				t.Errorf("%+v", f)
			}
		})
	}
}
