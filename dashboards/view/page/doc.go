// Package page puts the panels of a dashboard onto a page: it asks for their
// data, has them drawn and lays them out in Grafana's grid.
package page
