// Package panels is the house style: one function per kind of panel, so that
// every board draws the same thing in the same way and a board's file says only
// what is particular to it.
//
// A panel is authored with grabana. What grabana cannot say goes into
// modern.Extra beside it.
package panels
