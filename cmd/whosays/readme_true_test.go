package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/whosays/whosays/config"
)

// prose are the documents that tell of commands, files and settings.
var prose = []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"}

// document returns a document of the project.
func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	code  = regexp.MustCompile("`([^`\n]+)`")
)

// codes returns what a document shows as code: the lines of its shell blocks, and what stands between backquotes.
func codes(text string) (shell, inline []string) {
	for _, m := range fence.FindAllStringSubmatch(text, -1) {
		if m[1] == "sh" {
			shell = append(shell, strings.Split(m[2], "\n")...)
		}
	}
	for _, m := range code.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		inline = append(inline, m[1])
	}
	return shell, inline
}

// called are the words behind whosays, up to what the shell does with it.
var called = regexp.MustCompile(`(?:^|\| )(?:[A-Z_]+=\S+ )*(?:\./)?whosays((?: [^|<>#;]*)?)(?:[|<>#;]|$)`)

// TestDocumentsNameCommandsThatAre looks for every command and flag that a document shows in the command line.
func TestDocumentsNameCommandsThatAre(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, name := range prose {
		shell, inline := codes(document(t, name))
		for _, line := range slices.Concat(shell, inline) {
			m := called.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			seen++
			if wrong := unknown(newRoot(&app{}), m[1]); wrong != "" {
				t.Errorf("%s: %q: %s", name, line, wrong)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d commands were found", seen)
	}
}

// unknown says which command or flag of a line there isn't.
func unknown(root *cobra.Command, line string) string {
	var args []string
	for _, m := range word.FindAllStringSubmatch(line, -1) {
		args = append(args, m[1]+m[2])
	}
	c, rest, err := root.Find(args)
	if err != nil {
		return err.Error()
	}
	if len(rest) > 0 && c.HasSubCommands() && !strings.HasPrefix(rest[0], "-") {
		return "there is no command " + rest[0]
	}
	c.InitDefaultHelpFlag()
	for _, arg := range rest {
		flag, _, _ := strings.Cut(arg, "=")
		if strings.HasPrefix(flag, "--") && c.Flag(flag[2:]) == nil {
			return "there is no flag " + flag
		}
	}
	return ""
}

func TestWhatIsNoCommandIsSeen(t *testing.T) {
	t.Parallel()
	for line, there := range map[string]bool{
		` ask --json - `: true, ` base retract flood --reason "withdrawn"`: true, ` serve --config=x.yaml`: true, ``: true,
		` teleport`: false, ` base teleport`: false, ` ask --teleport "x"`: false,
	} {
		if wrong := unknown(newRoot(&app{}), line); (wrong == "") != there {
			t.Errorf("whosays%s: %q", line, wrong)
		}
	}
}

// file is a path in the project, which may hold stars; one without a folder is in that of the path before it.
var file = regexp.MustCompile(`^(?:(?:\.github|cmd|bot|knowledge|adapters|config)/[\w.*/-]+|[\w*]+\.(?:go|yaml))$`)

// link is a link to a file of the project, or to a heading of the document.
var link = regexp.MustCompile(`\]\(([^:()\s]+)\)`)

// TestDocumentsNameFilesThatAre looks for every file that a document names, links to or shows.
func TestDocumentsNameFilesThatAre(t *testing.T) {
	t.Parallel()
	top := filepath.Join("..", "..")
	for _, name := range prose {
		text := document(t, name)
		_, inline := codes(text)
		folder, paths := "", []string{}
		for _, path := range inline {
			if !file.MatchString(path) {
				continue
			}
			if !strings.Contains(path, "/") {
				path = filepath.Join(folder, path)
			}
			folder = filepath.Dir(path)
			if filepath.Ext(path) == "" {
				folder = path
			}
			paths = append(paths, path)
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if anchor, ok := strings.CutPrefix(m[1], "#"); !ok {
				paths = append(paths, m[1])
			} else if !slices.Contains(anchors(text), anchor) {
				t.Errorf("%s: there is no heading #%s", name, anchor)
			}
		}
		for _, path := range paths {
			if found, err := filepath.Glob(filepath.Join(top, path)); err != nil || len(found) == 0 {
				t.Errorf("%s: there is no %s", name, path)
			}
		}
	}
}

var heading = regexp.MustCompile(`(?m)^#+ (.*)$`)

// anchors returns the headings of a document as GitHub links to them.
func anchors(text string) []string {
	var out []string
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		out = append(out, strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(m[1], ",", "")), " ", "-"))
	}
	return out
}

// key is a key of the configuration, where its section is one.
var key = regexp.MustCompile(`^([a-z]+)\.[a-z_]+$`)

// TestDocumentsNameSettingsThatAre looks for every key of the configuration, and every target of make, that a document names.
func TestDocumentsNameSettingsThatAre(t *testing.T) {
	t.Parallel()
	l, err := config.Sources{}.Load()
	if err != nil {
		t.Fatal(err)
	}
	var keys, sections []string
	for _, is := range l.Settings {
		section, _, _ := strings.Cut(is.Key, ".")
		keys, sections = append(keys, is.Key), append(sections, section)
	}
	targets := document(t, "Makefile")
	for _, name := range prose {
		_, inline := codes(document(t, name))
		for _, is := range inline {
			if m := key.FindStringSubmatch(is); m != nil && slices.Contains(sections, m[1]) && !slices.Contains(keys, is) && filepath.Ext(is) != ".go" {
				t.Errorf("%s: the configuration has no %s", name, is)
			}
			if target, ok := strings.CutPrefix(is, "make "); ok && !strings.Contains(targets, "\n"+strings.Fields(target)[0]+":") {
				t.Errorf("%s: there is no make %s", name, target)
			}
		}
	}
}
