package preview

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ginsight/ginsight/dashboards/view/model"
)

// shelf has the boards that are shown. A content, once made, is never changed:
// readers keep the one they took.
type shelf struct {
	mu      sync.Mutex
	content *content
}

// content is what stands on the shelf at one time.
type content struct {
	// version grows with every change.
	version int
	boards  []*loaded
	// problems are files that are no boards; build is why the newest boards could
	// not be built, while those here are the last that could.
	problems []string
	build    string
	// over is closed when a newer content has taken the place.
	over chan struct{}
}

// loaded is a board with a uid that is its own on this shelf.
type loaded struct {
	file, uid string
	model.Board
}

func (c *content) find(uid string) *loaded {
	i := slices.IndexFunc(c.boards, func(b *loaded) bool { return b.uid == uid })
	if i < 0 {
		return nil
	}
	return c.boards[i]
}

func (s *shelf) current() *content {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.content
}

// replace puts a changed copy of the content into its place.
func (s *shelf) replace(change func(*content)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := content{}
	if s.content != nil {
		next = *s.content
		defer close(s.content.over)
	}
	next.version++
	next.over = make(chan struct{})
	change(&next)
	s.content = &next
}

// SetBoards replaces the boards and takes a build error away; open pages follow.
// A file that is no dashboard is reported on the page and in the log.
func (p *Preview) SetBoards(boards []Board) {
	list, problems := load(boards)
	for _, b := range list {
		p.cfg.start(&b.Board)
	}
	for _, problem := range problems {
		p.cfg.Logger.Warn("a board cannot be shown", "reason", problem)
	}
	p.shelf.replace(func(c *content) { c.boards, c.problems, c.build = list, problems, "" })
}

// start puts the range and the interval that were configured in place of a
// board's own.
func (c Config) start(b *model.Board) {
	if c.From != "" {
		b.From, b.To = c.From, "now"
	}
	b.Refresh = cmp.Or(c.Refresh, b.Refresh)
}

// maxBuildError bounds the output of a compiler that is shown, in bytes.
const maxBuildError = 64 << 10

// SetBuildError shows why there are no newer boards, such as the output of a
// compiler, above those that are there; "" takes it away.
func (p *Preview) SetBuildError(text string) {
	if len(text) > maxBuildError {
		text = text[:maxBuildError] + "\n..."
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	p.shelf.replace(func(c *content) { c.build = text })
}

func load(boards []Board) (list []*loaded, problems []string) {
	taken := map[string]string{}
	for i, b := range boards {
		name := cmp.Or(b.Name, fmt.Sprintf("board %d", i+1))
		parsed, err := model.Parse(b.JSON)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", name, err))
			continue
		}
		one := &loaded{name, cmp.Or(parsed.UID, slug(name)), parsed}
		if other, twice := taken[one.uid]; twice {
			problems = append(problems, fmt.Sprintf("%s: %s has the uid %s already", name, other, one.uid))
			continue
		}
		taken[one.uid] = name
		one.Title = cmp.Or(one.Title, name)
		list = append(list, one)
	}
	return list, problems
}

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug is a uid for a board that has none, from the name of its file.
func slug(name string) string {
	base := strings.TrimSuffix(strings.ToLower(path.Base(name)), ".json")
	return cmp.Or(strings.Trim(notInSlug.ReplaceAllString(base, "-"), "-"), "board")
}
