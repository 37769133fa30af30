package picture_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/picture"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// answered returns the bot's answer on the starter base.
func answered(t *testing.T, b *bot.Bot, question string) chat.Reply {
	t.Helper()
	r, err := b.Handle(t.Context(), chat.Request{Text: question, Now: time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// firstWords returns the first part of a reply.
func firstWords(r chat.Reply) string { return r.Blocks[0].Parts[0].Text }

// TestPicturesAreOfTheProgramsOutput draws the pictures of README.md from the goldens of Discord and Slack, and from what the
// console prints; -update writes them.
func TestPicturesAreOfTheProgramsOutput(t *testing.T) {
	t.Parallel()
	b, _, _, err := adaptertest.Starter()
	if err != nil {
		t.Fatal(err)
	}
	platforms := map[string]struct {
		draw          func(asked string, message []byte) ([]byte, error)
		asked, golden string
	}{
		"discord": {picture.Discord, "how many ukr soldiers died so far??", "../discord/testdata/rivals-en-0.golden.json"},
		"slack":   {picture.Slack, "what did zelensky say about ukr dead back in december 2024?", "../slack/testdata/answer-en-0.golden.json"},
	}
	for name, p := range platforms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			message, err := os.ReadFile(p.golden)
			if err != nil {
				t.Fatal(err)
			}
			if first := firstWords(answered(t, b, p.asked)); !bytes.Contains(message, []byte(first)) {
				t.Errorf("%s is no answer to %q: %q", p.golden, p.asked, first)
			}
			got, err := p.draw(p.asked, message)
			if err != nil {
				t.Fatal(err)
			}
			kept(t, name, got)
		})
	}
	t.Run("terminal", func(t *testing.T) {
		t.Parallel()
		const asked = "How many Ukrainian soldiers have been killed?"
		got, err := picture.Terminal(`whosays ask "`+asked+`"`, console.Screen{Width: 80, Colour: true}.Render(answered(t, b, asked)))
		if err != nil {
			t.Fatal(err)
		}
		kept(t, "terminal", got)
	})
}

// kept compares a picture with the one that README.md shows, or writes it there.
func kept(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("..", "..", ".github", "pictures", name+".svg")
	if golden.FlagUpdate() {
		if err := os.WriteFile(path, got, 0o644); err != nil { //nolint:gosec // a picture is for everyone
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./adapters/picture -update draws it)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is stale; go test ./adapters/picture -update (-picture +program):\n%s", path, diff)
	}
}

// TestPicturesLeaveNothingOut reads the pictures' words back.
func TestPicturesLeaveNothingOut(t *testing.T) {
	t.Parallel()
	discord := []byte(`{"content": "**1,200 \\*houses\\***, says <b>", "embeds": [{"title": "1,200 — Ada", "description": "*counts* houses\n⚠️ [The Courier](<https://courier.example/?a_b>) (courier.example)", "color": 255, "author": {"name": "an official"}, "footer": {"text": "as of today"}}], "components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "Sources", "custom_id": "x"}]}]}`)
	slack := []byte(`{"text": "not shown", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*1,200 houses*, says &lt;b&gt;"}}, {"type": "divider"}, {"type": "context", "elements": [{"type": "mrkdwn", "text": "_counts_ <https://courier.example/?a_b|The Courier> (courier.example)"}]}, {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Sources &amp; more"}, "action_id": "x", "value": "y"}]}]}`)
	for name, c := range map[string]struct {
		draw func() ([]byte, error)
		want []string
	}{
		"discord": {
			func() ([]byte, error) { return picture.Discord("how many?", discord) },
			[]string{"@WhoSays how many?", "1,200 *houses*, says <b>", "an official", "1,200 — Ada", "counts houses", "⚠️ The Courier (courier.example)", "as of today", "Sources"},
		},
		"slack": {
			func() ([]byte, error) { return picture.Slack("how many?", slack) },
			[]string{"@WhoSays how many?", "1,200 houses, says <b>", "counts The Courier (courier.example)", "Sources & more"},
		},
		"terminal": {
			func() ([]byte, error) {
				return picture.Terminal("whosays ask", "\x1b[1m1,200\x1b[m houses\n  \x1b[2m\x1b]8;;https://courier.example\acourier.example\x1b]8;;\a\x1b[m")
			},
			[]string{"$whosays ask", "1,200houses", "courier.example"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drawn, err := c.draw()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, without(linesOf(t, drawn), "R", "Reader", "W", "WhoSays  APP")); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

// linesOf returns the lines of text of a picture, in order.
func linesOf(t *testing.T, svg []byte) []string {
	t.Helper()
	var out []string
	d, inside := xml.NewDecoder(bytes.NewReader(svg)), false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "text" {
				inside, out = true, append(out, "")
			}
		case xml.EndElement:
			inside = inside && e.Name.Local != "text"
		case xml.CharData:
			if inside {
				out[len(out)-1] += string(e)
			}
		}
	}
}

func without(lines []string, known ...string) []string {
	var out []string
	for _, l := range lines {
		if !strings.Contains("\n"+strings.Join(known, "\n")+"\n", "\n"+l+"\n") {
			out = append(out, l)
		}
	}
	return out
}

func TestWhatCannotBeDrawnIsRefused(t *testing.T) {
	t.Parallel()
	for name, draw := range map[string]func() ([]byte, error){
		"an unknown field of a message": func() ([]byte, error) { return picture.Discord("", []byte(`{"poll": {}}`)) },
		"a menu on Discord": func() ([]byte, error) {
			return picture.Discord("", []byte(`{"components": [{"type": 1, "components": [{"type": 3}]}]}`))
		},
		"an unknown block": func() ([]byte, error) { return picture.Slack("", []byte(`{"blocks": [{"type": "image"}]}`)) },
		"an unknown element": func() ([]byte, error) {
			return picture.Slack("", []byte(`{"blocks": [{"type": "actions", "elements": [{"type": "datepicker"}]}]}`))
		},
		"an unknown field of a block": func() ([]byte, error) {
			return picture.Slack("", []byte(`{"blocks": [{"type": "section", "accessory": {}}]}`))
		},
		"an unknown colour":                func() ([]byte, error) { return picture.Terminal("", "\x1b[35mred") },
		"a sequence that moves the cursor": func() ([]byte, error) { return picture.Terminal("", "\x1b[2Jgone") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if out, err := draw(); err == nil {
				t.Errorf("drawn: %s", out)
			}
		})
	}
}
