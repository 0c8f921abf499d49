package screen

import (
	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/widget"
)

// NewVATPicker returns a picker of a line's own reason of VAT, whose key "" follows the invoice. It begins with the chosen one.
func NewVATPicker(env Env, chosen model.Reason) *widget.Picker {
	choices := []widget.Choice{vatChoice(env, "")}
	for _, reason := range model.LineReasons() {
		choices = append(choices, vatChoice(env, reason))
	}
	picker := widget.NewPicker(env.Theme, Matching(choices))
	picker.Choose(vatChoice(env, chosen))
	return picker
}

var vatLabel = say.In("VAT", "TVA", "Áfa")

// VATRow is the row of a form with the picker of a line's own VAT.
func VATRow(env Env, picker *widget.Picker) *widget.Row {
	return &widget.Row{Key: "vat", Label: env.Say(vatLabel), Control: picker}
}

func vatChoice(env Env, reason model.Reason) widget.Choice {
	words := env.Say(explain.VATReason(reason))
	switch {
	case reason == "":
		words = env.Say(explain.NoVATReason())
	case words == "":
		return PlainChoice(string(reason))
	}
	return widget.Choice{Key: string(reason), Text: words}
}
