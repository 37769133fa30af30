// Package conformance checks requests against Discord's own OpenAPI document. It is made to observe a fake Discord:
//
//	server.Observe(document.Check)
package conformance

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// Find returns the path of a file that lies in the working directory or, at the same name, in one above it: tests run
// in the folder of their package, and a document may lie beside the repository.
func Find(name string) (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("conformance: there is no %s in the working directory nor above it: "+
				"put specs/openapi.json of github.com/discord/discord-api-spec there", name)
		}
		dir = filepath.Dir(dir)
	}
}

// Document is Discord's OpenAPI document. It may be used concurrently.
type Document struct {
	router routers.Router
	right  sync.Map // the bodies that nothing was wrong with, by their sums: each bot begins with the same one, which is long
}

// Load reads the document from a file. Three things in it are changed: the server becomes v9, which discordgo speaks;
// default_member_permissions may be a text, as Discord's documentation has it (the document says integer, and refuses what
// Discord takes); and OpenAPI 3.1 is written as 3.0, see [older].
func Load(path string) (*Document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("conformance: Discord's OpenAPI document can't be read: %w", err)
	}
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(data)
	if err != nil {
		return nil, fmt.Errorf("conformance: %s isn't an OpenAPI document: %w", path, err)
	}
	doc.Servers = openapi3.Servers{{URL: "/api/v9"}}
	allowPermissionTexts(doc)
	router, err := legacy.NewRouter(doc, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaPatternValidation())
	if err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", path, err)
	}
	if err := older(doc); err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", path, err)
	}
	return &Document{router: router}, nil
}

// allowPermissionTexts lets default_member_permissions be a text of digits too, wherever it is asked for.
func allowPermissionTexts(doc *openapi3.T) {
	for _, schema := range doc.Components.Schemas {
		p := schema.Value.Properties["default_member_permissions"]
		if p == nil || p.Value.Type == nil || !p.Value.Type.Includes(openapi3.TypeInteger) {
			continue
		}
		text := openapi3.NewStringSchema().WithPattern(`^\d+$`)
		schema.Value.Properties["default_member_permissions"] = openapi3.NewOneOfSchema(p.Value, text).NewRef()
	}
}

// older writes the schemas as OpenAPI 3.0 has them: what is constant is one of one. The library compiles a schema of 3.1 anew for each
// request, most of what a check takes; it reads those of 3.0 as they are, with types that may be null, as in 3.1.
func older(doc *openapi3.T) error {
	doc.OpenAPI = "3.0.3"
	return doc.WalkSchemas(func(_ string, schema *openapi3.SchemaRef) error {
		if c := schema.Value.Const; c != nil {
			schema.Value.Const, schema.Value.Enum = nil, []any{c}
		}
		return nil
	})
}

var apiVersion = regexp.MustCompile(`^/api/v\d+/`)

// Check returns what Discord's document finds wrong with a request whose body is given, or nil. Of a multipart body it
// checks payload_json.
func (d *Document) Check(r *http.Request, body []byte) error {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "", ""
	r.URL.Path = apiVersion.ReplaceAllString(r.URL.Path, "/api/v9/")
	route, params, err := d.router.FindRoute(r)
	if err != nil {
		return fmt.Errorf("conformance: Discord has no %s %s: %w", r.Method, r.URL.Path, err)
	}
	if body, err = formOf(r, body); err != nil {
		return fmt.Errorf("conformance: %s %s: %w", r.Method, r.URL.Path, err)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s\n%s", r.Method, route.Path, r.Header.Get("Content-Type"), body))
	_, known := d.right.Load(sum)
	input := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true, ExcludeRequestBody: known},
	}
	if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
		return fmt.Errorf("conformance: %s %s: %w\n%s", r.Method, r.URL.Path, err, body)
	}
	d.right.Store(sum, true)
	return nil
}

// formOf takes payload_json out of a multipart body, and makes the request one of JSON.
func formOf(r *http.Request, body []byte) ([]byte, error) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if !strings.HasPrefix(kind, "multipart/") {
		return body, nil
	}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, fmt.Errorf("the multipart body has no payload_json: %w", err)
		}
		if part.FormName() == "payload_json" {
			r.Header.Set("Content-Type", "application/json")
			return io.ReadAll(part)
		}
	}
}
