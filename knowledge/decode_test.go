package knowledge_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/starter"
)

// FuzzDecode compares the quick library with Go's own: what that reads, both read alike.
func FuzzDecode(f *testing.F) {
	claims, err := starter.Claims()
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range claims {
		body, err := json.Marshal(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte(`{"id":"a","text":"\u043f\ud83d\ude00\t\"","figure":{"low":1e3,"best":null,"high":-0.5},"attribution":{"said_on":"2025-02"},"sources":null,"at":"2026-11-30T01:02:03.000004Z"}`))
	f.Add([]byte(`{"id":"a","scope":{"period":{"from":"2025-02-30"}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var want knowledge.Claim
		if json.Unmarshal(body, &want) != nil {
			return // Seal has never written it
		}
		written, err := json.Marshal(want) // as Seal writes it: without names in another case, or twice
		if err != nil {
			return
		}
		want = knowledge.Claim{}
		if err := json.Unmarshal(written, &want); err != nil {
			t.Fatal(err)
		}
		got, err := knowledge.Decode(written)
		if err != nil {
			t.Fatalf("%v: %s", err, written)
		}
		if got.Sources == nil || got.Caveats == nil {
			t.Errorf("%s: a list is missing", written)
		}
		if want.Sources == nil { // the lists that a claim is handed out with
			want.Sources = []knowledge.Source{}
		}
		if want.Caveats == nil {
			want.Caveats = []knowledge.Caveat{}
		}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", written, diff)
		}
	})
}
