package console_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/console"
)

func TestFindings(t *testing.T) {
	t.Parallel()
	found := []checkup.Finding{
		{Part: "database", State: checkup.Good, Saw: "It answers."},
		{Part: "discord", What: "token", State: checkup.Failed, Saw: "Discord refuses the \x1b[31mtoken: it is wrong, or was reset.", Do: "Reset it on the page Bot, and put the new one into discord.token."},
		{Part: "redis", State: checkup.Off, Saw: "None is configured."},
		{Part: "disk", State: checkup.Doubtful, Saw: "It is nearly full.", Do: "Make room."},
		{Part: "base", State: checkup.Doubtful, Saw: "It is old.", Do: "Look at it."},
	}
	want := `ok       database       It answers.
fails    discord token  Discord refuses the [31mtoken: it is
                        wrong, or was reset.
                        → Reset it on the page Bot, and put
                          the new one into discord.token.
off      redis          None is configured.
warning  disk           It is nearly full.
                        → Make room.
warning  base           It is old.
                        → Look at it.

1 fails, 2 need a look.
`
	if diff := cmp.Diff(want, console.Screen{Width: 60}.Findings(found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := (console.Screen{Width: 60, Colour: true}).Findings(found); !strings.Contains(got, "\x1b[1;31mfails\x1b[m    discord token") || strings.Contains(got, "\x1b[31mtoken") {
		t.Errorf("%q", got)
	}
	if got := (console.Screen{}).Findings(found[:1]); got != "ok       database  It answers.\n\nNothing fails.\n" {
		t.Errorf("%q", got)
	}
}
