package model_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

func TestRounding(t *testing.T) {
	const quarter, minute = 15 * time.Minute, 60
	tests := []struct {
		name          string
		rounding      model.Rounding
		tracked, want int64
	}{
		{"the zero value rounds nothing", model.Rounding{}, 47*minute + 13, 47*minute + 13},
		{"up", model.Rounding{Step: quarter, Direction: model.RoundUp}, 46 * minute, 60 * minute},
		{"up by a second", model.Rounding{Step: quarter, Direction: model.RoundUp}, 45*minute + 1, 60 * minute},
		{"up from a whole step", model.Rounding{Step: quarter, Direction: model.RoundUp}, 45 * minute, 45 * minute},
		{"no direction means up", model.Rounding{Step: quarter}, 46 * minute, 60 * minute},
		{"down", model.Rounding{Step: quarter, Direction: model.RoundDown}, 59 * minute, 45 * minute},
		{"down to nothing", model.Rounding{Step: quarter, Direction: model.RoundDown}, 14 * minute, 0},
		{"nearest, below half", model.Rounding{Step: quarter, Direction: model.RoundNearest}, 52*minute + 29, 45 * minute},
		{"nearest, at half", model.Rounding{Step: quarter, Direction: model.RoundNearest}, 52*minute + 30, 60 * minute},
		{"nearest, of an odd step", model.Rounding{Step: 3 * time.Second, Direction: model.RoundNearest}, 4, 3},
		{"minimum", model.Rounding{Minimum: 30 * time.Minute}, 1, 30 * minute},
		{"minimum after rounding", model.Rounding{Step: quarter, Direction: model.RoundDown, Minimum: 10 * time.Minute}, 14 * minute,
			10 * minute},
		{"above the minimum", model.Rounding{Minimum: 30 * time.Minute}, 31 * minute, 31 * minute},
		{"nothing stays nothing", model.Rounding{Step: quarter, Minimum: time.Hour}, 0, 0},
		{"less than nothing is nothing", model.Rounding{Step: quarter}, -60, 0},
		{"a step below a second is none", model.Rounding{Step: time.Millisecond}, 61, 61},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.rounding.Seconds(test.tracked); got != test.want {
				t.Errorf("%d s become %d s, want %d s", test.tracked, got, test.want)
			}
		})
	}
}

func TestRoundingKeepsItsDirection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tracked := rapid.Int64Range(1, 1e7).Draw(t, "tracked")
		step := rapid.Int64Range(1, 8*3600).Draw(t, "step")
		round := func(direction model.Direction) int64 {
			return model.Rounding{Step: time.Duration(step) * time.Second, Direction: direction}.Seconds(tracked)
		}
		if up := round(model.RoundUp); up < tracked || up >= tracked+step || up%step != 0 {
			t.Errorf("up: %d", up)
		}
		if down := round(model.RoundDown); down > tracked || down <= tracked-step || down%step != 0 {
			t.Errorf("down: %d", down)
		}
		if nearest := round(model.RoundNearest); 2*max(nearest-tracked, tracked-nearest) > step || nearest%step != 0 {
			t.Errorf("nearest: %d", nearest)
		}
	})
}

func TestMinutes(t *testing.T) {
	for text, want := range map[string]time.Duration{"": 0, " ": 0, "0": 0, "15": 15 * time.Minute, " 6 ": 6 * time.Minute,
		"1440": 24 * time.Hour, "15m": 15 * time.Minute, "1h 30m": 90 * time.Minute, "1.5h": 90 * time.Minute} {
		if got, err := model.ParseMinutes(text); err != nil || got != want {
			t.Errorf("ParseMinutes(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"-1", "1441", "a", "1.5", "90s", "-5m", "25h", "99999999999999999999"} {
		if got, err := model.ParseMinutes(text); err == nil {
			t.Errorf("ParseMinutes(%q) = %s, want an error", text, got)
		}
	}
	if got := model.FormatMinutes(90 * time.Minute); got != "90" {
		t.Errorf("FormatMinutes = %s", got)
	}
}

// Every screen and command shows the same tracked time alike.
func TestTrackedTimeAsHoursAndMinutes(t *testing.T) {
	for seconds, want := range map[int64]string{0: "0:00", 1: "0:01", 1770: "0:30", 7800: "2:10", 360_000: "100:00"} {
		if got := model.FormatTracked(seconds); got != want {
			t.Errorf("%d seconds are %s, want %s", seconds, got, want)
		}
	}
}

// TestADayIsBilledOnceHoweverItIsSplit holds the sum of the lines against what the days come to.
func TestADayIsBilledOnceHoweverItIsSplit(t *testing.T) {
	daily := hourly("1000")
	daily.Unit = model.UnitDay
	entries := []*model.Entry{
		on("a", "2026-10-05 08:00", 120, task("api"), user("ana")), on("b", "2026-10-05 10:00", 120, task("web"), user("ana")),
		on("c", "2026-10-05 12:00", 120, task("docs"), user("ana")), on("d", "2026-10-05 14:00", 60, task("docs"), user("dan")),
		on("e", "2026-10-06 08:00", 60, task("api"), user("ana")),
	}
	want := map[model.Grouping][]string{
		model.GroupByProject: {"2.00"},
		model.GroupByTask:    {"0.83", "0.34", "0.83"},
		model.GroupByDay:     {"1.50", "0.50"},
		model.GroupByUser:    {"1.50", "0.50"},
		model.GroupByEntry:   {"0.33", "0.34", "0.33", "0.50", "0.50"},
	}
	for grouping, quantities := range want {
		t.Run(string(grouping), func(t *testing.T) {
			var got []string
			for _, line := range compose(t, composer(grouping, daily), entries...) {
				got = append(got, line.Quantity.StringFixed(2))
			}
			if !slices.Equal(got, quantities) {
				t.Errorf("bills %v days, want %v", got, quantities)
			}
		})
	}
}

func TestEveryGroupingBillsTheSameDays(t *testing.T) {
	daily := hourly("1000")
	daily.Unit = model.UnitDay
	rapid.Check(t, func(t *rapid.T) {
		var entries []*model.Entry
		for i := range rapid.IntRange(1, 20).Draw(t, "entries") {
			day, minutes := rapid.IntRange(1, 3).Draw(t, "day"), rapid.Int64Range(0, 500).Draw(t, "minutes")
			entries = append(entries, on(fmt.Sprintf("%02d", i), fmt.Sprintf("2026-10-%02d 08:00", day), minutes,
				task(rapid.SampledFrom([]string{"api", "web", "docs"}).Draw(t, "task")),
				user(rapid.SampledFrom([]string{"ana", "dan"}).Draw(t, "user"))))
		}
		totals := map[string]bool{}
		for _, grouping := range model.Groupings() {
			lines, err := composer(grouping, daily).Compose(entries)
			if err != nil {
				t.Fatal(err)
			}
			total := decimal.Zero
			for _, line := range lines {
				total = total.Add(line.Quantity)
			}
			totals[total.StringFixed(2)] = true
		}
		if len(totals) != 1 {
			t.Fatalf("the groupings bill different days: %v", totals)
		}
	})
}

func TestThresholdsReadBack(t *testing.T) {
	if got := model.FormatThresholds(model.DefaultDayThresholds()); got != "0.5 from 1s, 1 from 6h" {
		t.Errorf("the defaults are written %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		var want []model.DayThreshold
		for range rapid.IntRange(0, 3).Draw(t, "thresholds") {
			want = append(want, model.DayThreshold{
				AtLeast: time.Duration(rapid.IntRange(0, 86400).Draw(t, "seconds")) * time.Second,
				Days:    decimal.New(rapid.Int64Range(0, 5000).Draw(t, "days"), -rapid.Int32Range(0, 4).Draw(t, "places")),
			})
		}
		text := model.FormatThresholds(want)
		got, err := model.ParseThresholds(text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q:\n%s", text, diff)
		}
	})
}

func TestThresholdsAsTyped(t *testing.T) {
	got, err := model.ParseThresholds(" 0.25 from 30m ,1 from 6:30,")
	want := []model.DayThreshold{{AtLeast: 30 * time.Minute, Days: decimal.New(25, -2)},
		{AtLeast: 6*time.Hour + 30*time.Minute, Days: decimal.NewFromInt(1)}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	again, err := model.ParseThresholds("0,25 from 0,5h,1 from 6:30; 2 from 24h")
	want = append(want, model.DayThreshold{AtLeast: 24 * time.Hour, Days: decimal.NewFromInt(2)})
	if diff := cmp.Diff(want, again); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for _, text := range []string{"1", "from 1h", "1 from", "x from 1h", "1 from 25h", "-1 from 1h", "1 from soon", "1 from 1ms"} {
		if _, err := model.ParseThresholds(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
