// Package preview is a web page on which dashboards live without a Grafana: an
// index, a page for each board, and one to explore with queries of one's own.
//
// The server draws. What a page shows are the pictures of package
// [github.com/ginsight/ginsight/dashboards/view/panel], so that a number on the
// page is written by the same code as a number in a rendered file; the script
// in the browser places pictures and never formats a value. Pictures arrive as
// server-sent events, one stream for each open page, and the whole state of a
// page is its URL.
//
// The handler answers GET and HEAD only, for hosts that it knows, and asks no
// server but the one source it was given.
package preview
