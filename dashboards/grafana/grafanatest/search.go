package grafanatest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
)

const maxLimit = 5000

// search answers boards or folders by title. Where titles are equal it orders
// by uid; the order of the real one has no rule that shows.
func (s *Server) search(c call) answer {
	if refusal := c.gate(viewer, "dashboards:read"); refusal != nil {
		return *refusal
	}
	query := c.URL.Query()
	limit, page := number(query.Get("limit"), 1000), number(query.Get("page"), 1)
	if limit > maxLimit {
		return refuse(http.StatusUnprocessableEntity, "Limit is above maximum allowed (5000), use page parameter to access hits beyond limit")
	}
	hits := s.boardHits(c)
	if query.Get("type") == "dash-folder" {
		hits = s.folderHits()
	}
	slices.SortFunc(hits, func(a, b object) int {
		return cmp.Or(cmp.Compare(a["title"].(string), b["title"].(string)), cmp.Compare(a["uid"].(string), b["uid"].(string)))
	})
	start := min(limit*(page-1), len(hits))
	return ok(hits[start:min(start+limit, len(hits))])
}

func number(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return otherwise
	}
	return n
}

func (s *Server) boardHits(c call) []object {
	query := c.URL.Query()
	hits := []object{}
	for _, b := range s.boards {
		folder := cmp.Or(b.folder, "general")
		tags := b.tags()
		missing := slices.ContainsFunc(query["tag"], func(tag string) bool { return !slices.Contains(tags, tag) })
		if missing || !s.sees(c, b.folder) || !among(query["folderUIDs"], folder) || !among(query["dashboardUIDs"], b.uid()) {
			continue
		}
		hit := hit(b.id, b.uid(), b.title(), "dash-db", b.url(), tags)
		if d, _ := b.content["description"].(string); d != "" {
			hit["description"] = d
		}
		s.within(hit, b.folder)
		hits = append(hits, hit)
	}
	return hits
}

func among(wanted []string, is string) bool { return len(wanted) == 0 || slices.Contains(wanted, is) }

func (b *board) tags() []string {
	list, _ := b.content["tags"].([]any)
	tags := []string{}
	for _, t := range list {
		text, _ := t.(string)
		tags = append(tags, text)
	}
	return tags
}

func (s *Server) folderHits() []object {
	hits := []object{}
	for _, f := range s.folders {
		hit := hit(f.id, f.uid, f.title, "dash-folder", f.url(), []string{})
		s.within(hit, f.parent)
		hits = append(hits, hit)
	}
	return hits
}

func hit(id int64, uid, title, kind, url string, tags []string) object {
	return object{
		"id": id, "uid": uid, "orgId": 1, "title": title, "uri": "db/" + slug(title), "url": url, "slug": "", "type": kind,
		"tags": tags, "isStarred": false, "sortMeta": 0, "isDeleted": false,
	}
}

// within says where a hit lies; an orphan's parent has no title.
func (s *Server) within(hit object, uid string) {
	if f := s.folders[uid]; f != nil {
		hit["folderId"], hit["folderUid"], hit["folderTitle"], hit["folderUrl"] = f.id, f.uid, f.title, f.url()
	} else if uid != "" {
		hit["folderUid"], hit["folderUrl"] = uid, "/dashboards/f/"+uid+"/da39a3e"
	}
}
