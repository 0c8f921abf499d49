package say_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// untranslated is how many texts of the program say English in every language. It only falls.
const untranslated = 226

func TestUntranslatedTextsBecomeFewer(t *testing.T) {
	t.Chdir("../..")
	todo := regexp.MustCompile(`\bsay\.Todo\w*\(`)
	count := 0
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		count += len(todo.FindAll(content, -1))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if count > untranslated {
		t.Errorf("%d texts are not translated, %d were: give new ones in all languages", count, untranslated)
	}
	if count < untranslated {
		t.Errorf("%d texts fewer are not translated: lower the number to %d", untranslated-count, count)
	}
}
