"""Small folders and tags, a runner that is made up -> what .ci/ must make of them.

    python3 -m unittest discover -s tests/tools
"""

import contextlib
import hashlib
import importlib.util
import io
import os
import pathlib
import subprocess
import tarfile
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CI = ROOT / ".ci"


def load(name):
    spec = importlib.util.spec_from_file_location(name, CI / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


release, notes = load("release"), load("notes")


class Archives(unittest.TestCase):
    FILES = [("prepbook", b"\x7fELF", 0o755), ("README.md", b"# prepbook\n", 0o644)]

    def test_an_archive_has_the_files_in_a_folder_and_the_commits_time(self):
        with tarfile.open(fileobj=io.BytesIO(release.packed(self.FILES, "prepbook-1", 1_700_000_000, False))) as archive:
            found = [(item.name, item.mode, item.mtime, item.uid, item.uname) for item in archive]
        self.assertEqual(found, [("prepbook-1/prepbook", 0o755, 1_700_000_000, 0, ""), ("prepbook-1/README.md", 0o644, 1_700_000_000, 0, "")])
        with zipfile.ZipFile(io.BytesIO(release.packed(self.FILES, "prepbook-1", 1_700_000_000, True))) as archive:
            self.assertEqual(archive.namelist(), ["prepbook-1/prepbook", "prepbook-1/README.md"])
            self.assertEqual(archive.read("prepbook-1/README.md"), b"# prepbook\n")
            self.assertEqual(archive.infolist()[0].date_time, (2023, 11, 14, 22, 13, 20))

    def test_the_same_files_are_the_same_bytes(self):
        for as_zip in [False, True]:
            one, two = (release.packed(self.FILES, "prepbook-1", 1_700_000_000, as_zip) for _ in range(2))
            self.assertEqual(one, two)
            self.assertNotEqual(one, release.packed(self.FILES, "prepbook-1", 1_700_000_002, as_zip))

    def test_what_goes_into_an_archive_is_there(self):
        for name in release.BESIDE:
            self.assertTrue((ROOT / name).is_file(), name)


class Notes(unittest.TestCase):
    CHANGELOG = "# Changelog\n\n## Unreleased\n\n- c\n\n## 1.1.0 - 2026-12-01\n\n### The generator\n\n- b\n\n## 1.0.0 - 2026-11-01\n\n- a\n"

    def run_in(self, tag, changelog, version="1.1.0"):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "Cargo.toml").write_text(f'[package]\nversion = "{version}"\n\n[dependencies]\nversion = "9"\n', encoding="utf-8")
            (folder / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                return notes.main([tag], folder), out.getvalue()

    def test_notes_are_the_section_of_the_tag(self):
        self.assertEqual(self.run_in("v1.1.0", self.CHANGELOG), (0, "### The generator\n\n- b\n"))
        self.assertEqual(self.run_in("v1.0.0", self.CHANGELOG, "1.0.0"), (0, "- a\n"))

    def test_a_tag_that_nothing_belongs_to_has_none(self):
        for tag, version, words in [("v1.2.0", "1.1.0", "Cargo.toml has version 1.1.0"), ("1.1.0", "1.1.0", "the tag is 1.1.0"),
                                    ("v1.2.0", "1.2.0", "no section"), ("v1x1.0", "1x1.0", "no section")]:
            status, said = self.run_in(tag, self.CHANGELOG, version)
            self.assertEqual(status, 1, tag)
            self.assertIn(words, said)


class Action(unittest.TestCase):
    """.ci/action.sh on a runner whose `gh` has a folder for GitHub's releases."""

    GH = '#!/usr/bin/env bash\necho "$@" >>"$RUNNER_TEMP/asked"\nwhile [ "$1" != --dir ]; do shift; done\ncp "$RELEASE"/* "$2"\n'
    PREPBOOK = '#!/bin/sh\nprintf "%s|" "$@"\nexit 1\n'

    def run_with(self, sums=None, **variables):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in ["bin", "release", "temp", "action", "repository"]:
                (folder / name).mkdir()
            gh = folder / "bin" / "gh"
            gh.write_text(self.GH, encoding="utf-8")
            gh.chmod(0o755)
            (folder / "action" / "Cargo.toml").write_text('[package]\nversion = "1.2.3"\n[dependencies]\nversion = "9"\n', encoding="utf-8")
            (folder / "repository" / "a.md").write_text("", encoding="utf-8")
            name = "prepbook-1.2.3-x86_64-unknown-linux-musl"
            archive = release.packed([("prepbook", self.PREPBOOK.encode(), 0o755)], name, 0, False)
            (folder / "release" / f"{name}.tar.gz").write_bytes(archive)
            true_sums = f"{hashlib.sha256(archive).hexdigest()}  {name}.tar.gz\n{'0' * 64}  prepbook-1.2.3-of-another-system.zip\n"
            (folder / "release" / "SHA256SUMS").write_text(true_sums if sums is None else sums.format(name=name), encoding="utf-8")
            environment = {
                "PATH": f"{folder}/bin{os.pathsep}{os.environ['PATH']}", "RELEASE": f"{folder}/release", "RUNNER_TEMP": f"{folder}/temp",
                "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "GITHUB_ACTION_PATH": f"{folder}/action", "GITHUB_PATH": f"{folder}/path",
                "GITHUB_WORKSPACE": f"{folder}/repository", "BOOK": ".", "STRICT": "false", "VERSION": "", "ARGS": "", **variables,
            }
            ran = subprocess.run(["bash", str(CI / "action.sh")], env=environment, cwd=folder / "repository", encoding="utf-8",
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            asked = folder / "temp" / "asked"
            self.path = (folder / "path").read_text(encoding="utf-8") if (folder / "path").exists() else ""
            return ran.returncode, ran.stdout.splitlines()[-1] if ran.stdout else "", asked.read_text(encoding="utf-8") if asked.exists() else ""

    def test_the_book_is_checked_and_the_status_is_prepbooks(self):
        status, said, asked = self.run_with()
        self.assertEqual((status, said), (1, "check|--format|github|--|.|"))
        self.assertIn("release download v1.2.3 --repo prepbook/prepbook", asked)
        self.assertTrue(self.path.strip().endswith("prepbook-1.2.3/prepbook-1.2.3-x86_64-unknown-linux-musl"), self.path)

    def test_inputs_become_arguments_and_nothing_else(self):
        status, said, _ = self.run_with(STRICT="true", ARGS="--drafts  *.md $(touch x)", BOOK="docs/my book; rm -rf /", VERSION="v1.2.3")
        self.assertEqual((status, said), (1, "check|--format|github|--strict|--drafts|*.md|$(touch|x)|--|docs/my book; rm -rf /|"))

    def test_what_is_not_as_published_is_not_run(self):
        for sums in ["0" * 64 + "  {name}.tar.gz\n", "0" * 64 + "  other.tar.gz\n", ""]:
            status, said, _ = self.run_with(sums)
            self.assertEqual(status, 2, said)
            self.assertIn("SHA256SUMS", said)
            self.assertEqual(self.path, "")

    def test_a_release_that_is_not_there_is_named(self):
        status, said, _ = self.run_with(VERSION="9.9.9", RELEASE="/nowhere")
        self.assertEqual((status, self.path), (2, ""))
        self.assertIn("::error::release v9.9.9 of prepbook/prepbook cannot be downloaded", said)

    def test_wrong_inputs_and_unknown_runners_are_named(self):
        for variables, words in [({"STRICT": "yes"}, "strict is true or false"), ({"RUNNER_ARCH": "X86"}, "no release of prepbook for Linux on X86")]:
            status, said, asked = self.run_with(**variables)
            self.assertEqual((status, asked), (2, ""))
            self.assertIn("::error::", said)
            self.assertIn(words, said)


if __name__ == "__main__":
    unittest.main()
