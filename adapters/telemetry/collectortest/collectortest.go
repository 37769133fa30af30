// Package collectortest is a collector of OpenTelemetry for tests: it takes OTLP over HTTP, and shows what it was told.
package collectortest

import (
	"compress/gzip"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Path is where spans are taken.
const Path = "/v1/traces"

// Span is what was told of a span.
type Span struct {
	Trace, ID, Parent string // in hexadecimal digits; a root has no parent
	Name              string
	Kind              string
	Began, Ended      uint64 // nanoseconds since 1970
	Failure           string // why it failed; empty: it didn't
	Attributes        map[string]string
	Resource          map[string]string
	All               string // everything that was told of it, as text
}

// Collector takes spans. It is safe for concurrent use.
type Collector struct {
	url string

	mu      sync.Mutex
	spans   []Span
	headers []http.Header
	wrong   []error
}

// Start starts a collector that runs until the test ends. What it is told in another form than OTLP's makes the test fail.
func Start(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{}
	server := httptest.NewServer(c)
	c.url = server.URL
	t.Cleanup(func() {
		server.Close()
		for _, err := range c.wrong {
			t.Error(err)
		}
	})
	return c
}

// URL returns the address of the collector, without a path.
func (c *Collector) URL() string { return c.url }

// Spans returns what was told so far.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Span(nil), c.spans...)
}

// Headers returns those of each request so far.
func (c *Collector) Headers() []http.Header {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]http.Header(nil), c.headers...)
}

// ServeHTTP takes a request.
func (c *Collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	spans, err := read(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.headers = append(c.headers, r.Header)
	if err != nil {
		c.wrong = append(c.wrong, err)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.spans = append(c.spans, spans...)
	w.Header().Set("Content-Type", "application/x-protobuf") // an empty answer says that all was taken
}

func read(r *http.Request) ([]Span, error) {
	if r.Method != http.MethodPost || r.URL.Path != Path || r.Header.Get("Content-Type") != "application/x-protobuf" {
		return nil, fmt.Errorf("collectortest: %s %s of %q is no OTLP", r.Method, r.URL.Path, r.Header.Get("Content-Type"))
	}
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(body)
		if err != nil {
			return nil, fmt.Errorf("collectortest: %w", err)
		}
		body = unzipped
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, fmt.Errorf("collectortest: %w", err)
	}
	var told collector.ExportTraceServiceRequest
	if err := proto.Unmarshal(data, &told); err != nil {
		return nil, fmt.Errorf("collectortest: %w", err)
	}
	var spans []Span
	for _, of := range told.GetResourceSpans() {
		for _, scope := range of.GetScopeSpans() {
			for _, s := range scope.GetSpans() {
				spans = append(spans, spanOf(s, of))
			}
		}
	}
	return spans, nil
}

func spanOf(s *otlp.Span, of *otlp.ResourceSpans) Span {
	out := Span{
		Trace: hex.EncodeToString(s.GetTraceId()), ID: hex.EncodeToString(s.GetSpanId()), Parent: hex.EncodeToString(s.GetParentSpanId()),
		Name: s.GetName(), Kind: s.GetKind().String(), Began: s.GetStartTimeUnixNano(), Ended: s.GetEndTimeUnixNano(),
		Attributes: attributes(s.GetAttributes()), Resource: attributes(of.GetResource().GetAttributes()), All: s.String(),
	}
	if s.GetStatus().GetCode() == otlp.Status_STATUS_CODE_ERROR {
		out.Failure = s.GetStatus().GetMessage()
	}
	return out
}

func attributes(list []*common.KeyValue) map[string]string {
	out := map[string]string{}
	for _, a := range list {
		out[a.GetKey()] = a.GetValue().GetStringValue()
	}
	return out
}
