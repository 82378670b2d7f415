package download

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// styles are the classes of a page of which the style sheet tells something.
type styles struct {
	centred, title map[string]bool
}

// maxStyle bounds how much of a style sheet is read, in bytes, and maxClasses how
// many classes of it are kept.
const (
	maxStyle   = 64 << 10
	maxClasses = 1000
)

var (
	rule     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\.([\w-]+)\s*\{([^}]*)\}`) })
	fontSize = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`font-size:\s*(\d+)pt`) })
)

// titlePoints is the size from which on a bold font is that of a title. Text has
// ten points.
const titlePoints = 13

// read reads a style sheet.
func (s *styles) read(sheet string) {
	sheet = sheet[:min(len(sheet), maxStyle)]
	if !strings.Contains(sheet, "text-align") && !strings.Contains(sheet, "font-size") {
		return
	}
	for _, m := range rule().FindAllStringSubmatch(sheet, maxClasses) {
		if strings.Contains(m[2], "text-align: center") || strings.Contains(m[2], "text-align:center") {
			s.centred = with(s.centred, m[1])
		}
		if size := fontSize().FindStringSubmatch(m[2]); size != nil && strings.Contains(m[2], "bold") {
			if n, err := strconv.Atoi(size[1]); err == nil && n >= titlePoints {
				s.title = with(s.title, m[1])
			}
		}
	}
}

func with(set map[string]bool, name string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	if len(set) < maxClasses {
		set[name] = true
	}
	return set
}

func (s *styles) isCentred(class string) bool { return s.centred[class] }
func (s *styles) isTitle(class string) bool   { return s.title[class] }
