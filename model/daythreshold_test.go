package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

func TestThresholdsReadBack(t *testing.T) {
	if got := model.FormatThresholds(model.DefaultDayThresholds()); got != "0.5 from 1s, 1 from 6h" {
		t.Errorf("the defaults are written %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		var want []model.DayThreshold
		for range rapid.IntRange(0, 3).Draw(t, "thresholds") {
			want = append(want, model.DayThreshold{
				AtLeast: time.Duration(rapid.IntRange(0, 86400).Draw(t, "seconds")) * time.Second,
				Days:    decimal.New(rapid.Int64Range(0, 500).Draw(t, "days"), -2),
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
	want := []model.DayThreshold{{AtLeast: 30 * time.Minute, Days: decimal.New(25, -2)}, {AtLeast: 6*time.Hour + 30*time.Minute, Days: decimal.NewFromInt(1)}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for _, text := range []string{"1", "from 1h", "1 from", "x from 1h", "1 from 25h", "-1 from 1h", "1 from soon", "1 from 1ms"} {
		if _, err := model.ParseThresholds(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
