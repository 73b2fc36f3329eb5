"""Pages -> the neutral form, which prepbook reads as it is, and mdBook's, Material's and Zensical's, which are close to it."""

import os

from .files import front, save, sections_with_pages
from .pages import home_body


def write_neutral(root, pages):
    save(root, "index.md", front(title="Handbook", description="A synthetic handbook") + home_body(pages))
    for p in pages:
        save(root, p.path, front(title=p.title, description=p.description) + p.body)


def write_mdbook(root, pages):
    """mdBook reads no front matter and takes the title from an H1; SUMMARY.md is its navigation."""
    save(root, "book.toml", """\
[book]
title = "Handbook"
language = "en"

[output.html]
default-theme = "light"

[output.html.fold]
enable = true
level = 0

[output.html.print]
enable = false

[output.html.search]
enable = true
""")
    save(root, "src/index.md", "# Handbook\n\n" + home_body(pages))
    summary = ["# Summary", "", "[Handbook](index.md)", ""]
    for _, _, title, group in sections_with_pages(pages):
        summary.append(f"- [{title}]()")
        summary += [f"  - [{p.title}]({p.path})" for p in group]
    save(root, "src/SUMMARY.md", "\n".join(summary) + "\n")
    for p in pages:
        save(root, "src/" + p.path, f"# {p.title}\n\n" + p.body)


def mkdocs_yml(pages, search=True, prune=True):
    features = ["navigation.footer", "content.code.copy"] + (["navigation.prune"] if prune else [])
    lines = ["site_name: Handbook", "site_url: https://handbook.example/", "use_directory_urls: true",
             "theme:", "  name: material", "  font: false", "  features:"]
    lines += [f"    - {f}" for f in features]
    lines += ["plugins:\n  - search" if search else "plugins: []",
              "markdown_extensions:", "  - attr_list", "  - footnotes", "  - tables",
              "  - toc:\n      permalink: true", "  - pymdownx.highlight", "  - pymdownx.superfences",
              "  - pymdownx.tasklist:\n      custom_checkbox: true",
              "nav:", "  - Handbook: index.md"]
    for _, _, title, group in sections_with_pages(pages):
        lines.append(f"  - {title}:")
        lines += [f"      - {p.path}" for p in group]
    return "\n".join(lines) + "\n"


def write_mkdocs(root, pages):
    """The neutral pages and an mkdocs.yml; Material adds the H1 from the title."""
    save(root, "mkdocs.yml", mkdocs_yml(pages))
    save(root, "mkdocs-nosearch.yml", mkdocs_yml(pages, search=False))
    save(root, "mkdocs-noprune.yml", mkdocs_yml(pages, prune=False))
    write_neutral(os.path.join(root, "docs"), pages)
