#!/usr/bin/env python3
"""A checkout -> whether its release archive is the same when built twice, in other folders and with another home of Cargo's.

    python3 reproducible.py [--target TRIPLE]

Clones the last commit twice, into folders whose names differ in length, lets .ci/release.py build each from nothing, and
compares the archives byte by byte. Takes as long as two release builds. Prints the checksums; exits with 1 if they differ.
Python 3.9+, standard library only.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def build(commit, folder, cargo_home, arguments):
    """The one archive that a clone in `folder` makes of `commit`."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--detach", commit], cwd=folder, check=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("CARGO_TARGET_DIR", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS")}
    environment["CARGO_HOME"] = str(cargo_home)
    out = folder / "dist"
    subprocess.run([sys.executable, ".ci/release.py", "--out", str(out), *arguments], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    archive, = out.iterdir()
    return archive.name, archive.read_bytes()


def main(arguments):
    home = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo").resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch).resolve()
        # The same home under another name: nothing is downloaded twice, and every path into it is another.
        (scratch / "another-home").symlink_to(home)
        commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()
        one = build(commit, scratch / "a", home, arguments)
        two = build(commit, scratch / "deeper" / "in another folder", scratch / "another-home", arguments)
    for name, content in (one, two):
        print(f"{hashlib.sha256(content).hexdigest()}  {name} {len(content)} bytes")
    if one != two:
        print("two builds of one commit differ")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
