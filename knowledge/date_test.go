package knowledge_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in         string
		want       knowledge.Date
		precision  knowledge.Precision
		start, end time.Time
	}{
		{"2025", knowledge.Date{Year: 2025}, knowledge.PrecisionYear, day(2025, 1, 1), day(2026, 1, 1)},
		{"2025-02", knowledge.Date{Year: 2025, Month: 2}, knowledge.PrecisionMonth, day(2025, 2, 1), day(2025, 3, 1)},
		{"2025-12", knowledge.Date{Year: 2025, Month: 12}, knowledge.PrecisionMonth, day(2025, 12, 1), day(2026, 1, 1)},
		{"2024-02-29", knowledge.Date{Year: 2024, Month: 2, Day: 29}, knowledge.PrecisionDay, day(2024, 2, 29), day(2024, 3, 1)},
		{"0001", knowledge.Date{Year: 1}, knowledge.PrecisionYear, day(1, 1, 1), day(2, 1, 1)},
	} {
		t.Run(tc.in, func(t *testing.T) {
			t.Parallel()
			d, err := knowledge.ParseDate(tc.in)
			if err != nil || d != tc.want {
				t.Fatalf("ParseDate = %+v, %v; want %+v", d, err, tc.want)
			}
			if d.Precision() != tc.precision || !d.Start().Equal(tc.start) || !d.End().Equal(tc.end) || d.String() != tc.in {
				t.Errorf("%s: precision %s, [%s, %s), text %s", tc.in, d.Precision(), d.Start(), d.End(), d)
			}
		})
	}
}

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2025-13":              `"2025-13" isn't a date of the calendar`,
		"2025-02-30":           `"2025-02-30" isn't a date of the calendar`,
		"2025-02-29":           `"2025-02-29" isn't a date of the calendar`,
		"2025-00":              `"2025-00" isn't a date of the calendar`,
		"0000":                 `"0000" isn't a date of the calendar`,
		"2025/02":              `"2025/02" isn't a date of the calendar`,
		"+025":                 `"+025" isn't a date of the calendar`,
		"25":                   `"25" isn't a date: write 2025, 2025-02 or 2025-02-04`,
		"":                     `"" isn't a date: write 2025, 2025-02 or 2025-02-04`,
		"2025-2-4":             `"2025-2-4" isn't a date: write 2025, 2025-02 or 2025-02-04`,
		"2025-02-04T00:00:00Z": `"2025-02-04T00:00:00Z" isn't a date: write 2025, 2025-02 or 2025-02-04`,
		"٢٠٢٥":                 `"٢٠٢٥" isn't a date: write 2025, 2025-02 or 2025-02-04`,
	} {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			d, err := knowledge.ParseDate(in)
			if err == nil {
				t.Fatalf("ParseDate took it as %v", d)
			}
			if diff := cmp.Diff(want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestZeroDate(t *testing.T) {
	t.Parallel()
	var d knowledge.Date
	if !d.IsZero() || d.Valid() || d.Precision() != "" || d.String() != "" || !d.Start().IsZero() || !d.End().IsZero() {
		t.Errorf("the zero date is %+v", d)
	}
}

func TestDateInYAML(t *testing.T) {
	t.Parallel()
	type doc struct {
		D knowledge.Date `yaml:"d,omitempty"`
	}
	for in, want := range map[string]knowledge.Date{
		"d: 2025":         {Year: 2025},
		"d: '2025'":       {Year: 2025},
		"d: 2025-02":      {Year: 2025, Month: 2},
		"d: 2025-02-04":   {Year: 2025, Month: 2, Day: 4},
		"d: \"2025-02\"":  {Year: 2025, Month: 2},
		"d: !!str 2025":   {Year: 2025},
		"d:":              {},
		"d: ''":           {},
		"{}":              {},
		"d: !!int '2025'": {Year: 2025},
	} {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			var got doc
			if err := yaml.Unmarshal([]byte(in), &got); err != nil || got.D != want {
				t.Fatalf("loaded %+v, %v", got.D, err)
			}
			out, err := yaml.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			var again doc
			if err := yaml.Unmarshal(out, &again); err != nil || again != got {
				t.Errorf("%s came back as %+v, %v", out, again, err)
			}
		})
	}
}

func TestDateInJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal([]knowledge.Date{{}, {Year: 2025}, {Year: 2025, Month: 2, Day: 4}})
	if err != nil || string(got) != `[null,"2025","2025-02-04"]` {
		t.Fatalf("%s, %v", got, err)
	}
	var back []knowledge.Date
	if err := json.Unmarshal(got, &back); err != nil || back[2] != (knowledge.Date{Year: 2025, Month: 2, Day: 4}) {
		t.Errorf("came back as %+v, %v", back, err)
	}
	if out, err := json.Marshal(knowledge.Date{Year: 2025, Month: 13}); err == nil {
		t.Errorf("an impossible date was written: %s", out)
	}
}

func TestDateCompare(t *testing.T) {
	t.Parallel()
	ascending := []string{"", "2024-12-31", "2025", "2025-01", "2025-01-01", "2025-01-02", "2025-02", "2026"}
	for i, a := range ascending {
		for j, b := range ascending {
			var x, y knowledge.Date
			if x.UnmarshalText([]byte(a)) != nil || y.UnmarshalText([]byte(b)) != nil {
				t.Fatal("bad table")
			}
			if got := x.Compare(y); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%q.Compare(%q) = %d", a, b, got)
			}
		}
	}
}

func TestDateRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := knowledge.Date{
			Year:  rapid.IntRange(1, 9999).Draw(t, "year"),
			Month: time.Month(rapid.IntRange(0, 12).Draw(t, "month")),
		}
		if d.Month > 0 {
			d.Day = rapid.IntRange(0, 28).Draw(t, "day")
		}
		back, err := knowledge.ParseDate(d.String())
		if err != nil || back != d || !d.Valid() || !d.Start().Before(d.End()) {
			t.Fatalf("%+v came back as %+v, %v", d, back, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2025", "2025-02", "2025-02-04", "2025-02-30", "٢٠٢٥", "9999-12-31", "    "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := knowledge.ParseDate(s)
		if err == nil && (d.String() != s || !d.Valid()) {
			t.Errorf("%q was read as %q", s, d)
		}
	})
}
