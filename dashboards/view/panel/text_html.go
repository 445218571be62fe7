package panel

import (
	"html"
	"strings"
)

// textApart are the tags that end a line.
var textApart = map[string]bool{
	"br": true, "p": true, "div": true, "li": true, "tr": true, "table": true, "ul": true, "ol": true, "hr": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "pre": true, "section": true,
}

// textOfHTML is the text of HTML without its tags, comments, scripts and styles.
// It is for reading only: whoever writes it out escapes it.
func textOfHTML(content string) string {
	var out strings.Builder
	for content != "" {
		at := strings.IndexByte(content, '<')
		if at < 0 {
			break
		}
		out.WriteString(content[:at])
		content = content[at:]
		name, rest, isTag := textTag(content)
		if !isTag {
			out.WriteByte('<')
			content = content[1:]
			continue
		}
		content = rest
		switch {
		case name == "script" || name == "style":
			content = textAfter(content, "</"+name)
		case textApart[strings.TrimPrefix(name, "/")]:
			out.WriteByte('\n')
		case name == "td" || name == "th":
			out.WriteByte(' ')
		}
	}
	out.WriteString(content)
	return html.UnescapeString(out.String())
}

// textTag reads a tag or comment at the start of HTML: its name in small letters,
// with a slash if it ends an element, and what follows.
func textTag(content string) (name, rest string, ok bool) {
	if strings.HasPrefix(content, "<!--") {
		return "!", textAfter(content[4:], "--"), true
	}
	end := strings.IndexByte(content, '>')
	if end < 2 || !textTagStart(content[1]) {
		return "", content, false
	}
	name = content[1:end]
	if i := strings.IndexAny(name[1:], " \t\r\n/"); i >= 0 {
		name = name[:i+1]
	}
	return strings.ToLower(name), content[end+1:], true
}

func textTagStart(c byte) bool {
	return c == '/' || c == '!' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// textAfter is what follows the first tag or mark that begins so, "" if none does.
func textAfter(content, mark string) string {
	at := strings.Index(strings.ToLower(content), mark)
	if at < 0 {
		return ""
	}
	content = content[at:]
	if end := strings.IndexByte(content, '>'); end >= 0 {
		return content[end+1:]
	}
	return ""
}
