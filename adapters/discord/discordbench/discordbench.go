// Package discordbench is a fake Discord full of people, for a bot to be measured on.
package discordbench

import (
	"context"
	"io"

	"github.com/whosays/whosays/adapters/loadbench"
)

const (
	gateway  = "gateway"
	overHTTP = "http"
	// floor is the name of the bot that serveFloor is: it says a fixed text and keeps nothing, as the floor of library and fake.
	floor = "discordgo"
)

// Main is the command of the benchmark, or the floor that it has started: as a process of the same program.
func Main(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == floorCommand {
		return serveFloor(ctx, args[1:])
	}
	return loadbench.Main(ctx, Platform(), args, out)
}

// Platform is what is measured. Of 20 questions 1 is a mention (at most 25 a second: half of what a bot may post), the rest are
// interactions, 13 /ask, 5 /check or /status, and up to 2 presses of a button. Acknowledged is the first answer to an interaction. What
// is refused with 404 is mostly an answer that came too late.
func Platform() loadbench.Platform {
	return loadbench.Platform{
		Name: "Discord", Tenants: 2000, Each: "servers of Discord, each with one channel and five people",
		Bots: []string{floor, loadbench.Whosays}, Transports: []string{gateway, overHTTP},
		Begin: begin,
	}
}
