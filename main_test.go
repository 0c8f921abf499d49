package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cadensa/ui/cli"
)

const module = "cadensa"

// mayImport is the design's table of imports among our own packages: a package follows the first row that names it. A
// name ending in /... stands for a folder with everything beneath it.
var mayImport = []struct {
	name    string
	imports []string
}{
	{"main", []string{"..."}},
	{"model/text", nil},
	{"model/say", nil},
	{"model/taxid", []string{"model/text"}},
	{"model", []string{"model/text", "model/taxid"}},
	{"model/filter", []string{"model", "model/text"}},
	{"model/billing", []string{"model", "model/text", "model/taxid", "model/ledger", "model/document"}},
	{"model/netsafe", nil},
	{"model/config", []string{"model", "model/text", "model/taxid", "model/netsafe"}},
	{"model/timelog", []string{"model", "model/text", "model/taxid", "model/netsafe"}},
	{"model/timelog/index", []string{"model", "model/database", "model/timelog"}},
	{"model/database", []string{"model"}},
	{"model/ledger", []string{"model", "model/text", "model/taxid", "model/database"}},
	{"model/ledger/ledgertest", []string{"model/ledger"}}, // Fills ledgers in tests.
	{"model/registry", []string{"model", "model/text", "model/taxid", "model/netsafe"}},
	{"model/document", []string{"model", "model/text"}},
	{"model/app", []string{"model/...", "countries"}},
	{"countries", nil},
	{"countries/generate", nil}, // Writes the table of countries; no part of the program.
	{"smartbill", []string{"model", "model/text", "model/netsafe"}},
	{"smartbill/sandbox", nil},
	{"ui/theme", nil},
	{"ui/paint", nil},
	{"ui/widget", []string{"ui/theme"}},
	{"ui/explain", []string{"model/..."}},
	{"ui/screen", []string{"model", "model/text", "model/say", "ui/theme", "ui/widget", "ui/explain"}},
	{"ui/screen/*", []string{"model", "model/text", "model/say", "ui/explain", "model/taxid", "model/filter",
		"countries", "ui/screen", "ui/widget", "ui/theme"}},
	{"ui/uitest", []string{"..."}}, // Drives screens in tests.
	{"ui", []string{"model/...", "countries", "ui/screen/...", "ui/explain", "ui/widget", "ui/theme", "ui/paint"}},
	{"ui/cli", []string{"model/...", "countries", "ui/explain", "ui/widget", "ui/theme"}},
	{"ui/e2e", nil}, // Drives the program in a terminal: tests only.
}

// pureModel lists what the domain may import beyond the standard library.
var pureModel = []string{"github.com/shopspring/decimal", "golang.org/x/text/..."}

// fronts lists the libraries of the screens and of the command line, which no package of the model may know.
var fronts = []string{"github.com/charmbracelet/...", "github.com/spf13/cobra"}

// readsClock lists the packages beside main that may ask for the time, and why.
var readsClock = map[string]string{
	"model/registry":    "the default of an adapter's clock",
	"smartbill":         "the default of an adapter's clock",
	"smartbill/sandbox": "the default of an adapter's clock",
	"ui/paint":          "the gap between two frames is the terminal's time, not the program's",
	"ui/uitest":         "the clock of tests, synthetic inside testing/synctest",
}

// startsPrograms lists the packages that may start a program, and why. All others do it by netsafe.Command.
var startsPrograms = map[string]string{
	"model/netsafe":      "the one place, which keeps the account from them",
	"countries/generate": "npm, while the program is built",
}

// readsClockInTests lists the files of tests that may ask for the time outside a bubble of testing/synctest, and why. Nothing
// else that a test does may depend on the day on which it runs.
var readsClockInTests = map[string]string{
	"model/billing/harness_test.go": "how long a test has run so far, which its fixed clock goes on by",
	"ui/e2e/import_test.go":         "how long real processes take",
	"ui/e2e/user_test.go":           "real timewarrior tracks the hours of real days",
	"ui/e2e/window_test.go":         "the ledger of a real process has that one's clock",
	"ui/paint/tmux_test.go":         "deadlines of a real terminal and its socket",
}

// covers reports whether a name of the table stands for a package.
func covers(name, pkg string) bool {
	if folder, whole := strings.CutSuffix(name, "..."); whole {
		return strings.HasPrefix(pkg+"/", folder)
	}
	matched, err := path.Match(name, pkg)
	return err == nil && matched
}

func coversAny(names []string, pkg string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return covers(name, pkg) })
}

// ours returns a package's name in the table, false for one that is not of this module.
func ours(importPath string) (string, bool) {
	if importPath == module {
		return "main", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// listed is the part of `go list -json` that the tests look at. Imports are those of non-test files.
type listed struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	var stderr bytes.Buffer
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...")
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var one listed
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, one)
	}
}

func TestImports(t *testing.T) {
	for _, one := range listPackages(t) {
		name, _ := ours(one.ImportPath)
		row := slices.IndexFunc(mayImport, func(row struct {
			name    string
			imports []string
		}) bool {
			return covers(row.name, name)
		})
		if row < 0 {
			t.Errorf("%s is not in the table of packages", name)
			continue
		}
		for _, path := range one.Imports {
			imported, own := ours(path)
			if own && (!coversAny(mayImport[row].imports, imported) || imported == "ui/uitest") {
				t.Errorf("%s may not import %s", name, imported)
			}
			if name == "model" && strings.Contains(path, ".") && !coversAny(pureModel, path) {
				t.Errorf("the domain may not import %s", path)
			}
			if covers("model/...", name) && coversAny(fronts, path) {
				t.Errorf("%s may not import %s: it would know a front", name, path)
			}
		}
	}
}

// source is one Go file of the module that is neither a test nor generated.
type source struct {
	path, pkg string
	syntax    *ast.File
}

// eachFile parses every Go file that a person wrote.
func eachFile(t *testing.T, visit func(files *token.FileSet, file source)) {
	t.Helper()
	files := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		syntax, err := parser.ParseFile(files, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if pkg, _ := ours(path.Join(module, filepath.ToSlash(filepath.Dir(name)))); !ast.IsGenerated(syntax) {
			visit(files, source{path: name, pkg: pkg, syntax: syntax})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// eachSource visits the files of the program itself.
func eachSource(t *testing.T, visit func(files *token.FileSet, file source)) {
	t.Helper()
	eachFile(t, func(files *token.FileSet, file source) {
		if !strings.HasSuffix(file.path, "_test.go") {
			visit(files, file)
		}
	})
}

func TestSandboxRefusesWrongUse(t *testing.T) {
	misspelt := filepath.Join(t.TempDir(), "faults.json")
	if err := os.WriteFile(misspelt, []byte(`[{"operation":"POST /invoice","kind":"comit-drop"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := demo(nil, nil).FollowFaults(misspelt); cli.ExitCode(err) != cli.ExitUsage {
		t.Errorf("the demo takes misspelt faults: %v", err)
	}
	for name, request := range map[string]cli.SandboxRequest{
		"no such faults":     {Address: "127.0.0.1:0", Faults: filepath.Join(t.TempDir(), "faults.json")},
		"misspelt faults":    {Address: "127.0.0.1:0", Faults: misspelt},
		"no such variant":    {Address: "127.0.0.1:0", Variants: []string{"no-such"}},
		"no port":            {Address: "localhost"},
		"open to the street": {Address: "0.0.0.0:0"},
	} {
		if err := serveSandbox(t.Context(), request); cli.ExitCode(err) != cli.ExitUsage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilesAreSmall(t *testing.T) {
	const maxFileLines = 400
	eachFile(t, func(files *token.FileSet, file source) {
		if lines := files.File(file.syntax.Pos()).LineCount() - 1; lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", file.path, lines, maxFileLines)
		}
	})
}

// The theme's init must run before Bubble Tea's own; any other would hide an order from the reader.
func TestOnlyTheThemeHasAnInit(t *testing.T) {
	eachSource(t, func(files *token.FileSet, file source) {
		for _, declaration := range file.syntax.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if ok && function.Recv == nil && function.Name.Name == "init" && file.pkg != "ui/theme" {
				t.Errorf("%s: an init function", files.Position(function.Pos()))
			}
		}
	})
}

// The clock is handed in, so that tests can set it.
func TestOnlyMainAndAdaptersReadTheClock(t *testing.T) {
	asks := map[string]bool{}
	eachSource(t, func(files *token.FileSet, file source) {
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok || !isClock(selector) {
				return true
			}
			asks[file.pkg] = true
			if _, allowed := readsClock[file.pkg]; !allowed && file.pkg != "main" {
				t.Errorf("%s: %s is asked for the time", files.Position(selector.Pos()), "time."+selector.Sel.Name)
			}
			return true
		})
	})
	for pkg, reason := range readsClock {
		if !asks[pkg] {
			t.Errorf("%s does not ask for the time any more (%s): take it off the list", pkg, reason)
		}
	}
}

// A program that is started elsewhere would be given the account's token in its environment.
func TestProgramsAreStartedInOnePlace(t *testing.T) {
	starts := strings.Fields("exec.Command exec.CommandContext exec.Cmd os.StartProcess syscall.Exec syscall.ForkExec syscall.StartProcess")
	eachSource(t, func(files *token.FileSet, file source) {
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := selector.X.(*ast.Ident)
			if _, allowed := startsPrograms[file.pkg]; ok && !allowed && slices.Contains(starts, from.Name+"."+selector.Sel.Name) {
				t.Errorf("%s: a program is started beside netsafe.Command", files.Position(selector.Pos()))
			}
			return true
		})
	})
}

// A test that reads the calendar fails one day.
func TestTestsDoNotReadTheCalendar(t *testing.T) {
	asks := map[string]bool{}
	eachFile(t, func(files *token.FileSet, file source) {
		if !strings.HasSuffix(file.path, "_test.go") {
			return
		}
		name := filepath.ToSlash(file.path)
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				return !entersBubble(node)
			case *ast.SelectorExpr:
				if !isClock(node) {
					return true
				}
				asks[name] = true
				if _, allowed := readsClockInTests[name]; !allowed {
					t.Errorf("%s: a test asks for the time outside testing/synctest", files.Position(node.Pos()))
				}
			}
			return true
		})
	})
	for name, reason := range readsClockInTests {
		if !asks[name] {
			t.Errorf("%s does not ask for the time any more (%s): take it off the list", name, reason)
		}
	}
}

// entersBubble reports whether a call runs a function in virtual time.
func entersBubble(call *ast.CallExpr) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	from, ok := selector.X.(*ast.Ident)
	return ok && (from.Name == "synctest" && selector.Sel.Name == "Test" || from.Name == "uitest" && selector.Sel.Name == "Run")
}

func isClock(selector *ast.SelectorExpr) bool {
	from, ok := selector.X.(*ast.Ident)
	return ok && from.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name)
}

func TestExportedNamesAreDocumented(t *testing.T) {
	eachSource(t, func(files *token.FileSet, file source) {
		for _, declaration := range file.syntax.Decls {
			for _, name := range undocumented(declaration) {
				t.Errorf("%s: %s has no doc comment", files.Position(name.Pos()), name.Name)
			}
		}
	})
}

// undocumented returns the exported names of a declaration that no comment explains. A comment on a group of constants
// or variables explains them all; a type needs its own.
func undocumented(declaration ast.Decl) []*ast.Ident {
	switch declaration := declaration.(type) {
	case *ast.FuncDecl:
		if declaration.Doc == nil && declaration.Name.IsExported() && ownerIsExported(declaration) {
			return []*ast.Ident{declaration.Name}
		}
	case *ast.GenDecl:
		var names []*ast.Ident
		for _, spec := range declaration.Specs {
			names = append(names, undocumentedIn(spec, declaration)...)
		}
		return names
	}
	return nil
}

func undocumentedIn(spec ast.Spec, group *ast.GenDecl) []*ast.Ident {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() && spec.Doc == nil && (group.Doc == nil || group.Lparen.IsValid()) {
			return []*ast.Ident{spec.Name}
		}
	case *ast.ValueSpec:
		if spec.Doc == nil && spec.Comment == nil && group.Doc == nil {
			return slices.DeleteFunc(slices.Clone(spec.Names), func(name *ast.Ident) bool { return !name.IsExported() })
		}
	}
	return nil
}

// ownerIsExported reports whether a function stands alone or is a method of an exported type.
func ownerIsExported(function *ast.FuncDecl) bool {
	if function.Recv == nil {
		return true
	}
	owner := ast.Unparen(function.Recv.List[0].Type)
	if pointer, ok := owner.(*ast.StarExpr); ok {
		owner = pointer.X
	}
	if generic, ok := owner.(*ast.IndexExpr); ok {
		owner = generic.X
	}
	name, ok := owner.(*ast.Ident)
	return ok && name.IsExported()
}
