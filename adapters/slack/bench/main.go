// Bench asks whosays serve as much as 200 workspaces of Slack would, over Socket Mode and by signed HTTP, and measures how
// long each acknowledgement and each answer takes, and what the process needs for it. The people and the fake Slack are in
// this process, the bot in one of its own.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/whosays/whosays/adapters/loadbench"
)

const (
	overSocket = "socket"
	overHTTP   = "http"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := loadbench.Main(ctx, platform(), os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// platform is what is measured. Of 20 questions 5 are mentions, 3 direct messages, 9 commands (5 /ask, 3 /check, 1 /whosays status) and
// up to 3 presses of a button. What is pressed is answered by its response_url, all else by chat.postMessage: Slack takes one a second in
// a channel. An event, a command and a press are acknowledged each. All workspaces have one token, as those of an organisation that has
// installed the app.
func platform() loadbench.Platform {
	return loadbench.Platform{
		Name: "Slack", Tenants: 200, Each: "workspaces of Slack, each with 10 channels and 50 people",
		Bots: []string{loadbench.Whosays}, Transports: []string{overSocket, overHTTP},
		Begin: begin,
	}
}
