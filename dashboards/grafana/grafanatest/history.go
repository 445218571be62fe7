package grafanatest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
)

func (s *Server) getBoard(c call) answer {
	b := s.boards[c.PathValue("uid")]
	if b == nil {
		return s.missing(c, "dashboards:read", boardMissing)
	}
	if refusal := c.gate(viewer, "dashboards:read"); refusal != nil || !s.sees(c, b.folder) {
		return *denied("dashboards:read")
	}
	content := maps.Clone(b.content)
	content["id"], content["version"] = b.id, b.version
	return ok(object{"meta": s.meta(b, c.role >= editor), "dashboard": content})
}

func (s *Server) meta(b *board, may bool) object {
	rights := object{"canAdd": may, "canEdit": may, "canDelete": may}
	m := object{
		"type": "db", "canSave": may, "canEdit": may, "canAdmin": may, "canStar": true, "canDelete": may,
		"slug": slug(b.title()), "url": b.url(), "expires": "0001-01-01T00:00:00Z",
		"created": b.created, "updated": b.updated, "updatedBy": "Anonymous", "createdBy": "Anonymous",
		"version": b.version, "hasAcl": false, "isFolder": false, "apiVersion": "v0alpha1",
		"folderId": 0, "folderUid": "", "folderTitle": "General", "folderUrl": "",
		"provisioned": b.file != "", "provisionedExternalId": b.file,
		"annotationsPermissions": object{"dashboard": rights, "organization": rights},
	}
	if f := s.folders[b.folder]; f != nil {
		m["folderId"], m["folderUid"], m["folderTitle"], m["folderUrl"] = f.id, f.uid, f.title, f.url()
	}
	return m
}

func (s *Server) deleteBoard(c call) answer {
	b := s.boards[c.PathValue("uid")]
	if b == nil {
		return s.missing(c, "dashboards:delete", boardMissing)
	}
	if refusal := c.gate(editor, "dashboards:delete"); refusal != nil || !s.sees(c, b.folder) {
		return *denied("dashboards:delete")
	}
	if b.file != "" {
		return refuse(http.StatusBadRequest, "provisioned dashboard cannot be deleted")
	}
	delete(s.boards, b.uid())
	return ok(object{"message": "Dashboard " + b.title() + " deleted", "title": b.title(), "uid": b.uid()})
}

// listVersions answers the newest first. The message of a first save is not
// listed, only shown on its own.
func (s *Server) listVersions(c call) answer {
	b := s.boards[c.PathValue("uid")]
	if b == nil {
		return boardMissing
	}
	list := []object{}
	token := ""
	for _, r := range slices.Backward(b.history) {
		if len(list) == number(c.URL.Query().Get("limit"), 1000) {
			token = "more"
			break
		}
		view := b.revision(r)
		if r.version == 1 {
			view["message"] = "Initial save"
		}
		list = append(list, view)
	}
	return ok(object{"continueToken": token, "versions": list})
}

func (s *Server) getVersion(c call) answer {
	b := s.boards[c.PathValue("uid")]
	if b == nil {
		return boardMissing
	}
	for _, r := range slices.Backward(b.history) {
		if fmt.Sprint(r.version) == c.PathValue("version") {
			return ok(b.revision(r))
		}
	}
	return refuse(http.StatusNotFound, "Dashboard version not found")
}

func (b *board) revision(r revision) object {
	data := maps.Clone(r.content)
	data["version"] = r.version
	return object{
		"id": r.version, "dashboardId": b.id, "uid": b.uid(), "parentVersion": r.version - 1, "restoredFrom": 0,
		"version": r.version, "created": r.created, "message": r.message,
		"data": data, "createdBy": "Anonymous",
	}
}
