package importer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"strings"
	"unicode"
)

// notUID is what a uid should not hold.
var notUID = regexp.MustCompile(`[^a-z0-9-]+`)

// names gives out identifiers that nothing else in the package has.
type names struct {
	taken    map[string]bool
	function string // the board's
}

// reserved are the packages and predeclared names that a generated file uses.
var reserved = []string{"panels", "query", "catalog", "modern", "time", "nil", "float64", "string", "bool", "int", "any", "error", "len", "cap", "new", "make", "append", "true", "false", "iota", "init", "main", "byte", "rune", "max", "min", "copy", "delete", "print", "close", "clear", "panic"}

func newNames(taken map[string]bool) names {
	n := names{taken: map[string]bool{}}
	maps.Copy(n.taken, taken)
	for _, r := range reserved {
		n.taken[r] = true
	}
	return n
}

// take makes an identifier of a title. A name that is taken gets the prefix in
// front, and a number behind if even that is taken.
func (n names) take(title string, exported bool, prefix string) string {
	words := strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) || r > unicode.MaxASCII })
	if len(words) == 0 || unicode.IsDigit(rune(words[0][0])) {
		words = append([]string{"panel"}, words...)
	}
	if exported {
		words[0] = upper(words[0])
	} else {
		words[0] = lower(words[0])
	}
	for i := range words[1:] {
		words[i+1] = upper(words[i+1])
	}
	name := strings.Join(words, "")
	if (n.taken[name] || token.IsKeyword(name)) && prefix != "" {
		name = lower(prefix) + upper(name)
	}
	base := name
	for i := 2; n.taken[name] || token.IsKeyword(name); i++ {
		name = base + string(rune('A'+i%26)) // letters, since a title may end in a number
		if i >= 26 {
			base = name
		}
	}
	n.taken[name] = true
	return name
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// lower takes down the first letter, or all of a word in capitals.
func lower(s string) string {
	if strings.ToUpper(s) == s {
		return strings.ToLower(s)
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// Declared adds the names that a Go file declares at its top level to a set, for
// [Options]. The error is that of parsing it.
func Declared(source []byte, into map[string]bool) error {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				into[d.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					into[s.Name.Name] = true
				case *ast.ValueSpec:
					for _, n := range s.Names {
						into[n.Name] = true
					}
				}
			}
		}
	}
	return nil
}
