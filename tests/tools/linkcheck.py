#!/usr/bin/env python3
"""A built site -> every link in it that leads nowhere, found without any help from the generator.

    python3 linkcheck.py BOOK [--agree] [--json] [--site-url URL] [--base PATH]

Every href, src, srcset, poster, meta refresh, CSS url(), sitemap and site.json entry must lead to a file
in the folder, every fragment to an id in that file; ids are unique; no link leaves the folder; <base>
is refused. Links must work when the site is opened from a disk, so an address may not begin with `/`
(but on 404.html, which is shown at any depth) nor name a folder in place of its index.html.
Addresses under the site's own URL are checked too; those of other hosts are listed, never fetched.

--agree compares with the generator's own account, site.json: the pages must be the same, every heading
id in a page's content must be among its anchors, and every anchor must be an id on the page.

Prints `file:line: message` for each problem and exits with 1 if there is one; 2 for wrong usage.
Knows nothing of Markdown, and of the generator only site.json. Python 3.9+, standard library only.
"""

import argparse
import json
import os
import posixpath
import re
import sys
from urllib.parse import unquote_to_bytes, urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import sitescan                                                      # noqa: E402

ELSEWHERE = {"mailto", "tel", "data"}                                # schemes that name no file
ABSOLUTE_ALLOWED = {"404.html"}
# Nobody wrote them: no source to list.
GENERATED = {"404.html", "contents.html", "glossary.html", "practice.html", "references.html", "search.html", "your-stories.html"}
PRINTED = {"print.html", "print-checklists.html", "print-cram.html", "print-interviewer.html", "print-stories.html"}


class Unusable(ValueError):
    """An address that cannot be turned into a path; the message says why."""


def decode(text, what):
    """Percent-decoding that refuses what a browser and a file system would read differently."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise Unusable(f"{what} has a % that encodes nothing")
    try:
        decoded = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        raise Unusable(f"{what} is not UTF-8 once decoded") from None
    return decoded


class Site:
    def __init__(self, root, site_url=None, base=None):
        self.root = root
        self.problems = []             # (file, line, message)
        self.links = []                # dicts, for --json
        self.external = {}             # address -> "file:line" of its first use
        self.files = set()
        self.folders = {""}
        for folder, _, names in os.walk(root):
            relative = os.path.relpath(folder, root).replace(os.sep, "/")
            prefix = "" if relative == "." else relative + "/"
            self.folders.add(prefix.rstrip("/"))
            self.files.update(prefix + name for name in names)
            for name in names:
                if os.path.islink(os.path.join(folder, name)):
                    self.problem(prefix + name, 1, "a symbolic link, which a host does not copy")
        self.scans = {}
        for path in sorted(self.files):
            scan = self.scan(path)
            if scan is not None:
                self.scans[path] = scan
        self.site_url = site_url or self.own_url()
        self.base = base or urlsplit(self.site_url or "").path or "/"

    def scan(self, path):
        extension = posixpath.splitext(path)[1]
        if path == "sitemap.xml":
            reader = sitescan.scan_sitemap
        else:
            reader = {".html": sitescan.scan_html, ".svg": sitescan.scan_html, ".css": sitescan.scan_css,
                      ".js": sitescan.scan_data_script}.get(extension)
        if reader is None:
            return None
        try:
            with open(os.path.join(self.root, path), encoding="utf-8", newline="") as file:
                return reader(file.read())
        except UnicodeDecodeError as error:
            self.problem(path, 1, f"not UTF-8: {error}")
            return None

    def own_url(self):
        """The site's address as its home page gives it, or None."""
        for link in self.scans.get("index.html", sitescan.Scan()).links:
            if "canonical" in link.rel.split() and urlsplit(link.address).scheme in ("http", "https"):
                return re.sub(r"[^/]*$", "", link.address)
        return None

    def problem(self, path, line, message):
        self.problems.append((path, line, message))

    def resolve(self, page, address, from_root=False):
        """(path in the folder, fragment), or None for an address elsewhere; Unusable when neither."""
        address = re.sub(r"[\t\n\r]", "", address.strip(" \t\n\r\f"))
        whole = False
        if self.site_url and (address + "/").startswith(self.site_url):
            address = "/" + address[len(self.site_url):]
            whole = True
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            if not parts.netloc:
                raise Unusable("a web address without a host")
            return None
        if parts.scheme in ELSEWHERE:
            return None
        if parts.scheme:
            raise Unusable(f"the scheme {parts.scheme}: is refused")
        if parts.netloc or address.startswith("//"):
            raise Unusable("a host without a scheme does not work from a disk")
        if "\\" in address:
            raise Unusable("holds a backslash, which browsers read as a slash")
        if re.search(r"%2f|%5c|%00", parts.path, re.I):
            raise Unusable("encodes a slash or a nought, which no two programs read alike")
        fragment = decode(parts.fragment.partition(":~:")[0], "the fragment")
        path = decode(parts.path, "the path")
        if not path:
            if from_root:
                raise Unusable("is empty")
            return page, fragment
        if whole:
            path = path[1:]
        elif path.startswith("/"):
            if page not in ABSOLUTE_ALLOWED:
                raise Unusable("begins with a slash and does not work from a disk")
            if not (path + "/").startswith(self.base):
                raise Unusable(f"is not under {self.base}")
            path = path[len(self.base):]
        elif not from_root:
            path = posixpath.join(posixpath.dirname(page), path)
        folder = path.endswith("/") or path in ("", ".", "..") or path.endswith(("/.", "/.."))
        path = posixpath.normpath(path) if path else "."
        if path == ".." or path.startswith("../"):
            raise Unusable("leaves the folder")
        path = "" if path == "." else path
        # A server answers a folder with its index; a disk shows a listing. Whole addresses are for servers.
        if folder or path in self.folders:
            if not (whole or page in ABSOLUTE_ALLOWED):
                raise Unusable("names a folder, which a disk answers with a listing")
            path = posixpath.join(path, "index.html")
        return path, fragment

    def check_fragment(self, target, fragment):
        """What is wrong with a fragment on an existing file, or None."""
        if not fragment or fragment.lower() == "top":
            return None
        scan = self.scans.get(target)
        extension = posixpath.splitext(target)[1]
        if extension in (".html", ".svg") and scan is not None:
            if fragment in scan.ids or fragment in scan.names:
                return None
            return f"no id {fragment!r} in {target}"
        if re.match(r"(t|page|xywh)=", fragment):        # media fragments, pages of a PDF
            return None
        return f"a fragment on {target}, which has no ids"

    def check_link(self, page, link, from_root=False):
        shown = f"{link.attribute} {link.address!r}"
        record = {"page": page, "line": link.line, "attribute": link.attribute, "address": link.address,
                  "target": None, "fragment": None}
        self.links.append(record)
        try:
            resolved = self.resolve(page, link.address, from_root)
        except (Unusable, ValueError) as error:
            self.problem(page, link.line, f"{shown}: {error}")
            return
        if resolved is None:
            if urlsplit(link.address).scheme in ("http", "https"):
                self.external.setdefault(link.address, f"{page}:{link.line}")
            return
        record["target"], record["fragment"] = resolved
        target, fragment = resolved
        if target not in self.files:
            near = next((f for f in self.files if f.lower() == target.lower()), None)
            hint = f"; {near} differs in case" if near else ""
            self.problem(page, link.line, f"{shown}: there is no file {target}{hint}")
            return
        trouble = self.check_fragment(target, fragment)
        if trouble:
            self.problem(page, link.line, f"{shown}: {trouble}")

    def check(self):
        for page, scan in self.scans.items():
            for line, message in scan.problems:
                self.problem(page, line, message)
            if page == "sitemap.xml" and not self.site_url:
                self.problem(page, 1, "a sitemap, but the site's URL is not known: give --site-url")
                continue
            for link in scan.links:
                if page == "sitemap.xml" and not (link.address + "/").startswith(self.site_url):
                    self.problem(page, link.line, f"{link.address} is not under {self.site_url}")
                    continue
                self.check_link(page, link, from_root=page.endswith(".js"))

    def check_site_json(self, agree):
        """site.json's entries exist; with `agree`, they are also all there is."""
        path = os.path.join(self.root, "site.json")
        if not os.path.isfile(path):
            if agree:
                self.problem("site.json", 1, "missing, so there is nothing to agree with")
            return
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
            pages = [(entry["url"], list(entry["anchors"])) for entry in json.loads(text)["pages"]]
        except (ValueError, KeyError, TypeError) as error:
            self.problem("site.json", 1, f"not of the expected shape: {error!r}")
            return
        listed = {}
        for url, anchors in pages:
            at = text.find(json.dumps(url, ensure_ascii=False))
            line = text.count("\n", 0, max(at, 0)) + 1
            try:
                target = self.resolve("site.json", url, from_root=True)
            except (Unusable, ValueError) as error:
                self.problem("site.json", line, f"url {url!r}: {error}")
                continue
            if target is None or target[0] not in self.files:
                self.problem("site.json", line, f"url {url!r}: there is no such file")
                continue
            if target[0] in listed:
                self.problem("site.json", line, f"url {url!r} is listed twice")
                continue
            listed[target[0]] = line
            if agree:
                self.compare_anchors(target[0], line, anchors)
        if agree:
            for page, scan in self.scans.items():
                # A listing stands beside the file that it shows: app.py.html by app.py.
                listing = page[:-len(".html")] in self.files
                if page.endswith(".html") and not (scan.redirect or listing or page in listed or page in GENERATED or page in PRINTED):
                    self.problem(page, 1, "a page that site.json does not list")

    def compare_anchors(self, page, line, anchors):
        scan = self.scans.get(page)
        if scan is None or not page.endswith(".html"):
            return
        for anchor in sorted({a for a in anchors if anchors.count(a) > 1}):
            self.problem("site.json", line, f"{page} lists the anchor {anchor!r} twice")
        for anchor in anchors:
            if anchor not in scan.ids:
                self.problem("site.json", line, f"{page} has no id {anchor!r}, which is listed as an anchor")
        for name in scan.headings.keys() - set(anchors):
            self.problem(page, scan.headings[name], f"the heading {name!r} is no anchor in site.json")


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="the built site")
    parser.add_argument("--agree", action="store_true", help="compare with site.json in both directions")
    parser.add_argument("--json", action="store_true", help="print every link, id and problem as JSON")
    parser.add_argument("--site-url", help="the site's own address (default: what index.html calls canonical)")
    parser.add_argument("--base", help="the path 404.html's links are under (default: the site URL's, else /)")
    args = parser.parse_args(argv)
    if not os.path.isdir(args.folder):
        parser.error(f"{args.folder} is no folder")
    slashed = {name: value if value is None or value.endswith("/") else value + "/"
               for name, value in (("site_url", args.site_url), ("base", args.base))}
    site = Site(args.folder, **slashed)
    pages = sorted(page for page in site.scans if page.endswith(".html"))
    if not pages:
        site.problem(".", 1, "there is no page here")
    site.check()
    site.check_site_json(args.agree)
    site.problems.sort()
    if args.json:
        print(json.dumps({
            "pages": [{"page": page, "ids": sorted(site.scans[page].ids),
                       "headings": list(site.scans[page].headings)} for page in pages],
            "links": site.links,
            "external": site.external,
            "problems": [{"file": f, "line": n, "message": m} for f, n, m in site.problems],
        }, ensure_ascii=False, indent=1))
    else:
        for path, line, message in site.problems:
            print(f"{posixpath.join(args.folder, path)}:{line}: {message}")
        inside = sum(1 for link in site.links if link["target"] is not None)
        print(f"{len(pages)} pages, {inside} links inside, {len(site.external)} addresses elsewhere, "
              f"{len(site.problems)} problems")
    return 1 if site.problems else 0


if __name__ == "__main__":
    sys.exit(main())
