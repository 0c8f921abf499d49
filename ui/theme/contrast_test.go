package theme_test

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"cadensa/ui/theme"
)

// Every ink can be read on its background: at least 4.5 to 1, as WCAG 2.1 asks of text (success criterion 1.4.3).
func TestContrast(t *testing.T) {
	lipgloss.SetColorProfile(termenv.ANSI256)
	defer lipgloss.SetColorProfile(termenv.Ascii)
	for mode, background := range map[theme.Mode]float64{theme.Dark: 0, theme.Light: 1} {
		inks := theme.New(mode, "")
		for name, ink := range map[string]theme.Ink{
			"faint": inks.Faint, "accent": inks.Accent, "match": inks.Match, "good": inks.Good, "warn": inks.Warn, "bad": inks.Bad,
		} {
			found := regexp.MustCompile(`38;5;(\d+)`).FindStringSubmatch(ink.Paint("x"))
			if found == nil {
				t.Fatalf("%s %s has no colour: %q", mode, name, ink.Paint("x"))
			}
			number, err := strconv.Atoi(found[1])
			if err != nil {
				t.Fatal(err)
			}
			luminance := luminanceOf(t, number)
			if ratio := (max(luminance, background) + 0.05) / (min(luminance, background) + 0.05); ratio < 4.5 {
				t.Errorf("%s %s (%d) has a contrast of %.2f", mode, name, number, ratio)
			}
		}
	}
}

// luminanceOf is the relative luminance of one of xterm's colours of the cube (16 to 231) and the greys (232 to 255).
func luminanceOf(t *testing.T, number int) float64 {
	t.Helper()
	levels := [...]float64{0, 95, 135, 175, 215, 255}
	var red, green, blue float64
	switch {
	case number >= 232:
		red = float64(8 + 10*(number-232))
		green, blue = red, red
	case number >= 16:
		cube := number - 16
		red, green, blue = levels[cube/36], levels[cube/6%6], levels[cube%6]
	default:
		t.Fatalf("colour %d is whatever the terminal makes of it", number)
	}
	linear := func(value float64) float64 {
		if value /= 255; value > 0.04045 {
			return math.Pow((value+0.055)/1.055, 2.4)
		}
		return value / 12.92
	}
	return 0.2126*linear(red) + 0.7152*linear(green) + 0.0722*linear(blue)
}
