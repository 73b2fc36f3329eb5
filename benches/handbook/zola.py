"""Pages -> a Zola site. Knows no other peer."""

import json

from .files import front, relink, save, sections_with_pages
from .pages import home_body
from .style import STYLE


def write_zola(root, pages, nav="section"):
    """Zola wants @/ links and one _index.md for each folder (not rendered as a page)."""
    config = """\
base_url = "https://handbook.example"
title = "Handbook"
default_language = "en"
build_search_index = %s

[markdown]
bottom_footnotes = true
"""
    highlighting = """
[markdown.highlighting]
style = "class"
theme = "github-light"
"""
    save(root, "config.toml", config % "true" + highlighting)
    save(root, "config-nosearch.toml", config % "false" + highlighting)
    save(root, "config-plain.toml", config % "false")
    save(root, "static/style.css", STYLE)
    # The sidebar: all sections, the pages of the current one. The other
    # sections are read with metadata_only, so their pages are not copied.
    # For the current one there are two templates: base.html asks Zola for the
    # section, the way themes do; base-data.html (used by page-data.html, see
    # --zola-nav) reads the list from a data file, which avoids a copy of every
    # page of the section, content and all, for each page that is rendered.
    sidebar = """\
<nav class="sidebar"><ul>
{%% set root = get_section(path="_index.md", metadata_only=true) -%%}
{%% set mine = current | default(value="") -%%}
{%% for path in root.subsections -%%}
{%% set s = get_section(path=path, metadata_only=true) -%%}
<li><a href="{{ s.extra.first }}">{{ s.title }}</a>
{%%- if path == mine %%}
<ul>
%s
</ul>
{%%- endif %%}</li>
{%% endfor %%}</ul></nav>
"""
    from_section = """\
{% set full = get_section(path=path) -%}
{% for p in full.pages -%}
<li><a href="{{ p.path }}"{% if p.path == page.path %} aria-current="page"{% endif %}>{{ p.title }}</a></li>
{% endfor -%}"""
    from_data = """\
{% set list = load_data(path=s.extra.nav) -%}
{% for p in list -%}
<li><a href="{{ p.path }}"{% if p.path == page.path %} aria-current="page"{% endif %}>{{ p.title }}</a></li>
{% endfor -%}"""
    base = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%% block title %%}{{ config.title }}{%% endblock %%}</title>
{%% block description %%}{%% endblock %%}
<link rel="stylesheet" href="/style.css">
<link rel="stylesheet" href="/giallo.css">
</head>
<body>
<header><a href="/">{{ config.title }}</a></header>
<div class="shell">
{%% if page %%}{%% set current = page.ancestors | last %%}{%% endif -%%}
%s{%% block content %%}{%% endblock %%}
</div>
</body>
</html>
"""
    page = """\
{%% extends "%s" %%}
{%% block title %%}{{ page.title }} | {{ config.title }}{%% endblock %%}
{%% block description %%}<meta name="description" content="{{ page.description }}">{%% endblock %%}
{%% block content -%%}
<main><h1>{{ page.title }}</h1>
{{ page.content | safe }}
<nav class="pager">
{%% if page.lower %%}<a rel="prev" href="{{ page.lower.path }}">{{ page.lower.title }}</a>{%% endif %%}
{%% if page.higher %%}<a rel="next" href="{{ page.higher.path }}">{{ page.higher.title }}</a>{%% endif %%}
</nav></main>
<nav class="toc"><ul>
{%% for h in page.toc %%}<li><a href="#{{ h.id }}">{{ h.title }}</a>{%% if h.children %%}<ul>
{%% for c in h.children %%}<li><a href="#{{ c.id }}">{{ c.title }}</a></li>{%% endfor %%}</ul>{%% endif %%}</li>
{%% endfor %%}</ul></nav>
{%%- endblock %%}
"""
    save(root, "templates/base.html", base % (sidebar % from_section))
    save(root, "templates/base-data.html", base % (sidebar % from_data))
    save(root, "templates/page.html", page % "base.html")
    save(root, "templates/page-data.html", page % "base-data.html")
    save(root, "templates/index.html", """\
{% extends "base.html" %}
{% block content -%}
<main><h1>{{ section.title }}</h1>
{{ section.content | safe }}</main>
{%- endblock %}
""")
    save(root, "templates/section.html", '{% extends "index.html" %}\n')

    def link(path, frag):
        return "@/" + path + frag

    save(root, "content/_index.md", front(title="Handbook", sort_by="weight") + relink(home_body(pages), "", link))
    for i, folder, title, group in sections_with_pages(pages):
        save(root, f"content/{folder}/_index.md",
             front(title=title, weight=i + 1, sort_by="weight", render=False,
                   page_template="page.html" if nav == "section" else "page-data.html",
                   extra={"first": f"/{group[0].url}/", "nav": f"nav/{folder}.json"}))
        save(root, f"nav/{folder}.json", json.dumps([{"title": p.title, "path": f"/{p.url}/"} for p in group]))
    for p in pages:
        save(root, "content/" + p.path,
             front(title=p.title, description=p.description, weight=p.number) + relink(p.body, p.folder, link))
