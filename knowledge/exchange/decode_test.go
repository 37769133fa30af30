package exchange

import (
	"reflect"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge"
)

// TestFieldsHaveOneName: files of all formats share their names, and the decoder has a way for each type.
func TestFieldsHaveOneName(t *testing.T) {
	t.Parallel()
	for _, typ := range []reflect.Type{
		reflect.TypeFor[knowledge.Claim](), reflect.TypeFor[knowledge.Figure](), reflect.TypeFor[knowledge.Scope](),
		reflect.TypeFor[knowledge.Period](), reflect.TypeFor[knowledge.Attribution](),
		reflect.TypeFor[knowledge.Source](), reflect.TypeFor[knowledge.Caveat](),
	} {
		for f := range typ.Fields() {
			inYAML, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			inJSON, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if inYAML == "" || inYAML != inJSON {
				t.Errorf("%s.%s is %q in YAML and %q in JSON", typ, f.Name, inYAML, inJSON)
			}
			n := &node{kind: text, plain: true, text: "1"}
			newDecoder().value(reflect.New(f.Type).Elem(), n, f.Name) // panics without a way
		}
	}
}
