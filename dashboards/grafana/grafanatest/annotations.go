package grafanatest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
)

type mark struct {
	id                     int64
	DashboardUID           string
	Time, TimeEnd, created int64 // in ms
	Tags                   []string
	Text                   string
	by                     role
}

func (s *Server) addAnnotation(c call) answer {
	if refusal := c.gate(editor, "annotations:create"); refusal != nil {
		return *refusal
	}
	var in mark
	if !read(c, &in) {
		return badRequest
	}
	switch {
	case in.Text == "":
		return refuse(http.StatusBadRequest, "Failed to save annotation")
	case in.DashboardUID != "" && s.boards[in.DashboardUID] == nil:
		return refuse(http.StatusInternalServerError, "Error while checking annotation permissions")
	}
	s.lastMark++
	in.id, in.created, in.by = s.lastMark, s.now().UnixMilli(), c.role
	in.Time = cmp.Or(in.Time, in.created)
	in.TimeEnd = cmp.Or(in.TimeEnd, in.Time)
	s.marks = append(s.marks, in)
	return ok(object{"id": in.id, "message": "Annotation added"})
}

func (s *Server) listAnnotations(c call) answer {
	if refusal := c.gate(viewer, "annotations:read"); refusal != nil {
		return *refusal
	}
	query := c.URL.Query()
	from, to := number(query.Get("from"), 0), number(query.Get("to"), 1<<62)
	var found []mark
	for _, m := range s.marks {
		lacks := slices.ContainsFunc(query["tags"], func(tag string) bool { return !slices.Contains(m.Tags, tag) })
		board := query.Get("dashboardUID")
		if !lacks && (board == "" || board == m.DashboardUID) && m.Time <= int64(to) && m.TimeEnd >= int64(from) {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b mark) int { return cmp.Or(cmp.Compare(b.TimeEnd, a.TimeEnd), cmp.Compare(b.id, a.id)) })
	list := []object{}
	for _, m := range found[:min(len(found), number(query.Get("limit"), 100))] {
		list = append(list, s.markView(m))
	}
	return ok(list)
}

func (s *Server) markView(m mark) object {
	login, email := "admin", "admin@localhost"
	if m.by < serverAdmin {
		login, email = "sa-1-sa-editor", "sa-1-sa-editor"
	}
	view := object{
		"id": m.id, "dashboardUID": m.DashboardUID, "created": m.created, "updated": m.created, "time": m.Time, "timeEnd": m.TimeEnd,
		"text": m.Text, "tags": m.Tags, "login": login, "email": email, "avatarUrl": "/public/img/user_profile.png", "data": object{},
	}
	if b := s.boards[m.DashboardUID]; b != nil {
		view["dashboardId"] = b.id
	}
	return view
}

// deleteAnnotation answers the same whether there is one or not.
func (s *Server) deleteAnnotation(c call) answer {
	if refusal := c.gate(editor, "annotations:delete"); refusal != nil {
		return *refusal
	}
	id, _ := strconv.ParseInt(c.PathValue("id"), 10, 64)
	s.marks = slices.DeleteFunc(s.marks, func(m mark) bool { return m.id == id })
	return ok(object{"message": "Annotation deleted"})
}

// AnnotationTexts returns the text of every annotation, the oldest first.
func (s *Server) AnnotationTexts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, m := range s.marks {
		out = append(out, m.Text)
	}
	return out
}
