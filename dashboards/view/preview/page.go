package preview

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ginsight/ginsight/dashboards/view/model"
	"github.com/ginsight/ginsight/dashboards/view/variable"
)

// patience is how long a page waits for the choices of its variables before it
// is shown without them.
const patience = 5 * time.Second

// frameOf is what all pages have around their content.
type frameOf struct {
	Title string
	// Theme is "dark", "light" or "" for what the browser prefers.
	Theme   string
	Version int
	Build   string
	// Stream is where the page's events come from.
	Stream string
	// Page is "index", "board" or "explore".
	Page string
}

func (p *Preview) frame(r *http.Request, c *content, which, title, stream string) frameOf {
	f := frameOf{Title: title, Version: c.version, Build: c.build, Stream: stream, Page: which}
	chosen := r.URL.Query().Get("theme")
	if cookie, err := r.Cookie("ginsight-theme"); err == nil && chosen == "" {
		chosen = cookie.Value
	}
	for _, theme := range []string{chosen, p.cfg.Theme} {
		if f.Theme == "" && (theme == "dark" || theme == "light") {
			f.Theme = theme
		}
	}
	return f
}

// write answers with a page; it is complete before the first byte leaves, so
// that a mistake in a template is an error and not half a page.
func (p *Preview) write(w http.ResponseWriter, status int, name string, content any) {
	var out bytes.Buffer
	if err := p.templates.ExecuteTemplate(&out, name, content); err != nil {
		p.cfg.Logger.Error("a page cannot be written", "page", name, "reason", err)
		http.Error(w, "this page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // who asked may be gone
}

// link is a link with a text; Current marks the one that is here.
type link struct {
	Text, Href string
	Current    bool
}

type indexPage struct {
	frameOf
	Search, Tag string
	Tags        []link
	Boards      []boardCard
	Problems    []string
	Total       int
}

type boardCard struct {
	Title, Description, Href string
	Tags                     []string
	Panels                   int
}

// index lists the boards.
func (p *Preview) index(w http.ResponseWriter, r *http.Request) {
	c := p.shelf.current()
	q := r.URL.Query()
	out := indexPage{
		frameOf: p.frame(r, c, "index", "Dashboards", "/stream/news"),
		Search:  q.Get("q"), Tag: q.Get("tag"), Problems: c.problems, Total: len(c.boards),
	}
	var tags []string
	for _, b := range c.boards {
		tags = append(tags, b.Tags...)
		if matches(b.Board, out.Search, out.Tag) {
			out.Boards = append(out.Boards, boardCard{b.Title, b.Description, boardPath(b.uid), b.Tags, countPanels(b.Panels)})
		}
	}
	slices.Sort(tags)
	for _, tag := range slices.Compact(tags) {
		href := "/?" + url.Values{"q": {out.Search}, "tag": {tag}}.Encode()
		if tag == out.Tag {
			href = "/?" + url.Values{"q": {out.Search}}.Encode()
		}
		out.Tags = append(out.Tags, link{tag, href, tag == out.Tag})
	}
	p.write(w, http.StatusOK, "index.html", out)
}

func matches(b model.Board, search, tag string) bool {
	if tag != "" && !slices.Contains(b.Tags, tag) {
		return false
	}
	text := strings.ToLower(b.Title + " " + b.Description + " " + strings.Join(b.Tags, " "))
	for word := range strings.FieldsSeq(strings.ToLower(search)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func countPanels(panels []model.Panel) int {
	n := 0
	for _, p := range panels {
		if p.Type != "row" {
			n++
		}
		n += countPanels(p.Panels)
	}
	return n
}

func boardPath(uid string) string { return "/d/" + url.PathEscape(uid) }

type boardPage struct {
	frameOf
	UID, Description string
	State            state
	Range            rangePicker
	Pickers          []picker
	Refreshes        []link
	Links            []link
	Grafana          string
	Items            []itemView
	// Viewed is the panel that is shown large, nil for all.
	Viewed *itemView
	// Back is the board without it.
	Back     string
	Problems []string
}

// itemView is a panel, or a row's header, for the template.
type itemView struct {
	Key, Title, Description, Type string
	Grid                          model.Grid
	Row, Open                     bool
	Count                         int
	Href                          string
}

// board shows a board, or one panel of it.
func (p *Preview) board(w http.ResponseWriter, r *http.Request) {
	c := p.shelf.current()
	b := c.find(r.PathValue("uid"))
	if b == nil {
		p.fail(w, r, http.StatusNotFound, "There is no dashboard with this address.")
		return
	}
	q := r.URL.Query()
	s, err := readState(q, b)
	if err != nil {
		p.fail(w, r, http.StatusBadRequest, err.Error())
		return
	}
	if q.Has("move") {
		if s, err = s.move(q.Get("move"), p.now(), p.zone(b)); err != nil {
			p.fail(w, r, http.StatusBadRequest, err.Error())
			return
		}
		http.Redirect(w, r, boardPath(b.uid)+"?"+s.query().Encode(), http.StatusSeeOther)
		return
	}
	p.write(w, http.StatusOK, "board.html", p.boardPage(r, c, b, s))
}

func (p *Preview) boardPage(r *http.Request, c *content, b *loaded, s state) boardPage {
	here := func(s state) string { return boardPath(b.uid) + "?" + s.query().Encode() }
	out := boardPage{
		UID: b.uid, Description: b.Description, State: s, Back: here(s.viewing("")),
		frameOf: p.frame(r, c, "board", b.Title, "/stream/board/"+url.PathEscape(b.uid)+"?"+s.query().Encode()),
	}
	now := p.now()
	rng, err := span(s.From, s.To, now, p.zone(b))
	if err != nil {
		out.Problems = append(out.Problems, err.Error())
		rng = model.Range{From: now.Add(-time.Hour), To: now, Zone: p.zone(b)}
	}
	out.Range = rangeFor(s, rng, here)
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	st := &stage{board: b, state: s}
	if err := p.resolve(ctx, st, rng, now); err != nil {
		out.Problems = append(out.Problems, plain(err))
	}
	for _, problem := range problems(st.values) {
		out.Problems = append(out.Problems, credentials.ReplaceAllString(problem, "//"))
	}
	out.Pickers = pickers(st.values)
	for _, one := range st.items {
		out.Items = append(out.Items, viewOf(one, s, st.values, here))
	}
	if s.View != "" && len(out.Items) > 0 {
		out.Viewed = &out.Items[0]
	}
	for _, text := range refreshes {
		next := s
		next.Refresh = text
		out.Refreshes = append(out.Refreshes, link{cmp.Or(text, "Off"), text, text == s.Refresh})
	}
	out.Links = p.links(c, b, s, st.values)
	if p.grafana != nil {
		out.Grafana = p.inGrafana(b, s)
	}
	return out
}

func viewOf(one item, s state, values variable.Values, here func(state) string) itemView {
	scoped := values.Scoped(one.panel.Scope)
	v := itemView{
		Key: one.key, Type: one.panel.Type, Grid: one.grid, Row: one.row(), Open: one.open, Count: one.count,
		Title:       scoped.Interpolate(one.panel.Title, variable.Text),
		Description: scoped.Interpolate(one.panel.Description, variable.Text),
	}
	if v.Row {
		v.Href = here(s.toggling(one.key))
	} else {
		v.Href = here(s.viewing(one.key))
	}
	return v
}

type failPage struct {
	frameOf
	Message string
}

func (p *Preview) fail(w http.ResponseWriter, r *http.Request, status int, message string) {
	p.write(w, status, "fail.html", failPage{p.frame(r, p.shelf.current(), "fail", http.StatusText(status), "/stream/news"), message})
}
