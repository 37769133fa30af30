// Digestbench measures what digests cost: 100,000 subscriptions in a database, of which 10,000 are due in one minute. It
// prints how long they take to be composed and kept, what of it is SQL, what memory it takes, and what a tick costs where nothing is due.
// Beside it, in the same run, stands what most bots do: an entry of cron for each subscription.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/whosays/whosays/adapters/benchtable"
)

// options are what a run is told.
type options struct {
	Subscriptions int
	Due           int
	Claims        []int
	Stores        []string
	Pace          int
	Peer          bool
	JSON          bool
	Profile       string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := start(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "digestbench:", err)
		os.Exit(1)
	}
}

func start(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	all, err := run(ctx, o)
	if err != nil {
		return err
	}
	return benchtable.Write(out, o.JSON, figures(o, all))
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("digestbench", flag.ContinueOnError)
	f.IntVar(&o.Subscriptions, "subscriptions", 100_000, "how many there are")
	f.IntVar(&o.Due, "due", 10_000, "how many of them are due in one minute")
	claims := f.String("claims", "1k 100k", "how many claims the shared base has, one base after the other")
	stores := f.String("stores", strings.Join(databases(), " "), "where subscriptions are kept")
	f.IntVar(&o.Pace, "pace", 50, "posts a second that the platform takes: what was written first is sent so; 0: it isn't")
	f.BoolVar(&o.Peer, "peer", true, "measure cron with an entry for each subscription as well")
	f.BoolVar(&o.JSON, "json", false, "print the results as JSON lines instead of a table")
	f.StringVar(&o.Profile, "profile", "", "write a processor profile of the minute to this file")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.Due <= 0 || o.Subscriptions < o.Due {
		return o, errors.New("-due has to be more than nothing, and at most -subscriptions")
	}
	for text := range strings.FieldsSeq(*claims) {
		n, err := size(text)
		if err != nil {
			return o, err
		}
		o.Claims = append(o.Claims, n)
	}
	o.Stores = strings.Fields(*stores)
	for _, name := range o.Stores {
		if !slices.Contains(databases(), name) {
			return o, fmt.Errorf("there is no store %q; there are %s", name, strings.Join(databases(), ", "))
		}
	}
	return o, nil
}

// size reads "500" or "10k".
func size(text string) (n int, err error) {
	digits, thousands := strings.CutSuffix(text, "k")
	if _, err = fmt.Sscanf(digits, "%d", &n); err != nil || n <= 0 {
		return 0, fmt.Errorf("%q is no size: write 500 or 10k", text)
	}
	if thousands {
		n *= 1000
	}
	return n, nil
}

// run measures each store with each base, and the peer.
func run(ctx context.Context, o options) (all []row, err error) {
	for _, claims := range o.Claims {
		for _, store := range o.Stores {
			r, err := measure(ctx, o, store, claims)
			o.Pace = 0
			if err != nil {
				return nil, fmt.Errorf("%s, %d claims: %w", store, claims, err)
			}
			all = append(all, r)
		}
	}
	if o.Peer {
		r, err := measurePeer(ctx, o)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
