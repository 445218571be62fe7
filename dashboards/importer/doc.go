// Package importer turns an existing dashboard into a Go file in the style of
// this project: the board lists its rows, and every panel is a function.
//
// Nothing is guessed that is not checked. Each query is first tried as a typed
// one over the catalogue's metrics, each panel as every kind of the house style;
// what is tried is built, and kept only if it generates what the dashboard
// holds. A query that cannot be said so becomes query.Raw, and what departs
// from the house style becomes a merge patch, see Patched in package panels. Where
// even that is not enough, a note says what is lost.
//
// What an import always changes, so that the board becomes one of ours: queries
// are in canonical form, the data source is a variable, panels have ids that
// depend on their titles, and the tag and links of the other boards are added.
package importer
