"""A number of pages and a seed -> the pages, titles and links included. Knows nothing of any generator's layout."""

import posixpath
import random
import re
from dataclasses import dataclass, field

from .code import fenced
from .prose import Words, anchor
from .vocabulary import HEADINGS, SECTIONS, SENTENCES, TITLES


@dataclass
class Page:
    number: int            # 1-based, over the whole handbook
    section: int           # index into SECTIONS
    title: str
    description: str
    token: str
    headings: list         # [(level, text), ...], texts unique in the page
    path: str              # "3-guides/00042-some-slug.md"
    words: Words = field(repr=False)
    body: str = ""

    @property
    def folder(self):
        return SECTIONS[self.section][0]

    @property
    def slug(self):
        """The path without its page number: 3-guides/some-slug.md"""
        return re.sub(r"/\d+-", "/", self.path)

    def rename(self, title):
        self.title = title
        self.path = page_path(self.section, self.number, title)

    @property
    def url(self):
        """The page's address without extension: 3-guides/00042-some-slug"""
        return self.path[:-3]


def page_path(section, number, title):
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{SECTIONS[section][0]}/{number:05d}-{slug}.md"


def plan_page(index, total, seed):
    """Everything about a page that other pages may refer to."""
    rng = random.Random(f"{seed}/page/{index}")
    w = Words(rng)
    title = w.fill(rng.choice(TITLES))
    headings, used = [], set()
    for _ in range(rng.randint(5, 6)):
        for level in [2] + [3] * rng.choice((0, 1, 1, 2)):
            text = w.fill(rng.choice(HEADINGS))
            while text.lower() in used:
                text = w.fill(rng.choice(HEADINGS))
            used.add(text.lower())
            headings.append((level, text))
    section = index * len(SECTIONS) // total
    return Page(
        number=index + 1,
        section=section,
        title=title,
        description=w.fill("How {x} can {v} a {a} {n}, and what the {n} does when the {n} is {a}."),
        token=f"token-{rng.getrandbits(32):08x}",
        headings=headings,
        path=page_path(section, index + 1, title),
        words=w,
    )


def link_sentences(page, pages, count):
    """`count` sentences that each link to another page."""
    rng, out = page.words.rng, []
    same = [p for p in pages_in(pages, page.section) if p is not page]
    for _ in range(count):
        target = page
        while target is page:
            target = rng.choice(same) if same and rng.random() < 0.6 else rng.choice(pages)
        href = posixpath.relpath(target.path, page.folder)
        if rng.random() < 0.5:
            href += "#" + anchor(rng.choice(target.headings)[1])
        label = target.title
        out.append(rng.choice([
            f"For the details, see [{label}]({href}).",
            f"This builds on [{label}]({href}), which you should read first.",
            f"The steps are the same as in [{label}]({href}), in another order.",
            f"If that does not help, [{label}]({href}) lists the other cases.",
        ]))
    return out


_by_section = {}


def pages_in(pages, section):
    """The pages of one section (cached per page list)."""
    key = id(pages)
    if key not in _by_section:
        groups = [[] for _ in SECTIONS]
        for p in pages:
            groups[p.section].append(p)
        _by_section[key] = groups
    return _by_section[key][section]


def table(w):
    rows = ["| Setting | Type | Default | Meaning |", "| --- | --- | ---: | --- |"]
    for _ in range(w.rng.randint(4, 7)):
        kind = w.rng.choice(["integer", "string", "boolean", "duration"])
        rows.append(f"| `{w.field()}` | {kind} | {w.number()} | {w.fill('{V} the {a} {n} before the {n}')} |")
    return "\n".join(rows)


def task_list(w):
    return "\n".join(
        f"- [{w.rng.choice('x ')}] {w.fill('{V} the {a} {n} and {v} its {n}')}" for _ in range(w.rng.randint(4, 6))
    )


def bullet_list(w):
    return "\n".join(
        w.fill("* **{a} {n}**: {v} it with {c}") for _ in range(w.rng.randint(3, 5))
    )


def write_body(page, pages):
    """Fill in page.body: the markdown after the front matter, without an H1."""
    w, rng = page.words, page.words.rng
    target = rng.randint(1000, 1400)

    def paragraph(n):
        return [w.fill(rng.choice(SENTENCES)) for _ in range(n)]

    # A lead, then one list of blocks for each heading. A block is finished
    # markdown, or a list of sentences that is still open for more.
    intro = [" ".join(paragraph(3)), f"Build marker: {page.token}."]
    slots = [[paragraph(rng.choice((1, 1, 2)))] for _ in page.headings]

    languages = rng.sample(["python", "java", "javascript", "bash", "json", "yaml"], 3)
    specials = [fenced(w, lang) for lang in languages]
    specials += [table(w), task_list(w), bullet_list(w), "> " + " ".join(paragraph(2))]
    for block in specials:
        rng.choice(slots).append(block)
    for sentence in link_sentences(page, pages, rng.randint(4, 8)):
        rng.choice(slots)[0].append(sentence)
    rng.choice(slots)[0][-1] += "[^note]"
    note = "[^note]: " + w.fill(rng.choice(SENTENCES))

    def text():
        parts = list(intro)
        for (level, heading), blocks in zip(page.headings, slots):
            parts.append("#" * level + " " + heading)
            parts += [" ".join(b) if isinstance(b, list) else b for b in blocks]
        return "\n\n".join(parts + [note]) + "\n"

    words = len(text().split())
    while words < target:
        extra = paragraph(rng.randint(2, 4))
        rng.choice(slots).append(extra)
        words += len(" ".join(extra).split())
    page.body = text()


def build_pages(total, seed):
    pages = [plan_page(i, total, seed) for i in range(total)]
    taken = set()
    for page in pages:
        # A generator that strips numbers from addresses would see two pages in one place. In the default
        # seed this meets one page of 10,000 and none of 5,000.
        if page.slug in taken:
            page.rename(f"{page.title} once more")
        taken.add(page.slug)
    for page in pages:
        write_body(page, pages)
    return pages


def home_body(pages):
    lines = ["This handbook is generated text, for timing site generators.", ""]
    for i, (_, title) in enumerate(SECTIONS):
        group = pages_in(pages, i)
        if group:
            lines.append(f"- [{title}]({group[0].path}): {len(group)} pages")
    return "\n".join(lines) + "\n"
