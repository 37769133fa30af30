// Print prints one table of the figures that several benchmarks have written, one after the other, as JSON lines.
package main

import (
	"fmt"
	"os"

	"github.com/whosays/whosays/adapters/benchtable"
)

func main() {
	all, err := benchtable.Read(os.Stdin)
	if err == nil {
		err = benchtable.Write(os.Stdout, false, all)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "print:", err)
		os.Exit(1)
	}
}
