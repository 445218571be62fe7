package importer

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
	"github.com/ginsight/ginsight/dashboards/panels"
)

// annotation is an imported annotation with the code of its query.
type annotation struct {
	panels.Annotation
	code string
}

// addAnnotations imports the annotations if our boards can say them all; the
// board's patch holds them otherwise.
func (b *imported) addAnnotations() error {
	var list []annotation
	for _, source := range loose.Objects(loose.At(b.source.board, "annotations", "list")) {
		if whole(source["builtIn"]) == 1 {
			continue
		}
		a, ok := b.annotation(source)
		if !ok {
			return nil
		}
		list = append(list, a)
		b.board.Annotations = append(b.board.Annotations, a.Annotation)
	}
	made, err := b.generate()
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(made.board["annotations"], withBuiltIn(made.board["annotations"], b.source.board["annotations"])) {
		b.board.Annotations = nil
		return nil
	}
	b.annotations = list
	return nil
}

func (b *imported) annotation(source object) (annotation, bool) {
	target, ok := source["target"].(object)
	if !ok {
		return annotation{}, false
	}
	if text(target, "type") == "tags" {
		return tagged(source, target)
	}
	a := annotation{Annotation: panels.Annotation{
		Title: text(source, "name"), Text: text(source, "textFormat"), Color: text(source, "iconColor"),
	}}
	var declared []string
	for _, m := range legendLabel.FindAllStringSubmatch(a.Text, -1) {
		declared = append(declared, m[1])
	}
	e, err := b.translate(text(target, "expr"), declared)
	if err != nil || e.expr.CheckLegend(a.Text) != nil {
		return annotation{}, false
	}
	target["expr"], _ = e.expr.In(b.form) // translate has printed it
	a.Expr, a.code = e.expr, e.code
	return a, true
}

// tagged imports an annotation that asks Grafana for tags; what is not as our
// boards say it shows in what is generated.
func tagged(source, target object) (annotation, bool) {
	tags := []string{}
	list, ok := target["tags"].([]any)
	for _, t := range list {
		tag, isText := t.(string)
		tags, ok = append(tags, tag), ok && isText
	}
	return annotation{Annotation: panels.Annotation{Title: text(source, "name"), Color: text(source, "iconColor"), Tags: tags}}, ok
}

func annotationsCode(list []annotation) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("Annotations: []panels.Annotation{\n")
	for _, a := range list {
		if a.Tags != nil {
			fmt.Fprintf(&b, "{Title: %s, Color: %s, Tags: %#v},\n", quote(a.Title), quote(a.Color), a.Tags)
			continue
		}
		fmt.Fprintf(&b, "{Title: %s, Color: %s, Text: %s,\nExpr: %s},\n", quote(a.Title), quote(a.Color), quote(a.Text), a.code)
	}
	b.WriteString("},\n")
	return b.String()
}
