"""Makes thumbnails for uploaded images. `tenant` is what the upload API took from the session, never from the job."""
import os
import re
import subprocess
import tempfile
from pathlib import Path

UPLOAD_ROOT = Path("/srv/uploads")
TIME_LIMIT = 20  # seconds for one image
LARGEST = 25 * 1024 * 1024

# The upload API makes these names; it never takes one from a browser.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\.[A-Za-z0-9]{1,8})?", re.ASCII)
SIZE = re.compile(r"[1-9][0-9]{0,3}x[1-9][0-9]{0,3}", re.ASCII)
LARGEST_SIDE = 2000  # what comes out costs memory as well as what goes in
# What the first bytes must be. The decoder's name goes in front of the path, so that the tool does not choose one.
DECODERS = {
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "gif": lambda head: head[:6] in (b"GIF87a", b"GIF89a"),
    "webp": lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
}
# Without the last of them, what does not fit into memory goes to the disk, for as long as there is any.
MOST = {"width": "8KP", "height": "8KP", "memory": "128MiB", "map": "256MiB", "disk": "1GiB"}
LIMITS = [word for name, value in MOST.items() for word in ("-limit", name, value)]


def make_thumbnail(tenant, job, publish=lambda event: None):
    source = _source(tenant, job)
    size = job.get("size", "200x200")
    if not isinstance(size, str) or not SIZE.fullmatch(size) or max(map(int, size.split("x"))) > LARGEST_SIDE:
        raise ValueError("bad size")
    handle, out = tempfile.mkstemp(suffix=".png")  # made by us, for us alone, and nobody was there first
    os.close(handle)
    try:
        _run(["convert", *LIMITS, source, "-resize", size, f"png:{out}"])
    except BaseException:
        os.unlink(out)
        raise
    # Whoever wants to know subscribes to the event. The worker itself sends nothing to anybody.
    publish({"tenant": tenant, "filename": job["filename"], "thumbnail": out})
    return out


def describe(tenant, job):
    """Runs `identify` so that the upload page can show the image's dimensions."""
    # Its usual answer names the file, and that path is ours to know.
    return _run(["identify", *LIMITS, "-format", "%m %wx%h", _source(tenant, job)])


def _source(tenant, job):
    """The tenant's file as the tools take it: decoder, colon, absolute path. That never looks like an option.

    `[0]` is the first picture of the file. A GIF holds thousands, and each would become an output with a name of its own.
    """
    name = job.get("filename")
    if not NAME.fullmatch(tenant) or not isinstance(name, str) or not NAME.fullmatch(name):
        raise ValueError("bad name")
    folder = (UPLOAD_ROOT / tenant).resolve()
    path = (folder / name).resolve()  # follows links, so a link to elsewhere is elsewhere
    if not folder.is_relative_to(UPLOAD_ROOT.resolve()) or not path.is_relative_to(folder) or not path.is_file():
        raise ValueError("bad path")
    if path.stat().st_size > LARGEST:
        raise ValueError("too large")
    with path.open("rb") as file:
        head = file.read(16)
    for decoder, matches in DECODERS.items():
        if matches(head):
            return f"{decoder}:{path}[0]"
    raise ValueError("not an image that we take")


def _run(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        raise ValueError("took too long") from None
    if done.returncode:
        raise ValueError("cannot be converted")
    return done.stdout
