// Package browser tests the preview in a real Chromium: that it does what it
// should with a mouse, with the keyboard and on a phone, that its numbers are
// Prometheus' own, and that axe-core finds nothing in the way of anybody.
//
//	npm ci --ignore-scripts && go test -count=1 .
//
// With BROWSER_PICTURES=FOLDER each page is kept as a picture, to be looked at.
package browser
