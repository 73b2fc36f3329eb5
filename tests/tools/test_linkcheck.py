"""Small broken folders -> the problems that linkcheck.py must find in them, and sound ones -> none.

    python3 -m unittest discover -s tests/tools
"""

import contextlib
import io
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import linkcheck                                                     # noqa: E402
import sitescan                                                      # noqa: E402


def page(body, head=""):
    return f"<!doctype html>\n<html lang=en><head><title>t</title>{head}</head>\n<body><main>\n{body}\n</main></body></html>\n"


def run(files, *options):
    """(exit status, output) of the checker over a folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            status = linkcheck.main([folder, *options])
        return status, out.getvalue().replace(folder + "/", "")


class Case(unittest.TestCase):
    def sound(self, files, *options):
        status, out = run(files, *options)
        self.assertEqual(status, 0, out)

    def broken(self, files, place, words, *options):
        """Exactly one problem, at `place`, whose message holds `words`. A page's body begins on line 4."""
        status, out = run(files, *options)
        problems = out.splitlines()[:-1]
        self.assertEqual(status, 1, out)
        self.assertEqual(len(problems), 1, out)
        self.assertTrue(problems[0].startswith(place + ": "), out)
        self.assertIn(words, problems[0])

    def one(self, body, words, extra=None, head="", line=None):
        line = line or (2 if head else 4)
        self.broken({"index.html": page(body, head), **(extra or {})}, f"index.html:{line}", words)


class Targets(Case):
    def test_a_link_to_a_file_a_fragment_and_another_host_are_sound(self):
        self.sound({
            "index.html": page('<h1 id="a">A</h1><a href="#a">1</a><a href="x/b.html#b-2">2</a><a href="#">3</a>'
                               '<a href="#top">4</a><a href="https://example.org/#no">5</a><a href="mailto:a@b">6</a>'
                               '<a href="">7</a><a href="?q=1">8</a><a href="x/b.html?q=1#b-2">9</a>'),
            "x/b.html": page('<h2 id="b-2">B</h2><a href="../index.html#a">back</a><a href="./b.html">self</a>'),
        })

    def test_a_missing_file(self):
        self.one('<a href="nowhere.html">x</a>', "there is no file nowhere.html")

    def test_a_missing_file_that_differs_in_case_says_so(self):
        self.one('<a href="Other.html">x</a>', "other.html differs in case", {"other.html": page("")})

    def test_a_missing_fragment_here_and_there(self):
        self.one('<a href="#no">x</a>', "no id 'no' in index.html")
        self.one('<a href="b.html#no">x</a>', "no id 'no' in b.html", {"b.html": page("")})

    def test_a_fragment_is_compared_with_its_case_kept(self):
        self.one('<p id="Yes"><a href="#yes">x</a>', "no id 'yes'")

    def test_a_fragment_on_a_file_without_ids(self):
        self.one('<a href="a.txt#l1">x</a>', "which has no ids", {"a.txt": "x"})

    def test_an_id_in_a_template_is_no_target(self):
        self.one('<template><p id="t"></p></template><a href="#t">x</a>', "no id 't'")

    def test_an_anchor_name_is_a_target(self):
        self.sound({"index.html": page('<a name="n"></a><a href="#n">x</a>')})

    def test_a_link_out_of_the_folder(self):
        self.one('<a href="../x.html">x</a>', "leaves the folder")
        self.one('<a href="a/../../x.html">x</a>', "leaves the folder")
        self.one('<a href="%2e%2e/x.html">x</a>', "leaves the folder")

    def test_a_folder_in_place_of_its_page(self):
        files = {"x/index.html": page("")}
        for address in ("x/", "x", ".", "./"):
            self.one(f'<a href="{address}">x</a>', "names a folder", files)

    def test_an_absolute_path_only_on_404(self):
        self.one('<a href="/b.html">x</a>', "does not work from a disk", {"b.html": page("")})
        self.sound({"index.html": page(""), "404.html": page('<a href="/index.html">x</a><a href="/">y</a>')})
        self.broken({"index.html": page(""), "404.html": page('<a href="/index.html">x</a>')},
                    "404.html:4", "is not under /book/", "--base", "/book")
        self.sound({"index.html": page(""), "404.html": page('<a href="/book/index.html">x</a>')}, "--base", "/book")
        self.sound({"index.html": page(""), "404.html": page('<a href="/book/index.html">x</a>')},
                   "--site-url", "https://example.org/book")

    def test_refused_forms(self):
        self.one('<a href="javascript:void(0)">x</a>', "the scheme javascript: is refused")
        self.one('<a href="file:///etc/passwd">x</a>', "the scheme file: is refused")
        self.one('<a href="//host/x">x</a>', "a host without a scheme")
        self.one('<a href="a\\b.html">x</a>', "backslash")
        self.one('<a href="https:///x">x</a>', "without a host")


class Decoding(Case):
    def test_a_path_and_a_fragment_are_decoded(self):
        self.sound({"index.html": page('<a href="caf%C3%A9%20bar.html#%C3%BC">x</a><a href="a%23b.html">y</a>'),
                    "café bar.html": page('<p id="ü">'), "a#b.html": page("")})

    def test_entities_are_decoded_before(self):
        self.sound({"index.html": page('<a href="a&amp;b.html">x</a>'), "a&b.html": page("")})

    def test_what_cannot_be_decoded(self):
        self.one('<a href="100%.html">x</a>', "encodes nothing", {"100%.html": page("")})
        self.one('<a href="%ff.html">x</a>', "not UTF-8")
        self.one('<a href="a%2fb.html">x</a>', "encodes a slash", {"a/b.html": page("")})


class Places(Case):
    def test_every_attribute_with_an_address(self):
        for body in ('<img src="no.png" alt="">', '<img srcset="no.png 2x" alt="">', '<video poster="no.png"></video>',
                     '<script src="no.png"></script>', '<source src="no.png">', '<track src="no.png">',
                     '<iframe src="no.png"></iframe>', '<object data="no.png"></object>',
                     '<form action="no.png"></form>', '<svg><use href="no.png"/></svg>',
                     '<svg><image xlink:href="no.png"/></svg>', '<div style="background:url(no.png)"></div>',
                     '<style>p{background:url("no.png")}</style>', '<input type="image" src="no.png">'):
            with self.subTest(body):
                self.one(body, "there is no file no.png")

    def test_head_elements(self):
        for head in ('<link rel="stylesheet" href="no.css">', '<link rel="canonical" href="no.css">',
                     '<meta http-equiv="refresh" content="0; url=no.css">',
                     "<meta http-equiv=refresh content=\"0;URL='no.css'\">",
                     '<meta property="og:image" content="no.css">'):
            with self.subTest(head):
                self.one("", "there is no file no.css", head=head)

    def test_base_is_refused(self):
        self.one("", "<base>", head='<base href="x/">')

    def test_a_srcset_is_read_to_its_end(self):
        self.assertEqual(sitescan.srcset("a.png 1x, b.png 2x,\nc,d.png, e.png 100w"),
                         ["a.png", "b.png", "c,d.png", "e.png"])      # a comma inside belongs to the address
        self.one('<img srcset="a.png 1x, b.png 2x" alt="">', "no file b.png", {"a.png": b"x"})

    def test_style_sheets_count_from_their_own_folder(self):
        files = {"index.html": page("", '<link rel=stylesheet href=css/a.css>'), "img/a.png": b"x", "css/b.css": ""}
        self.sound({**files, "css/a.css": "@import 'b.css';\n/* url(no.png) */ p{background:url(../img/a.png)}"
                                          "q{mask:url(#m)} i{background:url(data:image/png;base64,AA==)}"})
        self.broken({**files, "css/a.css": "/*\n*/\np{background:URL('img/a.png')}"}, "css/a.css:3", "no file css/img/a.png")
        self.broken({**files, "css/a.css": "@import \"c.css\";"}, "css/a.css:1", "no file css/c.css")

    def test_scripts_comments_and_text_are_not_links(self):
        self.sound({"index.html": page('<!-- <a href="no.html"> --><script>var a = \'<a href="no.html">\';</script>'
                                       '<p>&lt;a href="no.html"&gt;</p><p data="no.html"></p>')})

    def test_data_scripts_count_from_the_root(self):
        files = {"index.html": page(""), "a/b.html": page("")}
        self.sound({**files, "contents/root.js":
                    'prepbook.data("contents/root", {"chapters": [{"title": "B", "url": "a/b.html", "file": null}]});\n'})
        self.broken({**files, "contents/root.js": 'prepbook.data("contents/root", {"chapters": [{"url": "b.html"}]})'},
                    "contents/root.js:1", "no file b.html")
        self.broken({**files, "contents/root.js": "prepbook.data(\"contents/root\", {'a': 1})"},
                    "contents/root.js:1", "not JSON")


class Ids(Case):
    def test_an_id_twice(self):
        self.one('<p id="a"></p>\n<p id="a"></p>', "id 'a' is not unique: also on line 4", line=5)

    def test_an_empty_id_and_one_with_white_space(self):
        self.one('<p id=""></p>', "empty or holds white space")
        self.one('<p id="a b"></p>', "empty or holds white space")

    def test_an_attribute_twice(self):
        self.one('<p id="a" id="b"></p>', "has the attribute id twice")


class Folder(Case):
    def test_a_folder_without_a_page(self):
        self.broken({"a.txt": "x"}, ".:1", "no page")

    def test_a_page_that_is_not_utf_8(self):
        self.broken({"index.html": page(""), "b.html": b"\xff"}, "b.html:1", "not UTF-8")


class Sitemap(Case):
    HEAD = '<link rel="canonical" href="https://example.org/book/">'

    @staticmethod
    def sitemap(*addresses):
        return "<urlset>\n" + "\n".join(f"<url><loc>{a}</loc></url>" for a in addresses) + "\n</urlset>"

    def test_entries_under_the_canonical_address(self):
        files = {"index.html": page("", self.HEAD), "a.html": page("")}
        good = ["https://example.org/book/", "https://example.org/book/a.html"]
        self.sound({**files, "sitemap.xml": self.sitemap(*good)})
        self.broken({**files, "sitemap.xml": self.sitemap(*good, "https://example.org/book/b.html")},
                    "sitemap.xml:4", "there is no file b.html")
        self.broken({**files, "sitemap.xml": self.sitemap("https://example.com/book/a.html")},
                    "sitemap.xml:2", "not under https://example.org/book/")

    def test_whole_addresses_of_the_site_are_checked_on_pages_too(self):
        self.broken({"index.html": page('<a href="https://example.org/book/no.html">x</a>', self.HEAD)},
                    "index.html:4", "there is no file no.html")

    def test_a_sitemap_needs_an_address(self):
        self.broken({"index.html": page(""), "sitemap.xml": self.sitemap("https://example.org/")},
                    "sitemap.xml:1", "give --site-url")
        self.sound({"index.html": page(""), "sitemap.xml": self.sitemap("https://example.org/")},
                   "--site-url", "https://example.org")


class Agreement(Case):
    @staticmethod
    def site(*pages):
        return json.dumps({"pages": [{"url": url, "title": "t", "source": "s", "anchors": anchors, "hash": "0"}
                                     for url, anchors in pages]}, indent=1)

    INDEX = page('<nav><h2 id="chrome">N</h2></nav><h1 id="a">A</h1><p id="footnote"></p>')

    def test_entries_exist_even_without_agree(self):
        self.broken({"index.html": self.INDEX, "site.json": self.site(("no.html", []))}, "site.json:4", "no such file")

    def test_both_sides_agree(self):
        self.sound({"index.html": self.INDEX, "site.json": self.site(("index.html", ["a", "footnote"])),
                    "404.html": page(""), "contents.html": page(""), "practice.html": page(""),
                    "glossary.html": page(""), "references.html": page(""), "app.py.html": page(""), "app.py": "",
                    "old.html": page("", '<meta http-equiv="refresh" content="0; url=index.html">')}, "--agree")

    def test_each_way_to_disagree(self):
        for site, place, words in (
                (self.site(("index.html", [])), "index.html:4", "the heading 'a' is no anchor"),
                (self.site(("index.html", ["a", "b"])), "site.json:4", "has no id 'b'"),
                (self.site(("index.html", ["a", "a"])), "site.json:4", "anchor 'a' twice"),
                (self.site(("index.html", ["a"]), ("index.html", ["a"])), "site.json:4", "listed twice"),
                (self.site(), "index.html:1", "site.json does not list"),
                ("{}", "site.json:1", "not of the expected shape")):
            with self.subTest(words):
                files = {"index.html": self.INDEX, "site.json": site}
                status, out = run(files, "--agree")
                self.assertEqual(status, 1)
                self.assertIn(f"{place}: ", out)
                self.assertIn(words, out)

    def test_agreement_needs_the_file(self):
        self.broken({"index.html": self.INDEX}, "site.json:1", "missing", "--agree")


class Output(Case):
    def test_json_lists_links_ids_and_problems(self):
        status, out = run({"index.html": page('<h1 id="a">A</h1><a href="b.html#x">1</a>\n'
                                              '<a href="https://example.org/">2</a>'),
                           "b.html": page("")}, "--json")
        found = json.loads(out)
        self.assertEqual(status, 1)
        self.assertEqual(found["links"][0], {"page": "index.html", "line": 4, "attribute": "href",
                                             "address": "b.html#x", "target": "b.html", "fragment": "x"})
        self.assertEqual(found["external"], {"https://example.org/": "index.html:5"})
        self.assertEqual(found["pages"][1], {"page": "index.html", "ids": ["a"], "headings": ["a"]})
        self.assertEqual([p["line"] for p in found["problems"]], [4])


if __name__ == "__main__":
    unittest.main()
