package explain

import (
	"strings"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/ledger"
	"cadensa/model/say"
	"cadensa/model/text"
)

// Examined is a finding of an examination in words, with what to do about its error.
func Examined(found app.Finding, front Front) app.Finding {
	if report := found.Connection; report != nil {
		name := model.CheckName(found.Check)
		found.Check = Check(name).In(say.English)
		if found.Err == nil {
			found.Detail = Checked(name, *report).In(say.English)
		}
	}
	if check := found.Setting; check != nil {
		found.Check = Setting(check.Name).In(say.English)
		if check.Err == nil {
			found.Detail = Settled(*check).In(say.English)
		}
	}
	if check := found.Turnover; check != nil {
		found.Check = say.In("turnover", "cifră de afaceri", "árbevétel").In(say.English)
		found.Detail = Turnover(*check).In(say.English)
	}
	found.Detail = noted(found).In(say.English)
	switch {
	case found.Turnover != nil:
		found.Cure = TurnoverAdvice(*found.Turnover).In(say.English)
	case found.Setting != nil:
		found.Cure = SettingAdvice(*found.Setting, front).In(say.English)
	case found.Err != nil:
		found.Cure = Advice(found.Err, front).In(say.English)
	}
	return found
}

// The things that an examination counts.
var (
	entries = say.TodoNoun("entry", "entries")
	rows    = say.TodoNoun("row", "rows")
)

func noted(found app.Finding) say.Text {
	switch found.Note {
	case app.NoteSettingsBroken:
		return say.Todo("%s → mend %s, then run cadensa config check", found.Err, found.Detail)
	case app.NoteNoSettings:
		return say.Todo("%s is not there, so defaults hold; cadensa config init writes an example", found.Detail)
	case app.NoteAudited:
		return say.Todo("hours and invoices agree")
	case app.NoteNoIndex:
		return say.Todo("%s → until then every source is read anew at each start", found.Err)
	case app.NoteNoSource:
		return say.Todo("there is none → cadensa import FILE adds one")
	case app.NoteNotRead:
		return say.Todo("%s, not read now", found.Detail)
	case app.NoteRead:
		if found.Rejected > 0 {
			return say.Todo("%s: %s, %s skipped; cadensa entries says why", found.Detail, entries.Of(found.Entries), rows.Of(found.Rejected))
		}
		return say.Todo("%s: %s", found.Detail, entries.Of(found.Entries))
	case app.NoteNone:
	}
	return say.Same(found.Detail)
}

// OddLedger says that the ledger at the path may not be the one with the user's invoices, nothing if nothing hints at that.
func OddLedger(older ledger.Older, path string) say.Text {
	if len(older.Names) == 0 {
		return say.Text{}
	}
	odd := say.Todo("This ledger holds no invoices, but an older one's files lie beside it: %s.", strings.Join(older.Names, ", "))
	if older.New {
		odd = say.Todo("This ledger is new, but an older one's files lie beside it: %s.", strings.Join(older.Names, ", "))
	}
	cure := say.Todo("If it should hold your invoices, end cadensa and put the old %s back before you bill.", path)
	if older.Backup != "" {
		cure = say.Todo("If it should hold your invoices, end cadensa, move %s away and put a copy of %s in its place.", path, older.Backup)
	}
	return say.Same(text.Clean(say.Join(odd, cure).In(say.English)))
}
