package uitest

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"cadensa/model"
)

// WriteFile writes a file into the user's home folder; the settings name it "~/hours.json". Of several offices
// in one test, "~" is the home of the newest.
func (o *Office) WriteFile(name, content string) *Office {
	o.t.Helper()
	path := filepath.Join(o.folder, name)
	o.Check(os.MkdirAll(filepath.Dir(path), 0o700))
	o.Check(os.WriteFile(path, []byte(content), 0o600))
	return o
}

// RemoveFile takes a file out of the user's home folder.
func (o *Office) RemoveFile(name string) *Office {
	o.t.Helper()
	o.Check(os.Remove(filepath.Join(o.folder, name)))
	return o
}

// Hours are the application's, with the folder by another name.
func (o *Office) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	hours, err := o.App.Hours(ctx, func(progress model.ReadingProgress) {
		progress.Source = o.atHome(progress.Source)
		if report != nil {
			report(progress)
		}
	})
	return o.hoursAtHome(hours), o.errorAtHome(err)
}

// Indexed are the application's, with the folder by another name.
func (o *Office) Indexed(ctx context.Context) (model.Hours, error) {
	hours, err := o.App.Indexed(ctx)
	return o.hoursAtHome(hours), o.errorAtHome(err)
}

func (o *Office) hoursAtHome(hours model.Hours) model.Hours {
	hours.Rejected, hours.Remarks = slices.Clone(hours.Rejected), slices.Clone(hours.Remarks)
	for i := range hours.Rejected {
		hours.Rejected[i].File = o.atHome(hours.Rejected[i].File)
	}
	for i := range hours.Remarks {
		hours.Remarks[i].File = o.atHome(hours.Remarks[i].File)
	}
	hours.Failure = o.errorAtHome(hours.Failure)
	hours.Sources = slices.Clone(hours.Sources)
	for i := range hours.Sources {
		hours.Sources[i].Failure = o.errorAtHome(hours.Sources[i].Failure)
	}
	for i := range hours.Broken {
		hours.Broken[i] = o.errorAtHome(hours.Broken[i])
	}
	return hours
}

// atHomeError is an error with the office's folder by another name.
type atHomeError struct {
	error
	office *Office
}

// Error is what the error says.
func (e atHomeError) Error() string { return e.office.atHome(e.error.Error()) }

// Unwrap is the error.
func (e atHomeError) Unwrap() error { return e.error }

func (o *Office) errorAtHome(err error) error {
	if err == nil {
		return nil
	}
	return atHomeError{error: err, office: o}
}
