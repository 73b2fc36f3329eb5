#!/usr/bin/env python3
"""A checkout and a target -> the program as it is released: one archive, the same bytes wherever it is made.

    python3 .ci/release.py [--target TRIPLE] [--out DIR] [--binary-only]

It builds with the flags that keep folders of this machine out of the binary and the commit that `--version` shows
in it, then puts the binary, README, licences and notices into OUT/prepbook-VERSION-TARGET.tar.gz (zip for Windows), with
the commit's time on every file. Prints the SHA-256 of what it made. What has to be the same for the same bytes:
commit, compiler, linker and C compiler. It knows nothing of who publishes the archive.

Python 3.9+, standard library only.
"""

import argparse
import gzip
import hashlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BESIDE = ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md"]


def output(*command, **more):
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8", **more).stdout.strip()


def version():
    return re.search(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M).group(1)


def commit():
    """(hash and day of the commit, its time in seconds); without a clean checkout none, and the time is 1980's."""
    try:
        if output("git", "status", "--porcelain", "--untracked-files=no"):
            raise ValueError("changed files")
        name, seconds = output("git", "log", "-1", "--format=%H %ct").split()
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        print(f"no commit in --version: {error}", file=sys.stderr)
        return None, 315532800
    day = time.strftime("%Y-%m-%d", time.gmtime(int(seconds)))
    return f"{name[:12]} {day}", int(seconds)


def flags(target):
    """The compiler's flags: other names for this machine's folders, and no libraries that a machine may lack."""
    cargo = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo")
    # The last one that fits counts, and a registry's folder has a name of its own on each machine.
    pairs = [(ROOT, "prepbook"), (cargo, "cargo")]
    pairs += [(folder, "crates") for folder in sorted((cargo / "registry" / "src").glob("*"))]
    found = [f"--remap-path-prefix={folder}=/{name}" for folder, name in pairs]
    if "windows-msvc" in target:
        found += ["-Ctarget-feature=+crt-static", "-Clink-arg=/Brepro"]
    return found


def build(target):
    subprocess.run(["cargo", "fetch", "--locked", "--target", target], cwd=ROOT, check=True)
    about, seconds = commit()
    environment = dict(os.environ, CARGO_ENCODED_RUSTFLAGS="\x1f".join(flags(target)), CARGO_INCREMENTAL="0")
    # C code may have the time of its compilation in it (`__TIME__`); compilers take this one instead.
    environment["SOURCE_DATE_EPOCH"] = str(seconds)
    environment["PREPBOOK_VERSION"] = f"{version()} ({about})" if about else version()
    subprocess.run(["cargo", "build", "--locked", "--release", "--target", target], cwd=ROOT, check=True, env=environment)
    folder = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
    name = "prepbook.exe" if "windows" in target else "prepbook"
    return ROOT / folder / target / "release" / name, seconds


def packed(files, folder, seconds, as_zip):
    """Bytes of an archive: nothing in it but names, contents and one time."""
    buffer = io.BytesIO()
    if as_zip:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content, _ in files:
                info = zipfile.ZipInfo(f"{folder}/{name}", time.gmtime(seconds)[:6])
                info.create_system, info.external_attr = 3, 0o100644 << 16
                archive.writestr(info, content, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", mtime=0) as stream, \
            tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content, mode in files:
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.size, info.mtime, info.mode = len(content), seconds, mode
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def main(arguments):
    parser = argparse.ArgumentParser(description="Builds and packs one release archive.")
    parser.add_argument("--target", help="a target triple; this machine's by default")
    parser.add_argument("--out", default=str(ROOT / "target" / "dist"), help="the folder for the archive")
    parser.add_argument("--binary-only", action="store_true", help="build, print the checksum, pack nothing")
    options = parser.parse_args(arguments)
    target = options.target or re.search(r"^host: (.+)$", output("rustc", "-vV"), re.M).group(1)

    binary, seconds = build(target)
    content = binary.read_bytes()
    print(f"{sha256(content)}  {binary.name} {len(content)} bytes", flush=True)
    if options.binary_only:
        return 0
    files = [(binary.name, content, 0o755)]
    files += [(name, (ROOT / name).read_bytes(), 0o644) for name in BESIDE]
    folder = f"prepbook-{version()}-{target}"
    as_zip = "windows" in target
    archive = packed(files, folder, seconds, as_zip)
    path = pathlib.Path(options.out) / (folder + (".zip" if as_zip else ".tar.gz"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(archive)
    print(f"{sha256(archive)}  {path.name} {len(archive)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
