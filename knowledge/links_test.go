package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// linked is a base in which two tenants and the shared base have claims of one series, and dispute one claim.
func linked(t *testing.T) *knowledge.Base {
	t.Helper()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	claim := func(tenant, id, series, saidOn string, status knowledge.Status, disputes ...string) knowledge.Claim {
		var d knowledge.Date
		if err := d.UnmarshalText([]byte(saidOn)); err != nil {
			t.Fatal(err)
		}
		return knowledge.Claim{
			ID: id, Tenant: tenant, Kind: knowledge.KindStatement, Text: "A sentence.", Series: series, Disputes: disputes, Status: status,
			Attribution: knowledge.Attribution{SaidOn: d, Standing: "unattributed"},
		}
	}
	store, err := knowledge.NewMemory([]knowledge.Claim{
		claim("", "third", "count", "2026-02-04", ""),
		claim("", "first", "count", "2024-02-25", ""),
		claim("", "second", "count", "2025-02-16", ""),
		claim("", "withdrawn", "count", "2025-06-01", knowledge.StatusSuperseded),
		claim("a", "own", "count", "2025-01-01", ""),
		claim("b", "foreign", "count", "2025-01-02", "", "first"),
		claim("", "denial", "", "2026-02-05", "", "first", "third"),
		claim("a", "own-denial", "", "", "", "third"),
	})
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), l, store)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

func ids(claims []knowledge.Claim) []string {
	out := []string{}
	for _, c := range claims {
		out = append(out, c.ID)
	}
	return out
}

func TestASeriesIsInTheOrderOfItsDates(t *testing.T) {
	t.Parallel()
	base := linked(t)
	for tenant, want := range map[string][]string{
		"":  {"first", "second", "third"},
		"a": {"first", "own", "second", "third"},
		"b": {"first", "foreign", "second", "third"},
	} {
		got, _, err := base.Series(t.Context(), tenant, "count", 10, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, ids(got)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tenant, diff)
		}
	}
	if got, _, err := base.Series(t.Context(), "", "no-such-count", 10, nil); err != nil || len(got) > 0 {
		t.Errorf("%v, %v of a series that doesn't exist", ids(got), err)
	}
}

func TestWhatDisputesAClaim(t *testing.T) {
	t.Parallel()
	base := linked(t)
	for _, test := range []struct {
		tenant string
		ids    []string
		want   []string
	}{
		{"", []string{"first"}, []string{"denial"}},
		{"", []string{"first", "third"}, []string{"denial"}},
		{"", []string{"second"}, []string{}},
		{"", nil, []string{}},
		{"a", []string{"third"}, []string{"denial", "own-denial"}},
		{"b", []string{"first"}, []string{"denial", "foreign"}},
	} {
		got, err := base.Disputing(t.Context(), test.tenant, test.ids...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, ids(got)); diff != "" {
			t.Errorf("%q %v (-want +got):\n%s", test.tenant, test.ids, diff)
		}
	}
}
