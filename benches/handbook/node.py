"""Pages -> a VitePress, a Starlight and an Eleventy site. Knows no other peer."""

import json

from .files import front, relink, save, sections_with_pages
from .pages import home_body
from .style import STYLE


def write_vitepress(root, pages):
    """Titles become an H1. One sidebar for each folder; footnotes and task lists are markdown-it plug-ins."""
    save(root, "package.json", json.dumps({"name": "handbook", "private": True, "type": "module"}) + "\n")
    sidebar = {}
    for _, folder, _, group in sections_with_pages(pages):
        items = []
        for _, other, title, others in sections_with_pages(pages):
            if other == folder:
                items.append({"text": title, "items": [{"text": p.title, "link": f"/{p.url}"} for p in group]})
            else:
                items.append({"text": title, "link": f"/{others[0].url}"})
        sidebar[f"/{folder}/"] = items
    save(root, ".vitepress/sidebar.json", json.dumps(sidebar))
    save(root, ".vitepress/config.mjs", """\
import { readFileSync } from 'node:fs'
import footnote from 'markdown-it-footnote'
import taskLists from 'markdown-it-task-lists'

const sidebar = JSON.parse(readFileSync(new URL('./sidebar.json', import.meta.url), 'utf8'))

export default {
  title: 'Handbook',
  metaChunk: process.env.BENCH_META_CHUNK === '1',
  markdown: { config: (md) => { md.use(footnote).use(taskLists) } },
  themeConfig: {
    sidebar,
    outline: [2, 3],
    ...(process.env.BENCH_SEARCH === '0' ? {} : { search: { provider: 'local' } })
  }
}
""")
    save(root, "index.md", front(title="Handbook") + "# Handbook\n\n" + home_body(pages))
    for p in pages:
        save(root, p.path, front(title=p.title, description=p.description) + f"# {p.title}\n\n" + p.body)


def write_starlight(root, pages):
    """Starlight does not resolve .md links, so they become site paths; the title is its H1."""
    save(root, "package.json", json.dumps({"name": "handbook", "private": True, "type": "module"}) + "\n")
    groups = [{"label": title, "collapsed": True, "autogenerate": {"directory": folder}}
              for _, folder, title, _ in sections_with_pages(pages)]
    save(root, "astro.config.mjs", """\
import { defineConfig } from 'astro/config'
import starlight from '@astrojs/starlight'

export default defineConfig({
  site: 'https://handbook.example',
  integrations: [starlight({
    title: 'Handbook',
    pagefind: process.env.BENCH_SEARCH !== '0',
    sidebar: %s
  })]
})
""" % json.dumps(groups))
    save(root, "src/content.config.mjs", """\
import { defineCollection } from 'astro:content'
import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) }
""")

    def link(path, frag):
        return f"/{path[:-3]}/{frag}"

    save(root, "src/content/docs/index.md", front(title="Handbook") + relink(home_body(pages), "", link))
    for p in pages:
        save(root, "src/content/docs/" + p.path,
             front(title=p.title, description=p.description) + relink(p.body, p.folder, link))


def write_eleventy(root, pages):
    """Eleventy with its Prism plug-in, its own link transform, and the same small theme in Nunjucks."""
    save(root, "package.json", json.dumps({"name": "handbook", "private": True, "type": "module"}) + "\n")
    save(root, "eleventy.config.js", """\
import { InputPathToUrlTransformPlugin, IdAttributePlugin } from '@11ty/eleventy'
import syntaxHighlight from '@11ty/eleventy-plugin-syntaxhighlight'
import footnote from 'markdown-it-footnote'
import taskLists from 'markdown-it-task-lists'

export default function (config) {
  config.addPlugin(syntaxHighlight)
  config.addPlugin(InputPathToUrlTransformPlugin)
  config.addPlugin(IdAttributePlugin)
  config.amendLibrary('md', (md) => { md.use(footnote).use(taskLists) })
  config.addPassthroughCopy({ static: '/' })
  config.addCollection('pages', (api) => api.getAll()
    .filter((p) => p.page.url && p.page.url !== '/')
    .sort((a, b) => (a.inputPath < b.inputPath ? -1 : 1)))
  const groups = new WeakMap()
  config.addFilter('inFolder', (pages, folder) => {
    if (!groups.has(pages)) groups.set(pages, Map.groupBy
      ? Map.groupBy(pages, (p) => p.page.url.split('/')[1])
      : pages.reduce((map, p) => {
          const key = p.page.url.split('/')[1]
          if (!map.has(key)) map.set(key, [])
          map.get(key).push(p)
          return map
        }, new Map()))
    return groups.get(pages).get(folder) ?? []
  })
  config.addFilter('near', (pages, url, step) => {
    const i = pages.findIndex((p) => p.page.url === url)
    return pages[i + step]
  })
  return {
    dir: { input: 'content', includes: '../layouts', data: '../data' },
    markdownTemplateEngine: false
  }
}
""")
    save(root, "static/style.css", STYLE)
    save(root, "data/sections.json", json.dumps(
        [{"folder": folder, "title": title, "first": f"/{group[0].url}/"}
         for _, folder, title, group in sections_with_pages(pages)]))
    save(root, "data/layout.json", json.dumps("page.njk"))
    save(root, "layouts/page.njk", """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} | Handbook</title>
<meta name="description" content="{{ description }}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">Handbook</a></header>
<div class="shell">
{%- set mine = page.url.split('/')[1] %}
<nav class="sidebar"><ul>
{% for s in sections -%}
<li><a href="{{ s.first }}">{{ s.title }}</a>
{%- if s.folder == mine %}
{%- set group = collections.pages | inFolder(mine) %}
<ul>
{% for p in group -%}
<li><a href="{{ p.url }}"{% if p.url == page.url %} aria-current="page"{% endif %}>{{ p.data.title }}</a></li>
{% endfor %}</ul>
{%- endif %}</li>
{% endfor %}</ul></nav>
<main><h1>{{ title }}</h1>
{{ content | safe }}
{%- set group = collections.pages | inFolder(mine) %}
<nav class="pager">
{%- set prev = group | near(page.url, -1) %}{%- set next = group | near(page.url, 1) %}
{% if prev %}<a rel="prev" href="{{ prev.url }}">{{ prev.data.title }}</a>{% endif %}
{% if next %}<a rel="next" href="{{ next.url }}">{{ next.data.title }}</a>{% endif %}
</nav></main>
</div>
</body>
</html>
""")
    save(root, "content/index.md", front(title="Handbook", description="A synthetic handbook") + home_body(pages))
    for p in pages:
        save(root, "content/" + p.path, front(title=p.title, description=p.description) + p.body)
