// Package grafanatest is a Grafana for tests: an http.Handler with the part of
// Grafana's HTTP API that a publisher of dashboards meets, answering as a
// recorded Grafana 12.4.0 did. The recordings are in ../testdata/contract and a
// test replays them against it.
//
// It keeps data sources, folders and dashboards with their versions, knows
// credentials of four roles, and can fail on request. What Grafana does and the
// recordings do not show, it does not do.
package grafanatest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// Server is a Grafana in memory. Use New to make one. Its methods may be called
// while it serves.
type Server struct {
	// Now is its clock; time.Now when nil. Set it before serving.
	Now func() time.Time
	// HideMissing makes a token that may only see some folders get 403 instead
	// of 404 for a folder or a dashboard that does not exist. Set it before
	// serving.
	HideMissing bool
	// NoResources makes it a Grafana without the resource API. Set it before
	// serving.
	NoResources bool

	mux *http.ServeMux

	mu       sync.Mutex
	lastID   int64
	sources  []*source
	folders  map[string]*folder
	boards   map[string]*board
	marks    []mark
	lastMark int64
	seen     map[role]*snapshot
	log      []string
	fault    func(n int, r *http.Request) Fault
	faultN   int
}

// Fault is what becomes of a request. The zero value lets it pass.
type Fault struct {
	// Status, if not 0, is answered instead of doing the work.
	Status int
	// RetryAfter goes into the header of that name beside Status.
	RetryAfter string
	// Drop closes the connection without an answer and without doing the work.
	Drop bool
	// Lose does the work and then closes the connection without an answer.
	Lose bool
}

// New returns a Grafana with one organisation and nothing in it.
func New() *Server {
	s := &Server{
		folders: map[string]*folder{},
		boards:  map[string]*board{},
		seen:    map[role]*snapshot{},
	}
	s.mux = s.routes()
	return s
}

// SetFault calls fault for each request from now on, with n counting from 1. A
// nil fault lets everything pass again.
func (s *Server) SetFault(fault func(n int, r *http.Request) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.faultN = fault, 0
}

// Requests returns "METHOD /path" of every request so far, failed ones included.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.log...)
}

// Writes returns how many requests so far were not plain reads.
func (s *Server) Writes() int {
	n := 0
	for _, r := range s.Requests() {
		if r[:4] != "GET " {
			n++
		}
	}
	return n
}

// Boards returns how many dashboards are stored.
func (s *Server) Boards() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.boards)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch fault := s.record(r); {
	case fault.Drop:
		panic(http.ErrAbortHandler)
	case fault.Lose:
		s.mux.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case fault.Status != 0:
		if fault.RetryAfter != "" {
			w.Header().Set("Retry-After", fault.RetryAfter)
		}
		w.WriteHeader(fault.Status)
	default:
		s.mux.ServeHTTP(w, r)
	}
}

func (s *Server) record(r *http.Request) Fault {
	s.mu.Lock()
	s.log = append(s.log, r.Method+" "+r.URL.Path)
	fault := s.fault
	s.faultN++
	n := s.faultN
	s.mu.Unlock()
	if fault == nil {
		return Fault{}
	}
	return fault(n, r) // unlocked: it may sleep, or look at the server
}

// answer is a status with its JSON body.
type answer struct {
	status int
	body   any
}

type object = map[string]any

func ok(body any) answer { return answer{http.StatusOK, body} }

func refuse(status int, message string) answer { return answer{status, object{"message": message}} }

// call is one authenticated request, served under the lock.
type call struct {
	*http.Request
	role role
}

const resourcePath = "/apis/" + resourceVersion + "/namespaces/{namespace}/dashboards"

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/health", func(w http.ResponseWriter, _ *http.Request) {
		send(w, ok(object{"database": "ok", "version": "12.4.0", "commit": "e2289a383c"}))
	})
	for pattern, serve := range map[string]func(call) answer{
		"/":                                                func(call) answer { return refuse(http.StatusNotFound, "Not found") },
		"GET /api/org":                                     s.getOrg,
		"POST /api/datasources":                            s.createSource,
		"GET /api/datasources/uid/{uid}":                   s.getSource,
		"GET /api/datasources/name/{name}":                 s.getSource,
		"DELETE /api/datasources/uid/{uid}":                s.deleteSource,
		"POST /api/folders":                                s.createFolder,
		"GET /api/folders/{uid}":                           s.getFolder,
		"PUT /api/folders/{uid}":                           s.updateFolder,
		"DELETE /api/folders/{uid}":                        s.deleteFolder,
		"POST /api/dashboards/db":                          s.saveBoard,
		"GET /api/dashboards/uid/{uid}":                    s.getBoard,
		"DELETE /api/dashboards/uid/{uid}":                 s.deleteBoard,
		"GET /api/dashboards/uid/{uid}/versions":           s.listVersions,
		"GET /api/dashboards/uid/{uid}/versions/{version}": s.getVersion,
		"GET /api/search":                                  s.search,
		"GET /api/annotations":                             s.listAnnotations,
		"POST /api/annotations":                            s.addAnnotation,
		"DELETE /api/annotations/{id}":                     s.deleteAnnotation,
		"GET " + resourcePath + "/{uid}":                   s.getResource,
		"PUT " + resourcePath + "/{uid}":                   s.putResource,
		"PATCH " + resourcePath + "/{uid}":                 s.patchResource,
		"DELETE " + resourcePath + "/{uid}":                s.deleteResource,
		"POST " + resourcePath:                             s.createResource,
		"/apis/":                                           func(call) answer { return noResource },
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			who, refusal := authenticate(r)
			if refusal != nil {
				send(w, *refusal)
				return
			}
			s.look(who)
			send(w, serve(call{r, who}))
		})
	}
	return mux
}

func send(w http.ResponseWriter, a answer) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_ = json.NewEncoder(w).Encode(a.body) // the client may be gone
}

func (s *Server) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// stamp returns the time as Grafana writes it.
func (s *Server) stamp() string { return s.now().UTC().Format(time.RFC3339) }

// nextID returns ids of 16 digits, which a float64 cannot tell apart.
func (s *Server) nextID() int64 {
	s.lastID++
	return 9160080556351000 + s.lastID
}

func (s *Server) getOrg(c call) answer {
	if refusal := c.gate(viewer, "orgs:read"); refusal != nil {
		return *refusal
	}
	address := object{"address1": "", "address2": "", "city": "", "zipCode": "", "state": "", "country": ""}
	return ok(object{"id": 1, "name": "Main Org.", "address": address})
}
