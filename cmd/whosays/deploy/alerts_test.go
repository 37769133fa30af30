package deploy_test

import (
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// row is a line of the table that `whosays metrics` prints.
var row = regexp.MustCompile("(?m)^\\| `([a-z_]+)(?:{([a-z_,]+)})?` \\|")

// metrics returns the labels of all metrics.
func metrics(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(printed(t, "metrics"), -1) {
		all[m[1]] = strings.Split(m[2], ",")
	}
	if len(all) == 0 {
		t.Fatal("whosays metrics prints no metric")
	}
	return all
}

// TestAlerts reads the rules as promtool does, and looks for each metric that they name, with its labels, among those of a service.
func TestAlerts(t *testing.T) {
	t.Parallel()
	p := parser.NewParser(parser.Options{})
	groups, errs := rulefmt.Parse([]byte(printed(t, "alerts")), false, model.UTF8Validation, p, slog.New(slog.DiscardHandler))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	known, seen := metrics(t), map[string]bool{}
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			if seen[r.Alert] || !strings.HasPrefix(r.Alert, "Whosays") {
				t.Errorf("%q isn't the name of one alert of WhoSays", r.Alert)
			}
			seen[r.Alert] = true
			if s := r.Labels["severity"]; s != "page" && s != "ticket" {
				t.Errorf("%s: severity %q", r.Alert, s)
			}
			if r.Annotations["summary"] == "" || r.Annotations["action"] == "" {
				t.Errorf("%s doesn't say what has happened and what to do", r.Alert)
			}
			e, err := p.ParseExpr(r.Expr)
			if err != nil {
				t.Fatal(err)
			}
			named(t, r.Alert, known, e)
		}
	}
}

// scrapers are labels that Prometheus adds, or that a histogram has.
var scrapers = []string{"instance", "job", "le", "__name__"}

func named(t *testing.T, alert string, known map[string][]string, e parser.Expr) {
	t.Helper()
	var labels []string // of all metrics of the rule
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if v, ok := n.(*parser.VectorSelector); ok {
			name := v.Name
			if _, there := known[name]; !there {
				name = strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_count")
			}
			has, there := known[name]
			if !there {
				t.Errorf("%s: there is no metric %s", alert, v.Name)
			}
			for _, m := range v.LabelMatchers {
				if !slices.Contains(has, m.Name) && !slices.Contains(scrapers, m.Name) {
					t.Errorf("%s: %s has no label %s", alert, v.Name, m.Name)
				}
			}
			labels = append(labels, has...)
		}
		return nil
	})
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if a, ok := n.(*parser.AggregateExpr); ok {
			for _, by := range a.Grouping {
				if !slices.Contains(labels, by) && !slices.Contains(scrapers, by) {
					t.Errorf("%s: no metric has the label %s", alert, by)
				}
			}
		}
		return nil
	})
}
