package ops

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/whosays/whosays/bot/chat"
)

// idHeader carries the id of a request from proxy to proxy.
const idHeader = "X-Request-Id"

// saneID is an id that can be taken over and stand in a log.
var saneID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// requestIDs gives each request an id, says it in the answer, and logs the request at level debug, without its query:
// there can be secrets in it.
func requestIDs(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(idHeader)
		if !saneID.MatchString(id) {
			id = rand.Text()
		}
		ctx := chat.WithRequestID(r.Context(), id)
		w.Header().Set(idHeader, id)
		begun, seen := time.Now(), &status{ResponseWriter: w, code: http.StatusOK}
		defer func() {
			log.DebugContext(ctx, "request", "method", r.Method, "path", r.URL.Path, "status", seen.code, "took_ms", float64(time.Since(begun).Microseconds())/1000)
		}()
		next.ServeHTTP(seen, r.WithContext(ctx))
	})
}

// status remembers the status of an answer.
type status struct {
	http.ResponseWriter
	code int
}

// WriteHeader sends the status.
func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap is for http.ResponseController.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }
