package history_test

import (
	"testing"

	"cadensa/ui/uitest"
)

// TestStornoOfLines types less than a line and all of another, reads the question, and looks at both invoices after it.
func TestStornoOfLines(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, certain.Open(t), 120, 40).Press("L").Sees("1 Atlas · api", "of 5.75 h", "2 Atlas · review", "of 1.00 h").Fits().Fits()
		driver.Press("ctrl+s").Sees("no line was chosen").Type("6").Press("ctrl+s").Sees("only 5.75 of line 1 of", "is left to take")
		driver.Press("backspace").Type("1,5").Press("tab").Type("1").Press("ctrl+s")
		driver.Sees("Atlas · api: -1.50 h × 250.00 = -375.00", "net -625.00, VAT -131.25, total -756.25 RON", "▸ leave it as it is").Fits().Fits()
		driver.Press("tab", "enter").Sees("Lines of FCT-0023 are reversed by FCT-0040. Free again: 1 of its entries.").Fits().Fits()
		driver.Press("enter").Sees("partial storno FCT-0040", "undoes", "FCT-0023", "Storno parțial al facturii FCT 0023 din")
		driver.Press("esc", "/").Type("0023").Press("enter", "enter").Sees("1.50 of it taken back, 4.25 left", "undone by", "FCT-0040")
		driver.Press("esc").Press("s").Sees("FCT-0040 takes lines of FCT-0023 back: cancel FCT-0040 first")
		driver.Press("esc", "L").Lacks("2 Atlas · review").Press("esc")
		driver.Press("/").Type("0040").Press("enter", "c").Sees("and FCT-0023 bills").Press("tab", "enter")
		driver.Sees("FCT-0040 is cancelled", "the lines that it took back are in force again").Fits()
	})
}

func TestStornoDialogLeadsToTheLines(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, certain.Open(t), 80, 24).Press("s").Sees("only some of its lines").Press("L").Sees("Reverse lines of FCT-0023")
	})
}
