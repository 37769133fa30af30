// Run asks whosays serve as much as 2,000 servers of Discord would, over the gateway and by signed HTTP, and measures
// how long each answer takes, and what the process needs for it. The people and the fake Discord are in this process, the
// bot in one of its own. Beside it, under the same load, stands the least that a bot can be: discordgo with a fixed text.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/whosays/whosays/adapters/discord/discordbench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := discordbench.Main(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "discordbench:", err)
		os.Exit(1)
	}
}
