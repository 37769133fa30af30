package config

import (
	"strings"
)

const exampleHead = `# The configuration of whosays: every key with its default. What isn't needed can be left out.
# An environment variable goes over the file: WHOSAYS_HTTP_LISTEN sets http.listen, and so on for every key.
# For what can hold a password there is also WHOSAYS_DATABASE_URL_FILE, and so on: the path of a file that holds
# the value. whosays config check says what is wrong, whosays config show what is in effect.
`

// Example returns a file with every key, what it means, and its default.
func Example() string {
	var b strings.Builder
	b.WriteString(exampleHead)
	section := ""
	for _, k := range new(Config).keys() {
		if k.section() != section {
			section = k.section()
			b.WriteString("\n" + section + ":\n")
		}
		b.WriteString("  # " + strings.ReplaceAll(k.doc, "\n", "\n  # ") + "\n")
		value := k.show()
		if value == "" {
			value = `""`
		}
		b.WriteString("  " + last(k.name) + ": " + value + "\n")
	}
	return b.String()
}
