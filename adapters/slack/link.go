package slack

import (
	"strings"

	"github.com/whosays/whosays/adapters/prose"
)

// cite returns the name of a source as a link, and its bare host beside it; of a target that isn't one to the web, the name
// alone. A name that could be taken for an address stands in front of its link.
func cite(name, raw string) string {
	target, host := prose.Link(raw)
	target = strings.ReplaceAll(target, "&", "&amp;")
	if len(target) > prose.LongestLink {
		target = ""
	}
	shown := trimBlanks(escape(name))
	switch {
	case host == "":
		return shown
	case target == "":
		return trimBlanks(shown + " (" + host + ")")
	case shown == "", shown == host:
		return "<" + target + "|" + host + ">"
	case tame(prose.Clean(name)):
		return "<" + target + "|" + startLine(shown) + "> (" + host + ")"
	}
	return shown + " (<" + target + "|" + host + ">)"
}
