package ops

import (
	"regexp"
	"sync"
)

// shape is what a kind of secret looks like; what of it may stay is the group of the expression.
type shape struct {
	looks *regexp.Regexp
	keeps string
}

// shapes are the secrets that turn up in errors and messages of libraries, whatever field they come from. They are
// compiled when they are needed first: commands that answer one question wait for nothing.
var shapes = sync.OnceValue(func() []shape { //nolint:gochecknoglobals // as constant as it can be
	return []shape{
		{regexp.MustCompile(`(://[^\s/:@]*):\S*@`), "$1:***@"},                                        // a password in a URL
		{regexp.MustCompile(`(?i)\b(password|passwd|client_secret|token)=[^\s&"']+`), "$1=***"},       // in a query or a DSN
		{regexp.MustCompile(`(?i)\b(bearer) [\w.~+/=-]{8,}`), "$1 ***"},                               // the header Authorization
		{regexp.MustCompile(`\b[A-Za-z0-9_-]{23,30}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}`), "***"}, // Discord's tokens
		{regexp.MustCompile(`\b(?:xox[a-z]|xapp|xwfp)(?:\.[a-z]+)*-[A-Za-z0-9-]+`), "***"},            // Slack's tokens
		{regexp.MustCompile(`(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}`), "$1***"},                 // Discord's, in paths
		{regexp.MustCompile(`(hooks\.slack\.com/)[\w/-]+`), "$1***"},                                  // Slack's, in paths
	}
})

// Redact returns a text without what looks like a secret. It is the second lock: the first is that secrets are
// never put into texts.
func Redact(text string) string {
	for _, s := range shapes() {
		text = s.looks.ReplaceAllString(text, s.keeps)
	}
	return text
}
