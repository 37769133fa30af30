// Package slackbench is a fake Slack full of people, for a bot to be measured on.
package slackbench

import "github.com/whosays/whosays/adapters/loadbench"

const (
	overSocket = "socket"
	overHTTP   = "http"
)

// Platform is what is measured. Of 20 questions 5 are mentions, 3 direct messages, 9 commands (5 /ask, 3 /check, 1 /whosays status) and
// up to 3 presses of a button. What is pressed is answered by its response_url, all else by chat.postMessage: Slack takes one a second in
// a channel. An event, a command and a press are acknowledged each. All workspaces have one token, as those of an organisation that has
// installed the app.
func Platform() loadbench.Platform {
	return loadbench.Platform{
		Name: "Slack", Tenants: 200, Each: "workspaces of Slack, each with 10 channels and 50 people",
		Bots: []string{loadbench.Whosays}, Transports: []string{overSocket, overHTTP},
		Begin: begin,
	}
}
