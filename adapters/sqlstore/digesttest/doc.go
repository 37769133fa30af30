// Package digesttest proves with real processes that a digest is said once: they share a database, say it on fakes of Discord and of
// Slack, and are killed, stopped and misled. Each test names its row of the reliability table. It holds nothing but tests.
package digesttest
