package guard

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

func TestFurniture(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"+3 more", "ще 3", "1.", "12", "1234", "3 of 15", "1/3", "2026-02-05", "2026-02", "09:00", "9:05:30", "2026-02-05 09:00", "2026-02-05T09:00Z",
		"2026-02-05T09:00:00+02:00", "09:00 Europe/Kyiv", "09:00–10:00", "last reviewed 2026-02-05", "more", "", "15 claims", "2026",
	} {
		if got := furniture1(t, text); len(got) > 0 {
			t.Errorf("%q is refused: %v", text, got)
		}
	}
	for text, why := range map[string]string{
		"12345": WhyFurniture, "2,514": WhyFurniture, "2 514": WhyFurniture, "2.5": WhyFurniture, "3k": WhyFurniture, "5S": WhyFurniture,
		"٣ more": WhyFurniture, "v2": WhyFurniture, "3 thousand": WhyFurniture, "two dozen": WhyFurniture, "25:00": WhyFurniture, "3-5": WhyFurniture,
		"2025-13-01": WhyFurniture, "2 of the many others that I know": WhyFurniture, "2026-02-05 and the other long words that": WhyFurniture,
		"½": WhyFurniture, "12 people": WhyFurnitureClaim, "12 осіб": WhyFurnitureClaim, "3 человека": WhyFurnitureClaim,
		"12 soldiers": WhyFurnitureClaim, "12 украинских": WhyFurnitureClaim, "2514": WhyFurnitureClaim, "2514 more": WhyFurnitureClaim, "2026 more": WhyFurnitureClaim,
	} {
		if got := furniture1(t, text); !contains(got, why) {
			t.Errorf("%q: %v, want %s", text, got, why)
		}
	}
}

func furniture1(t *testing.T, text string) []string {
	t.Helper()
	r := answer(t)
	r.Shown[0].Claim.Figure.Low = new(2514.0)
	r.Shown[0].Claim.Figure.High = new(2026.0)
	r.Blocks[10].Parts = []chat.Part{furniture(text), own(" · so")}
	return whys(t, r)
}
