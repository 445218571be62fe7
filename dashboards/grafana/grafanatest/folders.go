package grafanatest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"
)

type folder struct {
	id               int64
	uid, title       string
	parent           string // uid; "" is the root
	version          int64
	created, updated string
}

func (f *folder) url() string { return "/dashboards/f/" + f.uid + "/" + slug(f.title) }

// view is a folder as it is answered, with its ancestors from the root down.
func (s *Server) view(f *folder, may bool) object {
	out := f.alone(may)
	if f.parent == "" {
		return out
	}
	out["parentUid"] = f.parent
	var parents []object
	for above := s.folders[f.parent]; above != nil; above = s.folders[above.parent] {
		parents = append([]object{above.alone(may)}, parents...)
	}
	if parents != nil {
		out["parents"] = parents
	}
	return out
}

func (f *folder) alone(may bool) object {
	return object{
		"id": f.id, "uid": f.uid, "orgId": 1, "title": f.title, "url": f.url(), "hasAcl": false,
		"canSave": may, "canEdit": may, "canAdmin": may, "canDelete": may,
		"createdBy": "Anonymous", "created": f.created, "updatedBy": "Anonymous", "updated": f.updated,
		"version": f.version,
	}
}

func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, "-")
}

func (s *Server) createFolder(c call) answer {
	if refusal := c.gate(editor, "folders:create"); refusal != nil {
		return *refusal
	}
	var in struct{ UID, Title, ParentUID string }
	if !read(c, &in) {
		return badRequest
	}
	if in.Title == "" {
		return refuse(http.StatusBadRequest, "folder title cannot be empty")
	}
	if message := checkUID(in.UID); message != "" {
		return refuse(http.StatusBadRequest, message)
	}
	if s.folders[in.UID] != nil {
		return refuse(http.StatusPreconditionFailed, "the folder has been changed by someone else")
	}
	if in.UID == "" {
		in.UID = s.newUID()
	}
	f := &folder{s.nextID(), in.UID, in.Title, in.ParentUID, 1, s.stamp(), s.stamp()} // whether the parent exists or not
	s.folders[f.uid] = f
	s.seen[c.role].folders[f.uid] = true  // its maker sees it at once
	return ok(s.view(f, c.role >= admin)) // and is told that it may not save, though it may
}

// newUID makes up a uid of a folder, which has 14 characters.
func (s *Server) newUID() string { return fmt.Sprintf("%014x", s.nextID()) }

var folderMissing = answer{http.StatusNotFound, object{"message": "folder not found", "status": "not-found"}}

func (s *Server) getFolder(c call) answer {
	f := s.folders[c.PathValue("uid")]
	if f == nil {
		return s.missing(c, "folders:read", folderMissing)
	}
	if refusal := c.gate(viewer, "folders:read"); refusal != nil || !s.sees(c, f.uid) {
		return *denied("folders:read")
	}
	return ok(s.view(f, c.role >= editor))
}

func (s *Server) updateFolder(c call) answer {
	if refusal := c.gate(editor, "folders:write"); refusal != nil {
		return *refusal
	}
	f := s.folders[c.PathValue("uid")]
	if f == nil {
		return folderMissing
	}
	var in struct {
		Title     string
		Version   json.Number
		Overwrite bool
	}
	if !read(c, &in) {
		return badRequest
	}
	if !in.Overwrite && in.Version.String() != fmt.Sprint(f.version) {
		return refuse(http.StatusPreconditionFailed, changedByOther)
	}
	f.title, f.version, f.updated = in.Title, f.version+1, s.stamp()
	return ok(s.view(f, true))
}

// deleteFolder removes the dashboards and folders in it too, without asking.
func (s *Server) deleteFolder(c call) answer {
	if refusal := c.gate(editor, "folders:delete"); refusal != nil {
		return *refusal
	}
	uid := c.PathValue("uid")
	if s.folders[uid] == nil {
		return refuse(http.StatusNotFound, fmt.Sprintf("folders.folder.grafana.app %q not found", uid))
	}
	s.removeFolder(uid)
	return ok(object{"message": "Folder deleted"})
}

func (s *Server) removeFolder(uid string) {
	delete(s.folders, uid)
	for _, b := range s.boards {
		if b.folder == uid {
			delete(s.boards, b.uid())
		}
	}
	for _, f := range s.folders {
		if f.parent == uid {
			s.removeFolder(f.uid)
		}
	}
}
