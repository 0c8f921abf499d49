package model_test

import (
	"errors"
	"path/filepath"
	"testing"

	"cadensa/model"
)

func TestSettingPaths(t *testing.T) {
	for path, want := range map[string]string{
		"": "", "/srv/invoices": "", "~/invoices": "", "~": "", "~/hours/*.csv": "", "/mnt/C$/x": "", "/srv/100%/x": "", "/srv/$": "",
		"facturi":               `"facturi" is not a full path; write "~/facturi" or begin it with /`,
		"./facturi":             `"./facturi" is not a full path; write "~/facturi" or begin it with /`,
		"a/../facturi/":         `"a/../facturi/" is not a full path; write "~/facturi" or begin it with /`,
		"hours/*.csv":           `"hours/*.csv" is not a full path; write "~/hours/*.csv" or begin it with /`,
		"$HOME/facturi":         `"$HOME/facturi" is not a full path; write "~/facturi" or begin it with /`,
		"${HOME}/facturi":       `"${HOME}/facturi" is not a full path; write "~/facturi" or begin it with /`,
		`%USERPROFILE%/facturi`: `"%USERPROFILE%/facturi" is not a full path; write "~/facturi" or begin it with /`,
		"$HOME":                 `"$HOME" is not a full path; write "~/" or begin it with /`,
		"$XDG_DATA_HOME/x":      `"$XDG_DATA_HOME/x" is not a full path; begin it with / or ~/`,
		"/home/$USER/facturi":   `"/home/$USER/facturi" is not a full path; begin it with / or ~/`,
		"~/${YEAR}":             `"~/${YEAR}" is not a full path; begin it with / or ~/`,
		"~ana/facturi":          `"~ana/facturi" is not a full path; begin it with / or ~/`,
		"../facturi":            `"../facturi" is not a full path; begin it with / or ~/`,
		"evil\x1b[31m":          `"evil[31m" is not a full path; write "~/evil[31m" or begin it with /`,
	} {
		err := model.CheckSettingPath(path)
		if got := errorText(err); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
		var loose *model.LoosePathError
		if errors.As(err, &loose) && loose.Full != "" && model.CheckSettingPath(loose.Full) != nil {
			t.Errorf("%s: the proposal %s is refused", path, loose.Full)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestExpandHome(t *testing.T) {
	home := filepath.FromSlash("/home/ana")
	for path, want := range map[string]string{
		"~": home, "~/facturi": filepath.Join(home, "facturi"), "~/": home, "~ana/x": "~ana/x", "facturi": "facturi", "/srv/x": "/srv/x", "": "",
	} {
		if got := model.ExpandHome(path, home); got != want || (got != path) != model.IsBelowHome(path) {
			t.Errorf("ExpandHome(%q) = %q, want %q", path, got, want)
		}
	}
}
