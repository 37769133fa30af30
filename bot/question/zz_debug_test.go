package question

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/knowledge/lexicon"
)

func TestDebug(t *testing.T) {
	f, err := os.Open("/tmp/dbg.txt")
	if err != nil {
		t.Skip()
	}
	l, _ := lexicon.Default()
	p := NewParser(l)
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	s := bufio.NewScanner(f)
	for s.Scan() {
		x := s.Text()
		var q Question
		if strings.HasPrefix(x, "!") {
			q = p.Check(x[1:], now)
		} else {
			q = p.Ask(x, now)
		}
		fmt.Println(">", x, "help", q.Help, "compute", q.Compute)
		for _, a := range q.Parts {
			fmt.Printf("   [%s] party=%v group=%s metric=%s%v per=%v place=%s cl=%v howmany=%v says=%v neg=%v alien=%v unk=%v issues=%v ev=%v since=%v q=%+v\n      ", a.Text, a.Parties, a.Group, a.Metric, a.Metrics, a.Period.Kind, a.Place, a.Claimants, a.HowMany, a.Says, a.Negated, a.Alien, a.Unknown, a.Issues, a.Events, a.Since, a.Quantity)
			for _, t := range a.Topics {
				fmt.Printf(" %s%+d@%s", t.ID, t.Sign, t.Agent)
			}
			fmt.Println()
		}
	}
}
