"""Every feature works in both versions; every attack works on the vulnerable one only.

ImageMagick is not needed: two small scripts called `convert` and `identify` stand in for it.
"""
import http.server
import os
import threading
from types import SimpleNamespace

import pytest

import thumbnail_worker
import thumbnail_worker_fixed

PNG = b"\x89PNG\r\n\x1a\n"

# The last argument is the output; of the others, the one that names a file is the input. `-help` is an option.
# As the real tools do, a file of several pictures gives several outputs, unless the first is asked for: `[0]`.
CONVERT = """#!/bin/sh
for out; do case "$out" in *.svg|*.png|*.gif|*.passwd|*\\[0\\]) [ -z "$in" ] && in="${out#*:}";; esac; done
out="${out#png:}"
if grep -q FRAMES "${in%\\[0\\]}" && [ "$in" = "${in%\\[0\\]}" ]
then for n in 0 1 2; do cp "$in" "${out%.png}-$n.png"; done
else cat "${in%\\[0\\]}" > "$out"; fi
"""
IDENTIFY = """#!/bin/sh
for file; do case "$file" in -help) echo "these are all my options"; exit 0;; "%m %wx%h") format=1;; esac; done
file="${file#png:}"
file="${file%\\[0\\]}"
if grep -q SLOW "$file"; then exec sleep 1.5; fi
[ -n "$format" ] && echo "PNG 20x10" || echo "$file PNG 20x10"
"""

VULNERABLE = SimpleNamespace(
    module=thumbnail_worker,
    make=lambda tenant, job: thumbnail_worker.make_thumbnail({"tenant": tenant, **job}),
    describe=lambda tenant, job: thumbnail_worker.describe({"tenant": tenant, **job}),
)
FIXED = SimpleNamespace(
    module=thumbnail_worker_fixed, make=thumbnail_worker_fixed.make_thumbnail, describe=thumbnail_worker_fixed.describe
)
both = pytest.mark.parametrize("api", [VULNERABLE, FIXED], ids=["vulnerable", "fixed"])


@pytest.fixture(autouse=True)
def uploads(tmp_path, monkeypatch):
    """Tenants t1 and t2 with a picture each; the tools' stand-ins are first on the path."""
    tools, root = tmp_path / "tools", tmp_path / "uploads"
    tools.mkdir()
    for name, script in {"convert": CONVERT, "identify": IDENTIFY}.items():
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    for tenant in ("t1", "t2"):
        (root / tenant).mkdir(parents=True)
        (root / tenant / "a.png").write_bytes(PNG + b"picture of " + tenant.encode())
    (tmp_path / "etc.passwd").write_text("root:x:0:0")
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)  # where the injected command leaves its output
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(thumbnail_worker, "UPLOAD_ROOT", str(root))
    monkeypatch.setattr(thumbnail_worker_fixed, "UPLOAD_ROOT", root)
    return root


def job(**changes):
    return {"filename": "a.png", "content_type": "image/png", **changes}


def thumbnail(api, tenant="t1", **changes):
    """The thumbnail's bytes, or None if the job is refused."""
    try:
        with open(api.make(tenant, job(**changes)), "rb") as file:
            return file.read()
    except ValueError:
        return None


def described(api, filename):
    try:
        return api.describe("t1", job(filename=filename)).strip()
    except ValueError:
        return None


# Features


@both
@pytest.mark.parametrize("size", [{}, {"size": "64x64"}, {"size": "1200x800"}])
def test_makes_a_thumbnail(api, size):
    assert thumbnail(api, **size) == PNG + b"picture of t1"


@both
def test_tells_the_dimensions(api):
    assert described(api, "a.png").endswith("PNG 20x10")


@both
def test_refuses_an_absolute_name(api, tmp_path):
    assert thumbnail(api, filename=str(tmp_path / "etc.passwd")) is None


def test_fixed_publishes_what_it_made():
    events = []
    out = thumbnail_worker_fixed.make_thumbnail("t1", job(), events.append)
    assert events == [{"tenant": "t1", "filename": "a.png", "thumbnail": out}]
    assert os.stat(out).st_mode & 0o777 == 0o600


def test_fixed_leaves_nothing_behind_when_it_refuses(tmp_path, uploads):
    (uploads / "t1" / "b.png").write_bytes(PNG)
    (tmp_path / "tools" / "convert").write_text("#!/bin/sh\nexit 1\n")
    assert thumbnail(FIXED, filename="b.png") is None
    assert list(tmp_path.glob("tmp*")) == []


@pytest.mark.parametrize(
    "tenant, changes, reason",
    [
        ("t1", {"size": "1x1; id"}, "bad size"),
        ("t1", {"size": "99999x1"}, "bad size"),
        ("t1", {"size": "0x10"}, "bad size"),
        ("t1", {"size": "9999x9999"}, "bad size"),
        ("t1", {"size": 200}, "bad size"),
        ("t1", {"filename": 7}, "bad name"),
        ("t1", {"filename": None}, "bad name"),
        ("t1", {"filename": "-help"}, "bad name"),
        ("t1", {"filename": "sub/a.png"}, "bad name"),
        ("../t2", {}, "bad name"),
        ("linked", {}, "bad path"),
        ("t1", {"filename": "missing.png"}, "bad path"),
        ("t1", {"filename": "large.png"}, "too large"),
    ],
)
def test_fixed_refuses_each_for_its_own_reason(tenant, changes, reason, uploads, tmp_path, monkeypatch):
    monkeypatch.setattr(thumbnail_worker_fixed, "LARGEST", 100)
    (uploads / "t1" / "large.png").write_bytes(PNG + b"0" * 100)
    (uploads / "linked").symlink_to(tmp_path)
    (tmp_path / "a.png").write_bytes(PNG)
    with pytest.raises(ValueError, match=reason):
        FIXED.make(tenant, job(**changes))


# Attacks


@pytest.mark.parametrize("where", ["size", "filename"])
def test_p2_1_runs_a_command(where, tmp_path):
    marker = tmp_path / "owned"

    def attack(api):
        text = {"size": f"1x1; touch {marker} #", "filename": f"'; touch {marker}; '.png"}[where]
        try:
            api.make("t1", job(**{where: text}))
        except Exception:  # the rest of the command fails; the harm is done
            pass
        ran = marker.exists()
        marker.unlink(missing_ok=True)
        return ran

    assert attack(VULNERABLE)
    assert not attack(FIXED)


@pytest.mark.parametrize("filename", ["../t2/a.png", "../../etc.passwd"])
def test_p2_2_makes_a_thumbnail_of_a_file_of_others(filename):
    assert thumbnail(VULNERABLE, filename=filename) in (PNG + b"picture of t2", b"root:x:0:0")
    assert thumbnail(FIXED, filename=filename) is None


def test_p2_2_fixed_takes_no_tenant_from_the_job_and_follows_no_link(uploads, tmp_path):
    with open(FIXED.make("t1", {**job(), "tenant": "t2"}), "rb") as file:
        assert file.read() == PNG + b"picture of t1"
    assert thumbnail(FIXED, tenant="..") is None
    (uploads / "t1" / "link.png").symlink_to(uploads / "t2" / "a.png")
    assert thumbnail(FIXED, filename="link.png") is None


def test_p2_3_has_a_complex_format_decoded_as_a_picture(uploads):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    (uploads / "t1" / "picture.svg").write_bytes(svg)
    assert thumbnail(VULNERABLE, filename="picture.svg") == svg  # it reached the tool
    assert thumbnail(FIXED, filename="picture.svg") is None


@pytest.mark.parametrize("filename", ["-help", "../t2/a.png"])
def test_p2_4_gives_identify_an_option_or_a_file_of_others(filename):
    assert described(VULNERABLE, filename) in ("these are all my options", "../t2/a.png PNG 20x10")
    assert described(FIXED, filename) is None


def test_p2_4_holds_the_worker(uploads, monkeypatch):
    (uploads / "t1" / "slow.png").write_bytes(PNG + b"SLOW")
    monkeypatch.setattr(thumbnail_worker_fixed, "TIME_LIMIT", 0.2)
    assert described(VULNERABLE, "slow.png") == ""  # it waited as long as the tool liked
    assert described(FIXED, "slow.png") is None


def test_p2_4_fills_the_disk_with_a_file_of_many_pictures(uploads, tmp_path):
    (uploads / "t1" / "many.gif").write_bytes(b"GIF89a FRAMES")

    def attack(api):
        try:
            api.make("t1", job(filename="many.gif"))
        except ValueError:
            pass
        left = len(list(tmp_path.glob("tmp*-*.png")))
        for path in tmp_path.glob("tmp*.png"):
            path.unlink()
        return left

    assert attack(VULNERABLE) == 3
    assert attack(FIXED) == 0


def test_p2_4_fixed_limits_the_disk_and_tells_no_path_of_ours(uploads):
    assert "disk" in thumbnail_worker_fixed.LIMITS
    assert described(FIXED, "a.png") == "PNG 20x10"


def test_p2_6_posts_to_an_internal_service():
    asked = []

    class Internal(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Internal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/admin"
        assert thumbnail(FIXED, callback=url) and asked == []
        assert thumbnail(VULNERABLE, callback=url) and asked == ["/admin"]
    finally:
        server.shutdown()
        server.server_close()
