"""Packages as Cargo tells of them, small folders and small lists -> what licences.py must say of them.

    python3 -m unittest discover -s tests/tools
"""

import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import licences                                                      # noqa: E402

ALLOW = ["MIT", "Apache-2.0", "ISC", "BSD-3-Clause"]
DENY = '[licenses]\nallow = ["MIT", "ISC"]\n\n[bans]\nallow = ["no licence"]\n'


def package(**fields):
    return {"name": "a", "version": "1.0.0", "license": "MIT", "source": licences.REGISTRY, "manifest_path": "/crates/a/Cargo.toml",
            "targets": [{"kind": ["lib"]}], **fields}


class Choices(unittest.TestCase):
    def test_the_first_that_is_allowed_is_chosen(self):
        for expression, expected in [
            ("MIT", ["MIT"]),
            ("Apache-2.0 OR MIT", ["MIT"]),
            ("Unlicense/MIT", ["MIT"]),
            ("Apache-2.0 / MIT", ["MIT"]),
            ("MIT OR Apache-2.0 OR LGPL-2.1-or-later", ["MIT"]),
            ("Zlib OR ISC", ["ISC"]),
            ("(Apache-2.0 OR MIT) AND BSD-3-Clause", ["MIT", "BSD-3-Clause"]),
            ("MIT OR Apache-2.0 AND GPL-3.0", ["MIT"]),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0", ["Apache-2.0"]),
        ]:
            self.assertEqual(licences.chosen(expression, ALLOW), expected, expression)

    def test_what_is_not_allowed_is_not_chosen(self):
        for expression in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0 WITH LLVM-exception", "(MIT OR ISC) AND MPL-2.0"]:
            self.assertIsNone(licences.chosen(expression, ALLOW), expression)

    def test_an_expression_that_is_none_stops_the_run(self):
        for expression in ["", "MIT OR", "(MIT", "MIT ISC", "MIT AND OR ISC", "OR MIT"]:
            with self.assertRaises(licences.Wrong, msg=expression):
                licences.chosen(expression, ALLOW)

    def test_the_list_is_that_of_licences_and_of_nothing_else(self):
        self.assertEqual(licences.allowed(DENY), ["MIT", "ISC"])
        for text in ["", "[bans]\nallow = []\n", "[licenses]\nunused = 1\n[bans]\nallow = []\n"]:
            with self.assertRaises(licences.Wrong, msg=text):
                licences.allowed(text)


class Packages(unittest.TestCase):
    def problems(self, *packages, lock=""):
        return licences.package_problems(list(packages), lock, ALLOW, root="/book")

    def test_crates_and_folders_of_the_repository_are_sound(self):
        self.assertEqual(self.problems(package(), package(source=None, manifest_path="/book/vendor/a/Cargo.toml")), [])

    def test_other_places_and_licences_are_reported(self):
        git = "git+https://example.org/a#1234"
        for words, found in [
            ("is from git", self.problems(lock=f'[[package]]\nname = "a"\nsource = "{git}"\n')),
            ("is from " + git, self.problems(package(source=git))),
            ("is from registry+https://example.org", self.problems(package(source="registry+https://example.org"))),
            ("outside this repository", self.problems(package(source=None, manifest_path="/bookshop/a/Cargo.toml"))),
            ("says no licence", self.problems(package(license=None))),
            ("GPL-3.0 cannot be met", self.problems(package(license="GPL-3.0"))),
        ]:
            self.assertEqual(len(found), 1, found)
            self.assertIn(words, found[0])

    def test_macros_and_what_only_builds_or_tests_are_not_in_the_binary(self):
        def dep(name, kind=None):
            return {"pkg": name, "dep_kinds": [{"kind": kind, "target": None}]}
        data = {
            "resolve": {"root": "us", "nodes": [
                {"id": "us", "deps": [dep("a"), dep("macro"), dep("cc", "build"), dep("proptest", "dev")]},
                {"id": "a", "deps": [dep("b")]}, {"id": "macro", "deps": [dep("syn")]},
                *({"id": name, "deps": []} for name in ("b", "syn", "cc", "proptest")),
            ]},
            "packages": [package(id=name, name=name) for name in ("us", "a", "b", "syn", "cc", "proptest")]
            + [package(id="macro", name="macro", targets=[{"kind": ["proc-macro"]}])],
        }
        self.assertEqual(sorted(found["name"] for found in licences.compiled(data)), ["a", "b"])


class Folders(unittest.TestCase):
    def folder(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for path, text in files.items():
            full = os.path.join(folder.name, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        return folder.name

    def test_the_text_is_the_file_that_has_this_licence_and_no_other(self):
        both = "Apache License\n" + licences.MIT
        folder = self.folder({"COPYING": both, "LICENSE-MIT": licences.MIT, "LICENSE-APACHE": "Apache License", "src.txt": "ISC"})
        self.assertEqual(list(licences.texts(folder, ["MIT", "Apache-2.0"])), [("MIT", licences.MIT), ("Apache-2.0", "Apache License")])
        with self.assertRaises(licences.Wrong):
            list(licences.texts(folder, ["ISC"]))

    def test_a_licence_in_a_comment_is_the_part_between_its_rules(self):
        text = "/**\n * From elsewhere:\n * ---\n * One\n *\n * be used to\n * endorse\n * ---\n */\nfn main() {}\n"
        self.assertEqual(licences.comment(text, "be used to endorse"), "One\n\nbe used to\nendorse")
        with self.assertRaises(licences.Wrong):
            licences.comment(text, "fn main")

    def test_what_is_vendored_has_a_record_with_an_allowed_licence(self):
        def record(licence="MIT"):
            return json.dumps({"name": "x", "version": "1", "license": licence, "files": {"a.js": ""}, "added": {"ours.js": ""}})
        sound = {"deny.toml": DENY, "vendor/x.json": record(), "vendor/x/a.js": "", "vendor/x/ours.js": "", "themes/t/js/main.js": ""}
        # Files beside the folders of vendor/ are ours: records, patches, notes.
        self.assertEqual(licences.vendor_problems(self.folder(sound)), [])
        for words, more in [("vendor/x/b.js", {"vendor/x/b.js": ""}), ("themes/t/js/vendor/c.js", {"themes/t/js/vendor/c.js": ""}),
                            ("vendor/x.json: GPL-3.0", {"vendor/x.json": record("GPL-3.0")}), ("vendor/y/z.c", {"vendor/y/z.c": ""})]:
            found = licences.vendor_problems(self.folder({**sound, **more}))
            self.assertEqual(len(found), 1, found)
            self.assertIn(words, found[0])


if __name__ == "__main__":
    unittest.main()
