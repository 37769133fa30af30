// Bench asks whosays serve as much as 2,000 servers of Discord would, over the gateway and by signed HTTP, and measures
// how long each answer takes, and what the process needs for it. The people and the fake Discord are in this process, the
// bot in one of its own. Beside it, under the same load, stands the least that a bot can be: discordgo with a fixed text.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/whosays/whosays/adapters/loadbench"
)

const (
	gateway  = "gateway"
	overHTTP = "http"
	// floor is the name of the bot that serveFloor is: it says a fixed text and keeps nothing, as the floor of library and fake.
	floor = "discordgo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := start(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// start is the benchmark, or the floor that it has started.
func start(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == floorCommand {
		return serveFloor(ctx, args[1:])
	}
	return loadbench.Main(ctx, platform(), args, out)
}

// platform is what is measured. Of 20 questions 1 is a mention (at most 25 a second: half of what a bot may post), the rest are
// interactions, 13 /ask, 5 /check or /status, and up to 2 presses of a button. Acknowledged is the first answer to an interaction. What
// is refused with 404 is mostly an answer that came too late.
func platform() loadbench.Platform {
	return loadbench.Platform{
		Name: "Discord", Tenants: 2000, Each: "servers of Discord, each with one channel and five people",
		Bots: []string{floor, loadbench.Whosays}, Transports: []string{gateway, overHTTP},
		Begin: begin,
	}
}
