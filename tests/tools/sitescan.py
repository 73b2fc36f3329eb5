"""One file of a built site -> the links it holds, the ids it offers, and what is wrong with the file itself.

Reads HTML (and SVG, as HTML) with html.parser, CSS and sitemaps with regular expressions, and data
scripts (`prepbook.data(name, json)`) as JSON. Knows nothing of other files: whether a target exists
is linkcheck.py's question.

Python 3.9+, standard library only.
"""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Attributes that hold one address. `href` counts on every element (a, link, area, SVG's use and image).
ADDRESSES = {"href", "src", "poster", "data", "action", "formaction", "xlink:href", "background", "longdesc"}
ADDRESS_LISTS = {"srcset", "imagesrcset"}
# `data` is an address on <object> only; elsewhere it is nobody's attribute.
ONLY_ON = {"data": {"object"}, "action": {"form"}, "background": {"body", "table", "td", "th"}}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# A heading in one of these is the theme's, not the author's.
CHROME = {"nav", "header", "footer"}
META_ADDRESSES = {"og:url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"}


@dataclass
class Link:
    line: int
    attribute: str       # "href", "srcset", "css url", "refresh", ...
    address: str
    rel: str = ""        # of a <link>


@dataclass
class Scan:
    links: list = field(default_factory=list)
    ids: dict = field(default_factory=dict)        # id -> line of its first use
    names: set = field(default_factory=set)        # <a name>: a fragment may point there too
    headings: dict = field(default_factory=dict)   # id -> line, headings of the content only
    problems: list = field(default_factory=list)   # (line, message)
    redirect: bool = False                         # a page that only sends the reader on


def srcset(value):
    """The addresses of a srcset: candidates parted by commas, each with an optional descriptor."""
    found, rest = [], value
    while True:
        rest = rest.lstrip(" \t\n\r\f,")
        if not rest:
            return found
        address = re.match(r"\S+", rest).group(0)
        rest = rest[len(address):]
        if address.endswith(","):                  # no descriptor: the comma ends the candidate
            address = address.rstrip(",")
        else:
            rest = rest.partition(",")[2]
        found.append(address)


CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
CSS_URL = re.compile(
    r"""\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.I)


def css_links(text, line=1):
    """The url() and @import addresses of a style sheet; `url(#id)` means the document and is left out."""
    text = CSS_COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
    links = []
    for match in CSS_URL.finditer(text):
        address = next((g for g in match.groups() if g is not None), "")
        if address.startswith("#"):
            continue
        links.append(Link(line + text.count("\n", 0, match.start()), "css url", address))
    return links


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.scan = Scan()
        self.open = []             # names of the open elements
        self.style = None          # (line, pieces) inside <style>

    def handle_startendtag(self, tag, attrs):
        # In HTML the slash means nothing; only SVG and MathML close themselves.
        self.handle_starttag(tag, attrs)
        if tag not in VOID and ("svg" in self.open or "math" in self.open):
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        line = self.getpos()[0]
        names = [name for name, _ in attrs]
        for name in sorted({n for n in names if names.count(n) > 1}):
            self.scan.problems.append((line, f"<{tag}> has the attribute {name} twice"))
        values = {name: value or "" for name, value in reversed(attrs)}   # the first of two wins
        if tag == "base":
            self.scan.problems.append((line, "<base> changes what every link means and is refused"))
        if tag == "meta":
            self.meta(line, values)
        if tag == "style":
            self.style = (line, [])
        # What stands in a <template> is not in the document, so its ids are no targets.
        if "template" not in self.open:
            self.identify(tag, line, values)
        self.addresses(tag, line, values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag == "style" and self.style:
            line, pieces = self.style
            self.scan.links += css_links("".join(pieces), line)
            self.style = None
        if tag in self.open:
            # Closing a parent closes the children that HTML lets stay open (p, li, td ...).
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.style:
            self.style[1].append(data)

    def meta(self, line, values):
        if values.get("http-equiv", "").lower() == "refresh":
            match = re.match(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*(.*)", values.get("content", ""), re.I | re.S)
            address = match.group(1).strip().strip("\"'")
            if address:                            # without one the page only reloads itself
                self.scan.redirect = True
                self.scan.links.append(Link(line, "refresh", address))
        name = (values.get("property") or values.get("name") or "").lower()
        if name in META_ADDRESSES and values.get("content"):
            self.scan.links.append(Link(line, name, values["content"]))

    def identify(self, tag, line, values):
        if "id" in values:
            name = values["id"]
            if not name or re.search(r"[ \t\n\r\f]", name):
                self.scan.problems.append((line, f"id {name!r} is empty or holds white space"))
            elif name in self.scan.ids:
                self.scan.problems.append((line, f"id {name!r} is not unique: also on line {self.scan.ids[name]}"))
            else:
                self.scan.ids[name] = line
                if tag in HEADINGS and "main" in self.open and not CHROME.intersection(self.open):
                    self.scan.headings[name] = line
        if tag == "a" and values.get("name"):
            self.scan.names.add(values["name"])

    def addresses(self, tag, line, values):
        for name, value in values.items():
            if name in ADDRESSES and tag in ONLY_ON.get(name, {tag}) and tag != "base":
                self.scan.links.append(Link(line, name, value, values.get("rel", "") if tag == "link" else ""))
            elif name in ADDRESS_LISTS:
                self.scan.links += [Link(line, name, address) for address in srcset(value)]
            elif name == "style":
                self.scan.links += css_links(value, line)


def scan_html(text):
    page = Page()
    page.feed(text)
    page.close()
    return page.scan


def scan_css(text):
    return Scan(links=css_links(text))


def scan_sitemap(text):
    """`<loc>` of a sitemap; the addresses in it are whole ones."""
    scan = Scan()
    for match in re.finditer(r"<loc>\s*(.*?)\s*</loc>", text, re.S):
        address = re.sub(r"&(amp|lt|gt|quot|apos);",
                         lambda m: {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}[m.group(1)],
                         match.group(1))
        scan.links.append(Link(text.count("\n", 0, match.start()) + 1, "loc", address))
    if not scan.links:
        scan.problems.append((1, "the sitemap lists no page"))
    return scan


DATA_SCRIPT = re.compile(r"""\s*prepbook\.data\(\s*("(?:[^"\\]|\\.)*")\s*,\s*(.*)\)\s*;?\s*$""", re.S)


def scan_data_script(text):
    """`url` and `file` in a data script, which count from the site's root; None for any other script."""
    match = DATA_SCRIPT.match(text)
    if not match:
        return None
    scan = Scan()
    try:
        value = json.loads(match.group(2))
    except ValueError as error:
        scan.problems.append((1, f"the data is not JSON: {error}"))
        return scan

    def visit(value):
        if isinstance(value, dict):
            for key in ("url", "file"):
                if isinstance(value.get(key), str):
                    scan.links.append(Link(1, f"data {key}", value[key]))
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                visit(item)
    visit(value)
    return scan
