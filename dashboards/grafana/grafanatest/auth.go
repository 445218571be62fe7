package grafanatest

import (
	"net/http"
	"strings"
	"time"
)

// Credentials that a Server knows. The user is the server's administrator.
const (
	User        = "admin"
	Password    = "correct-horse-battery"
	AdminToken  = "glsa_admin_5ecret"
	EditorToken = "glsa_editor_5ecret"
	ViewerToken = "glsa_viewer_5ecret"
)

type role int

const (
	viewer role = iota + 1
	editor
	admin
	serverAdmin
)

var tokens = map[string]role{ViewerToken: viewer, EditorToken: editor, AdminToken: admin}

func authenticate(r *http.Request) (role, *answer) {
	if user, password, basic := r.BasicAuth(); basic {
		if user == User && password == Password {
			return serverAdmin, nil
		}
		return 0, unauthorized("Invalid username or password", "password-auth.failed")
	}
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return 0, unauthorized("Unauthorized", "auth.unauthorized")
	}
	if who, known := tokens[token]; known {
		return who, nil
	}
	return 0, unauthorized("Invalid API key", "api-key.invalid")
}

func unauthorized(message, id string) *answer {
	return &answer{http.StatusUnauthorized, object{
		"extra": nil, "message": message, "messageId": id, "statusCode": 401, "traceID": "",
	}}
}

// gate refuses a caller below the role least, and any caller in an organisation
// that does not exist.
func (c call) gate(least role, permissions string) *answer {
	org := c.Header.Get("X-Grafana-Org-Id")
	if c.role >= least && (org == "" || org == "1") {
		return nil
	}
	return denied(permissions)
}

func denied(permissions string) *answer {
	return &answer{http.StatusForbidden, object{
		"accessErrorId": "ACE0000000000",
		"message":       "You'll need additional permissions to perform this action. Permissions needed: " + permissions,
		"title":         "Access denied",
	}}
}

// snapshot is what a role may see. Grafana caches it: a folder that somebody
// else made comes into sight within a minute.
type snapshot struct {
	taken   time.Time
	folders map[string]bool
}

const cacheTime = time.Minute

// look renews the snapshot of a role if it has become too old.
func (s *Server) look(who role) {
	if old := s.seen[who]; old != nil && s.now().Sub(old.taken) <= cacheTime {
		return
	}
	folders := map[string]bool{"": true}
	for uid := range s.folders {
		folders[uid] = true
	}
	s.seen[who] = &snapshot{s.now(), folders}
}

// sees reports whether the caller's rights reach a folder ("" is the root).
func (s *Server) sees(c call, folderUID string) bool {
	return c.role >= admin || s.seen[c.role].folders[folderUID]
}

// missing is the answer for a folder or dashboard that does not exist.
func (s *Server) missing(c call, permission string, notFound answer) answer {
	if s.HideMissing && c.role < admin {
		return *denied(permission)
	}
	return notFound
}
