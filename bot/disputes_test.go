package bot

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge"
)

// TestRivalsThatDisputeEachOther: each says that it disputes the other, though both are shown.
func TestRivalsThatDisputeEachOther(t *testing.T) {
	t.Parallel()
	ours, theirs := daily(1, "")[0], daily(1, "")[0]
	ours.ID, ours.Disputes = "ours", []string{"theirs"}
	theirs.ID, theirs.Disputes = "theirs", []string{"ours"}
	theirs.Figure.Best, theirs.Text = new(90000.0), "90,000 Russian soldiers have been killed."
	theirs.Attribution.Speaker, theirs.Attribution.Standing = "csis", "research"
	b, err := botOn([]knowledge.Claim{ours, theirs}...)
	if err != nil {
		t.Fatal(err)
	}
	text := plain(asks(t, b, "How many Russian soldiers have been killed?"))
	for _, want := range []string{"Disputed: the General Staff of Ukraine disputes what is said by CSIS.", "Disputed: CSIS disputes what is said by the General Staff of Ukraine."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q isn't said:\n%s", want, text)
		}
	}
}
