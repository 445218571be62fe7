package grafanatest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"reflect"
	"strings"
)

// The resource API, of which v0alpha1 is served: it hands boards out as they
// are stored.
const (
	resourceVersion = "dashboard.grafana.app/v0alpha1"
	folderOf        = "grafana.app/folder"
	messageOf       = "grafana.app/message"
)

// status is how the resource API refuses. Without a reason it says no more than
// the code.
func status(code int, reason, message string, details object) answer {
	body := object{"kind": "Status", "apiVersion": "v1", "metadata": object{}, "status": "Failure", "code": code}
	if reason != "" {
		body["reason"], body["details"] = reason, details
	}
	if message != "" {
		body["message"] = message
	}
	return answer{code, body}
}

var noResource = status(http.StatusNotFound, "NotFound", "the server could not find the requested resource", object{})

func noSuchBoard(name string) answer {
	return status(http.StatusNotFound, "NotFound", fmt.Sprintf("dashboards.dashboard.grafana.app %q not found", name), details(name))
}

func details(name string) object {
	return object{"name": name, "group": "dashboard.grafana.app", "kind": "dashboards"}
}

func conflict(name string) answer {
	return status(http.StatusConflict, "Conflict", fmt.Sprintf("Operation cannot be fulfilled on dashboards.dashboard.grafana.app %q: "+
		"the object has been modified; please apply your changes to the latest version and try again", name), details(name))
}

// found returns the board that a call is about, or how it is refused.
func (s *Server) found(c call, least role) (*board, *answer) {
	name := c.PathValue("uid")
	b := s.boards[name]
	var refusal answer
	switch {
	case s.NoResources:
		refusal = noResource
	case c.role < least:
		refusal = status(http.StatusForbidden, "", "", nil)
	case b == nil || c.PathValue("namespace") != "default":
		refusal = noSuchBoard(name)
	case !s.sees(c, b.folder):
		refusal = status(http.StatusForbidden, "", "", nil)
	default:
		return b, nil
	}
	return b, &refusal
}

func (s *Server) getResource(c call) answer {
	b, refusal := s.found(c, viewer)
	if refusal != nil {
		return *refusal
	}
	return ok(b.resource())
}

// resource is the board as the resource API shows it: its uid is its name, and
// its version the generation.
func (b *board) resource() object {
	annotations := object{"grafana.app/createdBy": "user:0"}
	for k, v := range b.annotations {
		annotations[k] = v
	}
	if b.folder != "" {
		annotations[folderOf] = b.folder
	}
	if m := b.message(); m != "" {
		annotations[messageOf] = m
	}
	if b.version > 1 {
		annotations["grafana.app/updatedBy"], annotations["grafana.app/updatedTimestamp"] = "user:0", b.updated
	}
	labels := object{"grafana.app/deprecatedInternalID": fmt.Sprint(b.id)}
	for k, v := range b.labels {
		labels[k] = v
	}
	spec := maps.Clone(b.content)
	delete(spec, "uid")
	return object{
		"kind": "Dashboard", "apiVersion": resourceVersion, "spec": spec, "status": object{},
		"metadata": object{
			"name": b.uid(), "namespace": "default", "uid": b.objectUID(), "resourceVersion": fmt.Sprint(b.revised),
			"generation": b.version, "creationTimestamp": b.created, "labels": labels, "annotations": annotations,
		},
	}
}

// objectUID is the uid of the stored object, which has nothing to do with the
// board's.
func (b *board) objectUID() string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", b.id%1e12) }

func (b *board) message() string {
	if len(b.history) == 0 {
		return ""
	}
	return b.history[len(b.history)-1].message
}

// sent is a resource as a client sends it.
type sent struct {
	Metadata struct {
		Name, ResourceVersion string
		Annotations, Labels   map[string]string
	}
	Spec object
}

func (s *Server) createResource(c call) answer {
	if s.NoResources {
		return noResource
	}
	if c.role < editor {
		return status(http.StatusForbidden, "", "", nil)
	}
	var in sent
	if !read(c, &in) {
		return badRequest
	}
	if s.boards[in.Metadata.Name] != nil {
		return status(http.StatusConflict, "AlreadyExists", fmt.Sprintf("dashboards.dashboard.grafana.app %q already exists", in.Metadata.Name), details(in.Metadata.Name))
	}
	b := s.write(in, nil)
	return answer{http.StatusCreated, b.resource()}
}

func (s *Server) putResource(c call) answer {
	b, refusal := s.found(c, editor)
	if refusal != nil {
		return *refusal
	}
	var in sent
	if !read(c, &in) {
		return badRequest
	}
	in.Metadata.Name = b.uid()
	if stale(in.Metadata.ResourceVersion, b) {
		return conflict(b.uid())
	}
	return ok(s.write(in, b).resource())
}

// patchResource takes merge patches: fields that are null are removed.
func (s *Server) patchResource(c call) answer {
	b, refusal := s.found(c, editor)
	if refusal != nil {
		return *refusal
	}
	kind, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if kind != "application/merge-patch+json" {
		return status(http.StatusUnsupportedMediaType, "UnsupportedMediaType", "415: Unsupported Media Type", object{})
	}
	var patch object
	if decode(c.Body, &patch) != nil {
		return badRequest
	}
	raw, _ := json.Marshal(merge(b.resource(), patch)) // all of it came from JSON
	var in sent
	if decode(bytes.NewReader(raw), &in) != nil {
		return badRequest
	}
	if metadata, _ := patch["metadata"].(object); metadata["resourceVersion"] != nil && stale(in.Metadata.ResourceVersion, b) {
		return conflict(b.uid())
	}
	return ok(s.write(in, b).resource())
}

func stale(version string, b *board) bool { return version != "" && version != fmt.Sprint(b.revised) }

func merge(target, patch any) any {
	p, is := patch.(object)
	if !is {
		return patch
	}
	out := object{}
	if t, is := target.(object); is {
		maps.Copy(out, t)
	}
	for k, v := range p {
		if v == nil {
			delete(out, k)
		} else {
			out[k] = merge(out[k], v)
		}
	}
	return out
}

// write stores a resource. Only another spec or folder is another version.
func (s *Server) write(in sent, old *board) *board {
	content := shorten(in.Spec).(object)
	delete(content, "version")
	content["uid"] = in.Metadata.Name
	b := &board{id: s.nextID(), version: 1, created: s.stamp(), updated: s.stamp()}
	folder, message := in.Metadata.Annotations[folderOf], in.Metadata.Annotations[messageOf]
	if old != nil {
		*b = *old
	}
	changed := old == nil || folder != old.folder || !reflect.DeepEqual(content, old.content)
	if old != nil && !changed && message == old.message() && maps.Equal(own(in.Metadata.Annotations), own(old.annotations)) && maps.Equal(own(in.Metadata.Labels), own(old.labels)) {
		return old // not even another resource version
	}
	if old != nil && changed {
		b.version, b.updated = old.version+1, s.stamp()
	}
	b.content, b.folder, b.revised = content, folder, s.nextID()
	b.annotations, b.labels = own(in.Metadata.Annotations), own(in.Metadata.Labels)
	b.file = ""
	if b.annotations[managedBy] == fileManager {
		b.file = in.Metadata.Annotations["grafana.app/sourcePath"]
	}
	if changed {
		b.history = append(b.history, revision{b.version, s.stamp(), message, content})
	}
	s.boards[b.uid()] = b
	return b
}

// own are the annotations or labels that a client set.
func own(all map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range all {
		switch k {
		case folderOf, messageOf, "grafana.app/createdBy", "grafana.app/updatedBy", "grafana.app/updatedTimestamp", "grafana.app/deprecatedInternalID":
		default:
			out[k] = v
		}
	}
	return out
}

// deleteResource deletes the version that the preconditions name, or any.
func (s *Server) deleteResource(c call) answer {
	b, refusal := s.found(c, editor)
	if refusal != nil {
		return *refusal
	}
	var options struct {
		Preconditions struct{ ResourceVersion string }
	}
	_ = json.NewDecoder(c.Body).Decode(&options) // a body is optional
	if v := options.Preconditions.ResourceVersion; stale(v, b) {
		message := fmt.Sprintf("Operation cannot be fulfilled on Dashboard.dashboard.grafana.app %q: the ResourceVersion in the precondition (%s) "+
			"does not match the ResourceVersion in record (%d). The object might have been modified", b.uid(), v, b.revised)
		return status(http.StatusConflict, "Conflict", message, details(b.uid()))
	}
	delete(s.boards, b.uid())
	gone := details(b.uid())
	gone["uid"] = b.objectUID()
	return ok(object{"kind": "Status", "apiVersion": "v1", "metadata": object{}, "status": "Success", "details": gone})
}

const (
	managedBy   = "grafana.app/managedBy"
	fileManager = "classic-file-provisioning"
)

// Annotations returns what the resource API shows under grafana.app/ of a
// board's manager, without that prefix.
func (s *Server) Annotations(uid string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]string{}
	if b := s.boards[uid]; b != nil {
		for k, v := range b.annotations {
			out[strings.TrimPrefix(k, "grafana.app/")] = v
		}
	}
	return out
}
