// Run asks whosays serve as much as 200 workspaces of Slack would, over Socket Mode and by signed HTTP, and measures how
// long each acknowledgement and each answer takes, and what the process needs for it. The people and the fake Slack are in
// this process, the bot in one of its own.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/whosays/whosays/adapters/loadbench"
	"github.com/whosays/whosays/adapters/slack/slackbench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := loadbench.Main(ctx, slackbench.Platform(), os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "slackbench:", err)
		os.Exit(1)
	}
}
