package grafanatest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"
)

type source struct {
	id        int64
	UID       string         `json:"uid"`
	Name      string         `json:"name"`
	Type      string         `json:"type"`
	Access    string         `json:"access"`
	URL       string         `json:"url"`
	IsDefault bool           `json:"isDefault"`
	JSONData  map[string]any `json:"jsonData"`
}

func (d *source) view() object {
	logo := "public/img/icn-datasource.svg"
	if d.Type == "prometheus" {
		logo = "public/plugins/prometheus/img/prometheus_logo.svg"
	}
	return object{
		"id": d.id, "uid": d.UID, "orgId": 1, "name": d.Name, "type": d.Type, "typeLogoUrl": logo,
		"access": d.Access, "url": d.URL, "user": "", "database": "", "basicAuth": false,
		"basicAuthUser": "", "withCredentials": false, "isDefault": d.IsDefault, "jsonData": d.JSONData,
		"secureJsonFields": object{}, "version": 1, "readOnly": false, "apiVersion": "",
	}
}

func (s *Server) createSource(c call) answer {
	if refusal := c.gate(admin, "datasources:create"); refusal != nil {
		return *refusal
	}
	d := source{JSONData: object{}}
	if !read(c, &d) || d.Name == "" || d.Type == "" || d.Access == "" {
		return badRequest
	}
	if message := checkUID(d.UID); message != "" {
		return answer{http.StatusBadRequest, object{
			"statusCode": 400, "messageId": "datasource.uidInvalid", "message": "Invalid datasource UID.",
		}}
	}
	for _, same := range []struct {
		what string
		is   func(*source) bool
	}{
		{"name", func(o *source) bool { return o.Name == d.Name }},
		{"uid", func(o *source) bool { return o.UID == d.UID }},
	} {
		if slices.ContainsFunc(s.sources, same.is) {
			return refuse(http.StatusConflict, "data source with the same "+same.what+" already exists")
		}
	}
	d.id = s.nextID()
	s.sources = append(s.sources, &d)
	return ok(object{"datasource": d.view(), "id": d.id, "message": "Datasource added", "name": d.Name})
}

func (s *Server) findSource(c call) int {
	return slices.IndexFunc(s.sources, func(d *source) bool {
		if name := c.PathValue("name"); name != "" {
			return d.Name == name
		}
		return d.UID == c.PathValue("uid")
	})
}

var sourceMissing = refuse(http.StatusNotFound, "Data source not found")

func (s *Server) getSource(c call) answer {
	if refusal := c.gate(viewer, "datasources:read"); refusal != nil {
		return *refusal
	}
	if i := s.findSource(c); i >= 0 {
		return ok(s.sources[i].view())
	}
	return sourceMissing
}

func (s *Server) deleteSource(c call) answer {
	if refusal := c.gate(admin, "datasources:delete"); refusal != nil {
		return *refusal
	}
	i := s.findSource(c)
	if i < 0 {
		return sourceMissing
	}
	id := s.sources[i].id
	s.sources = slices.Delete(s.sources, i, i+1)
	return ok(object{"id": id, "message": "Data source deleted"})
}

var badRequest = refuse(http.StatusBadRequest, "bad request data")

// read decodes a JSON body. Grafana looks at the content type first.
func read(c call, into any) bool {
	kind, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	return kind == "application/json" && decode(c.Body, into) == nil
}

// decode keeps all digits of a number.
func decode(from io.Reader, into any) error {
	dec := json.NewDecoder(from)
	dec.UseNumber()
	return dec.Decode(into)
}

// checkUID returns what Grafana says about a uid, "" when it is fine or absent.
func checkUID(uid string) string {
	if len(uid) > 40 {
		return "uid too long, max 40 characters"
	}
	for _, r := range uid {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if digit := r >= '0' && r <= '9'; !letter && !digit && r != '-' && r != '_' {
			return "uid contains illegal characters"
		}
	}
	return ""
}
