package lint

import "strings"

var dashboardMutations = []mutation{
	{"uneditable-dashboard", "editable", `"editable": false,
  "links"`, `"editable": true, "links"`, "it can be edited in the browser"},
	{"uneditable-dashboard", "says nothing", `"editable": false,
  "links"`, `"links"`, "it can be edited in the browser"},
	{"uneditable-dashboard", "twice, the last counts", `"editable": false,
  "links"`, `"editable": true, "editable": false, "links"`, ""},

	{"dashboard-uid", "none", `"uid": "shop"`, `"version": 3`, "it has no uid"},
	{"dashboard-uid", "null", `"uid": "shop"`, `"uid": null`, "it has no uid"},
	{"dashboard-uid", "too long", `"uid": "shop"`, `"uid": "` + strings.Repeat("x", 41) + `"`, "41 characters"},
	{"dashboard-uid", "characters", `"uid": "shop"`, `"uid": "my shop"`, `"my shop" has characters`},
	{"dashboard-uid", "as long as may be", `"uid": "shop"`, `"uid": "A_-` + strings.Repeat("x", 37) + `"`, ""},

	{"dashboard-tags", "none", `"tags": ["shop"],
  "templating"`, `"templating"`, "it has no tags"},
	{"dashboard-tags", "empty", `"tags": ["shop"],
  "templating"`, `"tags": [], "templating"`, "it has no tags"},
	{"dashboard-tags", "twice", `"tags": ["shop"],
  "templating"`, `"tags": ["shop", "shop"], "templating"`, `"shop" is there twice`},
	{"dashboard-tags", "too long", `"tags": ["shop"],
  "templating"`, `"tags": ["` + strings.Repeat("x", 51) + `"], "templating"`, "longer than 50"},
	{"dashboard-tags", "two", `"tags": ["shop"],
  "templating"`, `"tags": ["shop", "orders"], "templating"`, ""},

	{"dashboard-links", "loses time", `"keepTime": true, "includeVars"`, `"keepTime": false, "includeVars"`, `link "More" does not set keepTime`},
	{"dashboard-links", "loses variables", `"keepTime": true, "includeVars": true`, `"keepTime": true`, `link "More" does not set includeVars`},
	{"dashboard-links", "inner URL", `"url": "https://example.com/manual"`, `"url": "/d/other"`, `link "Manual" does not set keepTime`},
	{"dashboard-links", "inner URL that keeps all", `"url": "https://example.com/manual"`, `"url": "/d/other?${__url_time_range}&var-job=$job"`, ""},

	{"schema-version", "old", `"schemaVersion": 42,
  "tags"`, `"schemaVersion": 36, "tags"`, "its schema version is 36, the current one is 42"},
	{"schema-version", "none", `"schemaVersion": 42,
  "tags"`, `"tags"`, "no schema version"},
	{"schema-version", "newer", `"schemaVersion": 42,
  "tags"`, `"schemaVersion": 43, "tags"`, ""},

	{"annotation-query", "broken", `[$__interval]) > 0`, `[$__interval] > 0`, `annotation "Restarts": `},
	{"annotation-query", "no source", `{"datasource": {"type": "prometheus", "uid": "${datasource}"}, "expr"`, `{"expr"`, `annotation "Restarts" names no data source`},
	{"annotation-query", "other source", `{"datasource": {"type": "prometheus", "uid": "${datasource}"}, "expr": "changes`, `{"datasource": {"type": "loki", "uid": "${datasource}"}, "expr": "{} changes`, ""},
}
