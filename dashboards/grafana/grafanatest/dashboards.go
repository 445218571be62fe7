package grafanatest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"time"
)

type board struct {
	id               int64
	content          object // without id and version
	version          int64
	folder           string
	created, updated string
	file             string // the provisioning file that owns it
	revised          int64  // the resource version
	annotations      map[string]string
	labels           map[string]string
	history          []revision
}

// revision is one entry of a board's history. A save of identical content adds
// one of the same version.
type revision struct {
	version int64
	created string
	message string
	content object
}

func (b *board) uid() string   { return b.content["uid"].(string) }
func (b *board) title() string { return b.content["title"].(string) }
func (b *board) url() string   { return "/d/" + b.uid() + "/" + slug(b.title()) }

// AddProvisioned stores a dashboard as if a provisioning file without
// allowUiUpdates had put it at the root.
func (s *Server) AddProvisioned(uid, title, file string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.boards[uid] = &board{
		id: s.nextID(), content: object{"uid": uid, "title": title}, version: 1,
		created: s.stamp(), updated: s.stamp(), file: file, revised: s.nextID(),
		annotations: map[string]string{managedBy: fileManager},
	}
}

const (
	changedByOther = "The dashboard has been changed by someone else"
	minRefresh     = 5 * time.Second // Grafana's default
)

var (
	boardMissing    = refuse(http.StatusNotFound, "Dashboard not found")
	versionMismatch = answer{http.StatusPreconditionFailed, object{"message": changedByOther, "status": "version-mismatch"}}
)

type save struct {
	Dashboard object
	FolderUID string
	FolderID  json.Number // of old; it finds nothing any more
	Message   string
	Overwrite bool
}

func (s *Server) saveBoard(c call) answer {
	if refusal := c.gate(editor, "any of dashboards:create, dashboards:write"); refusal != nil {
		return *refusal
	}
	var in save
	if !read(c, &in) || in.Dashboard == nil {
		return badRequest
	}
	if refusal := check(in); refusal != nil {
		return *refusal
	}
	if id := in.FolderID.String(); id != "" && id != "0" {
		return refuse(http.StatusBadRequest, "folder not found")
	}
	if refusal := s.checkFolder(c, in.FolderUID); refusal != nil {
		return *refusal
	}
	old, refusal := s.replaced(in)
	if refusal != nil {
		return *refusal
	}
	b := s.store(in, old)
	return ok(object{
		"folderUid": b.folder, "id": b.id, "slug": slug(b.title()), "status": "success",
		"uid": b.uid(), "url": b.url(), "version": b.version,
	})
}

func check(in save) *answer {
	bad := func(message string) *answer {
		a := refuse(http.StatusBadRequest, message)
		return &a
	}
	if title, _ := in.Dashboard["title"].(string); strings.TrimSpace(title) == "" {
		return &answer{http.StatusBadRequest, object{"message": "Dashboard title cannot be empty", "status": "empty-name"}}
	}
	uid, _ := in.Dashboard["uid"].(string)
	if message := checkUID(uid); message != "" {
		return bad(message)
	}
	if len(in.Message) > 500 {
		return bad("message too long, max 500 characters")
	}
	tags, _ := in.Dashboard["tags"].([]any)
	for _, tag := range tags {
		if len(fmt.Sprint(tag)) > 50 {
			return bad("dashboard tag too long, max 50 characters")
		}
	}
	return nil
}

func (s *Server) checkFolder(c call, uid string) *answer {
	var refusal answer
	switch {
	case uid == "general":
		refusal = refuse(http.StatusNotFound, `folders.folder.grafana.app "general" not found`)
	case uid != "" && s.folders[uid] == nil:
		refusal = refuse(http.StatusBadRequest, "folder not found")
	case !s.sees(c, uid):
		refusal = refuse(http.StatusForbidden, "Access denied to save dashboard")
	default:
		return nil
	}
	return &refusal
}

// replaced returns the board that a save replaces, nil when it is a new one, or
// why it may not.
func (s *Server) replaced(in save) (*board, *answer) {
	uid, _ := in.Dashboard["uid"].(string)
	old := s.boards[uid]
	if id, given := in.Dashboard["id"].(json.Number); given {
		if old = s.boardByID(id.String()); old == nil {
			return nil, &answer{http.StatusNotFound, object{"message": "Dashboard not found", "status": "not-found"}}
		}
	}
	if old == nil {
		return nil, nil
	}
	if version, _ := in.Dashboard["version"].(json.Number); !in.Overwrite && version.String() != fmt.Sprint(old.version) {
		return nil, &versionMismatch
	}
	if old.file != "" {
		refusal := refuse(http.StatusBadRequest, "Cannot save provisioned dashboard")
		return nil, &refusal
	}
	return old, nil
}

func (s *Server) boardByID(id string) *board {
	for _, b := range s.boards {
		if fmt.Sprint(b.id) == id {
			return b
		}
	}
	return nil
}

// store saves a board that may be saved. Identical content in the same folder
// keeps its version and its time, but still adds to the history.
func (s *Server) store(in save, old *board) *board {
	content := shorten(in.Dashboard).(object)
	delete(content, "id")
	delete(content, "version")
	raiseRefresh(content)
	b := &board{id: s.nextID(), version: 1, created: s.stamp(), updated: s.stamp()}
	if old != nil {
		*b = *old
		if !reflect.DeepEqual(content, old.content) || in.FolderUID != old.folder {
			b.version, b.updated = old.version+1, s.stamp()
		}
	}
	if uid, _ := content["uid"].(string); uid == "" {
		content["uid"] = fmt.Sprintf("%08x-0000-4000-8000-%012x", s.lastID, s.lastID)
	}
	b.content, b.folder, b.revised = content, in.FolderUID, s.nextID()
	b.annotations, b.labels = nil, nil // a classic save takes off what the resource API put on
	b.history = append(b.history, revision{b.version, s.stamp(), in.Message, content})
	s.boards[b.uid()] = b
	return b
}

// raiseRefresh lifts an interval below the server's minimum to it.
func raiseRefresh(content object) {
	text, _ := content["refresh"].(string)
	if d, err := time.ParseDuration(text); err == nil && d < minRefresh {
		content["refresh"] = minRefresh.String()
	}
}

// shorten copies a JSON value with its numbers in their shortest form, as they
// are stored (2.50 becomes 2.5, 1e3 becomes 1000).
func shorten(v any) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for k, e := range v {
			out[k] = shorten(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = shorten(e)
		}
		return out
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		if n := int64(f); float64(n) == f {
			return n
		}
		return f
	}
	return v
}
