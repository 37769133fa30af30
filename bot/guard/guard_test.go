package guard

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/whosays/whosays/bot/chat"
)

func TestCheckPasses(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]chat.Reply{"answer": answer(t), "refusal": refusal(), "checking": checking(t)} {
		if err := Check(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSeal(t *testing.T) {
	t.Parallel()
	good, bad := answer(t), answer(t)
	bad.Blocks[9].Parts = []chat.Part{own("a million\x1b")}
	if got, err := Seal(good, refusal()); err != nil || cmp.Diff(good, got) != "" {
		t.Errorf("Seal of a good reply: %v, %v", got, err)
	}
	got, err := Seal(bad, refusal())
	if diff := cmp.Diff(refusal(), got); diff != "" {
		t.Errorf("Seal of a bad reply (-want +got):\n%s", diff)
	}
	var e *Error
	if !errors.As(err, &e) || len(e.Violations) != 2 {
		t.Fatalf("Seal of a bad reply: error %v", err)
	}
	want := Violation{Block: 9, Role: chat.RoleNote, Text: "million", Why: WhyOwnNumber}
	if diff := cmp.Diff(want, e.Violations[1]); diff != "" {
		t.Errorf("violation (-want +got):\n%s", diff)
	}
	if text := err.Error(); strings.Contains(text, "\x1b") || !strings.Contains(text, `block 9 (note): a number in words of our own: "million"`) {
		t.Errorf("the error reads %q", text)
	}
	got, err = Seal(bad, bad)
	if len(got.Blocks) != 0 || err == nil || !strings.Contains(err.Error(), "refusal is refused") {
		t.Errorf("Seal with a bad refusal: %v, %v", got, err)
	}
}
