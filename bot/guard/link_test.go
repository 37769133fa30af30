package guard

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

func TestClaimsAndLinks(t *testing.T) {
	t.Parallel()
	const id = "soldiers-killed"
	odd := func(url string) func(*chat.Reply) {
		return func(r *chat.Reply) {
			r.Shown[0].Claim.Sources = append(r.Shown[0].Claim.Sources, knowledge.Source{URL: url})
			addPart(9, link(id, "source", url))(r)
		}
	}
	check(t, answered, map[string]change{
		"claim not shown":     {addPart(9, sourced("other", "so")), []string{WhyForeignClaim + ": other"}},
		"no claim":            {addPart(9, sourced("", "so")), []string{WhyNoClaim + ": so"}},
		"block's claim":       {func(r *chat.Reply) { r.Blocks[9].ClaimID = "other" }, []string{WhyForeignClaim + ": other"}},
		"source":              {addPart(9, link(id, "Reuters", "https://example.org/2026/02/04/toll-9000")), nil},
		"archive":             {addPart(9, link(id, "archived", "http://archive.example/1234")), nil},
		"capitals":            {addPart(9, link("talks", "here", "HTTPS://example.org/talks")), nil},
		"address as text":     {addPart(9, link(id, "http://archive.example/1234", "http://archive.example/1234")), nil},
		"address, other text": {addPart(9, link(id, "archive.example/1234", "http://archive.example/1234")), []string{WhyNotInClaim + ": 1234"}},
		"its host": {func(r *chat.Reply) {
			r.Shown[0].Claim.Sources[0].URL = "https://me@www.24tv.example:8080/x"
			r.Blocks[3].Parts[0] = link(id, "24tv.example", "https://me@www.24tv.example:8080/x")
		}, nil},
		"another host": {func(r *chat.Reply) {
			r.Blocks[3].Parts[0].Text = "24tv.example"
		}, []string{WhyNotInClaim + ": 24tv"}},
		"another's source": {addPart(9, link("talks", "x", "http://archive.example/1234")), []string{WhyLinkTarget + ": http://archive.example/1234"}},
		"made up":          {addPart(9, link(id, "x", "https://evil.example")), []string{WhyLinkTarget + ": https://evil.example"}},
		"on own words": {
			addPart(9, chat.Part{Kind: chat.Own, Text: "x", URL: "http://archive.example/1234"}),
			[]string{WhyLinkKind + ": http://archive.example/1234"},
		},
		"on furniture": {
			addPart(9, chat.Part{Kind: chat.Furniture, Text: " 2", URL: "http://archive.example/1234"}),
			[]string{WhyLinkKind + ": http://archive.example/1234"},
		},
		"script":    {odd("javascript:alert()"), []string{WhyLinkScheme + ": javascript:alert()"}},
		"file":      {odd("file:///etc/passwd"), []string{WhyLinkScheme + ": file:///etc/passwd"}},
		"no host":   {odd("https:///x"), []string{WhyLinkScheme + ": https:///x"}},
		"a space":   {odd("https://x/a b"), []string{WhyLinkScheme + ": https://x/a b"}},
		"a newline": {odd("https://x/a\n"), []string{WhyLinkScheme + ": https://x/a\n"}},
		"bidi":      {odd("https://x/\u202e"), []string{WhyLinkScheme + ": https://x/\u202e"}},
		"two claims of one id": {func(r *chat.Reply) {
			r.Shown = append(r.Shown, chat.Shown{Claim: knowledge.Claim{ID: "talks", Tenant: "t"}})
		}, []string{WhyTwoClaims + ": talks"}},
		"one claim twice": {func(r *chat.Reply) { r.Shown = append(r.Shown, r.Shown[2]) }, nil},
	})
}
