// Package check looks for panels that lie: in any dashboard's JSON, against what
// services really expose. It knows nothing of this project's own boards.
//
// It looks twice. [Static] reads every query, of panels, variables and
// annotations, with what a [Schema] knows of the metrics: whether the query is
// PromQL, whether each metric exists, whether each label exists on the very
// metric that it is used on, whether functions fit the types of what they are
// given, and whether the panel's unit is what the query measures. Labels are
// followed through the syntax tree: an aggregation narrows them, operators
// combine them, label_replace adds one. What a value measures is followed as
// well, so that a rate of bytes is told from bytes, and a share from a percentage.
//
// [Boards] evaluates every query, and says which panels show data, which have
// lost it, and which values lie outside of the axis. Queries are answered by a
// [Source]: a Prometheus server, or an engine in this process that scrapes an
// exposition itself. Grafana's variables are replaced as Grafana would, with
// everything selected.
//
// Files of recording and alerting rules ([ParseRules]) are looked at the same
// way. What they record is known to the boards and rules beside them; of an alert
// what it compares is evaluated, since an alert is silent when all is well.
//
// A [Finding] is an error or a warning; what cannot be decided is a finding too,
// with [SeverityUndecided], and never left out in silence. [Rules] lists what can
// be found.
package check
