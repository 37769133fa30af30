package loadbench

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// turned asks whosays how many questions it didn't take, by its metrics.
func turned(ctx context.Context, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(resp.Body)
	if err != nil {
		return 0, err
	}
	const name = "whosays_inbox_offers_total"
	offers := families[name]
	if offers == nil {
		return 0, fmt.Errorf("there is no metric %s", name)
	}
	n := 0
	for _, m := range offers.Metric {
		if !slices.ContainsFunc(m.Label, func(l *dto.LabelPair) bool { return l.GetValue() == "accepted" }) {
			n += int(m.GetCounter().GetValue())
		}
	}
	return n, nil
}
