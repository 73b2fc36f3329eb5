"""Pages -> a Hugo site. Knows no other peer."""

from .files import front, save, sections_with_pages
from .pages import home_body
from .style import CHROMA, STYLE


def write_hugo(root, pages, nav="plain"):
    """Hugo takes relative .md links through a render hook; folders have an _index.md that is not rendered."""
    # The sidebar is rendered anew for each page, as most themes do, or (cached)
    # once for each section, with the mark of the current page put in by a text
    # replacement. The HTML is the same, but that on the first page of a section
    # the section's own link is marked too.
    mark = '{{ if eq . $page }} aria-current="page"{{ end }}'
    if nav == "cached":
        mark = ""
        sidebar = """\
{{ $nav := partialCached "sidebar.html" . .CurrentSection.Path -}}
{{ $link := printf "href=%q" .RelPermalink -}}
{{ replace $nav (printf `%s>` $link) (printf `%s aria-current="page">` $link) | safeHTML }}"""
    else:
        sidebar = '{{ partial "sidebar.html" . }}'
    save(root, "hugo.toml", """\
baseURL = "https://handbook.example/"
title = "Handbook"
locale = "en"
disableKinds = ["taxonomy", "term", "RSS"]

[markup.highlight]
noClasses = false

[markup.tableOfContents]
startLevel = 2
endLevel = 3
""")
    save(root, "static/style.css", STYLE + CHROMA)
    save(root, "layouts/baseof.html", """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} | {{ site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">{{ site.Title }}</a></header>
<div class="shell">
%s
{{ block "main" . }}{{ end }}
</div>
</body>
</html>
""" % sidebar)
    save(root, "layouts/_partials/sidebar.html", """\
{{- $page := . -}}
<nav class="sidebar"><ul>
{{ range site.Home.Sections.ByWeight -}}
<li><a href="{{ (index .RegularPages 0).RelPermalink }}">{{ .Title }}</a>
{{- if eq . $page.CurrentSection }}
<ul>
{{ range .RegularPages -}}
<li><a href="{{ .RelPermalink }}"%s>{{ .Title }}</a></li>
{{ end -}}
</ul>
{{- end }}</li>
{{ end }}</ul></nav>
""" % mark)
    save(root, "layouts/page.html", """\
{{ define "main" -}}
<main><h1>{{ .Title }}</h1>
{{ .Content }}
<nav class="pager">
{{ with .NextInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</nav></main>
<nav class="toc">{{ .TableOfContents }}</nav>
{{- end }}
""")
    save(root, "layouts/home.html", """\
{{ define "main" -}}
<main><h1>{{ .Title }}</h1>
{{ .Content }}</main>
{{- end }}
""")
    save(root, "layouts/_markup/render-link.html", """\
{{- $u := urls.Parse .Destination -}}
{{- $href := .Destination -}}
{{- if and (not $u.IsAbs) (strings.HasSuffix $u.Path ".md") -}}
  {{- with .PageInner.GetPage $u.Path -}}
    {{- $href = .RelPermalink -}}
    {{- with $u.Fragment }}{{ $href = printf "%s#%s" $href . }}{{ end -}}
  {{- else -}}
    {{- errorf "%s: no page for the link %s" $.PageInner.Path $.Destination -}}
  {{- end -}}
{{- end -}}
<a href="{{ $href | safeURL }}">{{ .Text }}</a>
{{- /* no newline */ -}}
""")
    save(root, "content/_index.md", front(title="Handbook") + home_body(pages))
    for i, folder, title, _ in sections_with_pages(pages):
        save(root, f"content/{folder}/_index.md",
             front(title=title, weight=i + 1, build={"render": "never", "list": "always"}))
    for p in pages:
        save(root, "content/" + p.path, front(title=p.title, description=p.description, weight=p.number) + p.body)
