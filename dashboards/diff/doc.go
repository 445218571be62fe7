// Package diff compares two dashboards field by field and tells the differences
// in the words of the board: panel "Error ratio": unit percentunit -> percent.
//
// # Differences that are none
//
// A dashboard that went through Grafana is never byte for byte what was sent.
// Reading one through the newer API, or opening and saving it in the browser,
// adds what was left out (time range, annotations, the options of every panel
// type), leaves out what is empty, sorts the panels by their position and
// renumbers the schema. [Compare] therefore brings both sides into a normal form
// first, in which
//
//   - what is missing has the value that Grafana gives it (see defaults.go),
//   - null, "", [] and {} are the same as missing, wherever they are,
//   - what only the editor, a server or a publisher wrote down is left out: ids
//     and versions of the store, the plugin's version, the options that a
//     variable found, whether a query was typed or clicked,
//   - panels, queries, variables, overrides and links are found by what names
//     them, not by their place in a list.
//
// Filling in is better than taking out: a field that is the default on one side
// only is told with both values.
//
// The schema version is left out up to 42, to which Grafana migrates on every
// look; a newer one is told, because such a board does not open.
package diff
