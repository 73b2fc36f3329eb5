#!/usr/bin/env python3
"""Edit a book that is being served, for a long time, with tabs open and hostile clients about.

    python3 tests/tools/soak.py --prepbook target/release/prepbook --minutes 30 .

copies the book (book.toml, its source folder, themes/) and serves the copy. Meanwhile
- an editor saves pages, data, pictures, style sheets and book.toml in every way that programs save, also broken;
- --tabs readers hold event streams and load their page again when they are told to, as browsers do;
- readers ask for pages and files that stay, each of which must come whole, with status 200;
- hostile clients say nothing, or a byte at a time, too much, nonsense, foreign names, paths that lead out; take nothing, or
  leave in the middle. Each must get the refusal that it deserves.
Now and then editing stops, and every address must have the bytes of a clean build. Memory, threads and files of the server
are read from /proc, and must be at the end what they were at the first quarter. Prints a line for each sample and, at the
end, what was done. Exit status 1 if anything was wrong.

Linux only, Python 3.9+, standard library only. Everything happens on 127.0.0.1.
"""

import argparse
import collections
import http.client
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote

LATE = 20  # seconds after which an answer counts as missing
NEWEST = {"Cookie": "prepbook-newest=1"}
# What only a published site has.
OF_AN_EDITION = {"sw.js", "offline.json"}

BROKEN = [
    "---\ntitle: [\n---\n# T\n",
    "\n\n:::note\nnever closed\n",
    "\n\n[a](nowhere.md) ![b](nothing.png) [c](#no-such-heading)\n",
    "\n\n```python file=no/such.py\n```\n",
    "\n\n:::drill[T]{minutes=x}\n:::\n",
    "\n\n<script>alert(1)</script>\n",
    "\n\n[x](javascript:alert(1))\n",
    "\ufeff\x00\x01\u202e broken \udcff",
]
FINE = ["\n\nAnother paragraph.\n", "\n\n## Another heading\n\nWith words.\n", "\n\n```python\nx = 1\n```\n", "\n\n> [!NOTE]\n> A note.\n"]
BROKEN_DATA = ["\n- [", "\nunknown: 1\n", "\n\tx: 1\n", "\n&a [*a]\n", "\nid: twice\n"]


class Soak:
    """What all threads share."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.random = random.Random(arguments.seed)
        self.over = threading.Event()
        self.editing = threading.Lock()  # held while a book is edited, or compared
        self.counts = collections.Counter()
        self.faults = []
        self.times = []
        self.samples = []
        self.restored = 0.0
        self.touched = set()  # files that have been edited: their pages may come and go

    def fault(self, text):
        self.counts["faults"] += 1
        if len(self.faults) < 50:
            self.faults.append(text)
            print(f"fault: {text}", flush=True)

    def count(self, what):
        self.counts[what] += 1

    # --- the server -----------------------------------------------------------------------------

    def start(self, folder):
        self.root = folder / "book"
        source = pathlib.Path(self.arguments.book).resolve()
        config = (source / "book.toml").read_text()
        self.src = (re.search(r'^src\s*=\s*"([^"]+)"', config, re.M) or ["", "src"])[1]
        self.root.mkdir()
        shutil.copy(source / "book.toml", self.root)
        for name in {self.src.split("/")[0], "themes"}:
            if (source / name).is_dir():
                shutil.copytree(source / name, self.root / name)
        self.original = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}
        self.clean = folder / "clean"
        self.log = open(folder / "serve.log", "wb")
        self.server = subprocess.Popen(
            [self.arguments.prepbook, "serve", "-p", "0", "--color", "never", str(self.root)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        end = time.monotonic() + 60
        while True:
            said = (folder / "serve.log").read_text(errors="replace")
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            if found:
                self.port = int(found[1])
                return
            if self.server.poll() is not None or time.monotonic() > end:
                sys.exit(f"it does not serve: {said}")
            time.sleep(0.1)

    def sample(self):
        process = pathlib.Path(f"/proc/{self.server.pid}")
        try:
            status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines() if ":\t" in line)
            files = len(list((process / "fd").iterdir()))
        except OSError:
            self.fault(f"the server has ended with {self.server.poll()}")
            self.over.set()
            return None
        return {"rss": int(status["VmRSS"].split()[0]), "threads": int(status["Threads"]), "files": files}

    # --- honest clients -------------------------------------------------------------------------

    def get(self, path, headers=None):
        """Status, headers and body; raises OSError or HTTPException."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LATE)
        try:
            connection.request("GET", "/" + quote(path), headers=headers or {})
            response = connection.getresponse()
            body = response.read()
            self.times.append(time.perf_counter() - start)
            return response.status, response.headers, body
        finally:
            connection.close()

    def reader(self, number):
        """Asks for files that nobody edits; they must come whole."""
        chance = random.Random(self.arguments.seed * 1000 + number)
        # What is named by its contents has another name after an edit.
        is_named = re.compile(r"-[0-9a-f]{10}\.js$")
        stay = [path for path in self.addresses if path.endswith((".html", ".svg", ".js", ".css")) and not is_named.search(path)]
        while not self.over.wait(chance.uniform(0.05, 0.4)):
            path = chance.choice(stay)
            may_be_gone = self.may_be_gone()
            try:
                status, headers, body = self.get(path, NEWEST if chance.random() < 0.5 else None)
            except (OSError, http.client.HTTPException) as error:
                self.fault(f"{path}: no answer: {error!r}")
                continue
            self.count("answers")
            if status != 200 and not may_be_gone and not self.may_be_gone():
                self.fault(f"{path}: status {status}, {time.monotonic() - self.restored:.1f} s after all was as it was")
            elif path.endswith(".html") and b"</html>" not in body[-200:]:
                self.fault(f"{path}: not whole: {body[-100:]!r}")
            if int(headers["Content-Length"]) != len(body):
                self.fault(f"{path}: {len(body)} bytes of {headers['Content-Length']}")

    def may_be_gone(self):
        """Whether an edit may have taken away what stood there, or the server may not have seen yet that it is back."""
        return bool(self.touched) or time.monotonic() < self.restored + LATE

    def tab(self, number):
        """A page in a browser."""
        chance = random.Random(self.arguments.seed * 2000 + number)
        pages = [path for path in self.addresses if path.endswith(".html")]
        while not self.over.is_set():
            page = chance.choice(pages)
            stay = time.monotonic() + chance.uniform(5, 120)
            try:
                self.get(page)
                stream = socket.create_connection(("127.0.0.1", self.port), timeout=LATE)
            except (OSError, http.client.HTTPException) as error:
                self.fault(f"tab {page}: {error!r}")
                continue
            with stream:
                target = "/.prepbook/events?page=" + quote("/" + quote(page), safe="")
                stream.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
                last, rest = None, b""
                while time.monotonic() < stay and not self.over.is_set():
                    try:
                        piece = stream.recv(65536)
                    except OSError as error:
                        self.fault(f"tab {page}: nothing for {LATE} s: {error!r}")
                        break
                    if not piece:
                        self.fault(f"tab {page}: the stream has ended")
                        break
                    *lines, rest = (rest + piece).split(b"\n")
                    for line in lines:
                        if line.startswith(b"data: "):
                            self.count("events")
                            if last is not None and line != last:
                                try:
                                    self.get(page)
                                    self.get(".prepbook/problems")
                                except (OSError, http.client.HTTPException) as error:
                                    self.fault(f"tab {page}: no answer: {error!r}")
                            last = line

    # --- the editor -----------------------------------------------------------------------------

    def save(self, path, data):
        """In one of the ways in which programs save."""
        way = self.random.randrange(4)
        path.parent.mkdir(parents=True, exist_ok=True)
        if way == 0:
            beside = path.with_name(f".{path.name}.tmp")
            beside.write_bytes(data)
            os.replace(beside, path)
        elif way == 1:
            with open(path, "wb") as file:
                file.write(data[: len(data) // 2])
                file.flush()
                time.sleep(self.random.uniform(0, 0.05))
                file.write(data[len(data) // 2:])
        elif way == 2:
            path.unlink(missing_ok=True)
            path.write_bytes(data)
        else:
            path.write_bytes(data)

    def restore(self, only=None):
        for path in self.root.rglob("*"):
            if path.is_file() and path not in self.original and not only:
                path.unlink()
        for path, data in self.original.items():
            if only and path.name not in only:
                continue
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        if not only:
            self.touched.clear()
            self.restored = time.monotonic()

    def edit(self):
        chance = self.random
        files = sorted(self.original)
        pages = [path for path in files if path.suffix == ".md"]
        data = [path for path in files if path.suffix in (".yaml", ".yml")]
        pictures = [path for path in files if path.suffix in (".svg", ".png", ".jpg")]
        code = [path for path in files if path.suffix in (".py", ".java", ".js") and self.root / self.src in path.parents]
        styles = [path for path in files if path.suffix == ".css"]
        kind = chance.choices(
            ["page", "broken page", "data", "broken data", "picture", "code", "style", "new page", "away", "config", "burst", "rename"],
            [30, 12, 8, 6, 4, 5, 3, 5, 5, 2, 2, 3])[0]
        self.count("edits")
        path = chance.choice(pages)
        if kind in ("data", "broken data") and data:
            path = chance.choice(data)
        elif kind == "picture" and pictures:
            path = chance.choice(pictures)
        elif kind == "code" and code:
            path = chance.choice(code)
        elif kind == "style" and styles:
            path = chance.choice(styles)
        elif kind == "config":
            path = self.root / "book.toml"
        self.touched.add(path)
        old = self.original[path]
        added = {
            "page": chance.choice(FINE), "broken page": chance.choice(BROKEN), "data": f"\n# edit {chance.random()}\n",
            "broken data": chance.choice(BROKEN_DATA), "picture": f"<!-- {chance.random()} -->\n",
            "code": f"\n# {chance.random()}\n", "style": f"\n/* {chance.random()} */\n",
            "config": chance.choice(["\n[[[", "\n# edited\n", "\nunknown = 1\n"]),
        }.get(kind, "")
        if added:
            bytes_ = added.encode("utf-8", "surrogateescape")
            cut = chance.randrange(len(old) + 1) if kind in ("page", "broken page") and chance.random() < 0.5 else len(old)
            self.save(path, old[:cut] + bytes_ + old[cut:])
        elif kind == "new page":
            self.save(path.with_name(f"new-{chance.randrange(5)}.md"), b"# New\n\n[home](README.md)\n")
        elif kind == "away":
            path.unlink(missing_ok=True)
        elif kind == "rename":
            if path.is_file():
                path.rename(path.with_name("renamed-" + path.name))
        else:
            for page in chance.sample(pages, min(12, len(pages))):
                self.touched.add(page)
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_bytes(self.original[page] + chance.choice(FINE).encode())

    def editor(self):
        since = 0
        while not self.over.wait(self.random.uniform(0.1, 1.5)):
            with self.editing:
                try:
                    since += 1
                    if since > 25:
                        self.restore()
                        since = 0
                    else:
                        self.edit()
                except OSError as error:
                    self.fault(f"editor: {error!r}")

    # --- hostile clients ------------------------------------------------------------------------

    def talk(self, data, half=False):
        """What comes back; the connection ends in time, or it is a fault."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LATE) as stream:
            try:
                stream.sendall(data)
                if half:
                    stream.shutdown(socket.SHUT_WR)
                answer = b""
                while piece := stream.recv(65536):
                    answer += piece
                return answer
            except (ConnectionResetError, BrokenPipeError):
                return b""

    def refused(self, name, data, statuses, half=False):
        try:
            answer = self.talk(data, half)
        except OSError as error:
            return self.fault(f"{name}: {error!r}")
        status = answer.split(b" ")[1].decode() if answer.startswith(b"HTTP/1.1 ") else ""
        if status not in statuses:
            self.fault(f"{name}: {answer[:80]!r}")

    def hostile(self, number):
        chance = random.Random(self.arguments.seed * 3000 + number)
        host = f"Host: 127.0.0.1:{self.port}\r\n"
        page = f"GET /index.html HTTP/1.1\r\n{host}"

        def slow():
            with socket.create_connection(("127.0.0.1", self.port), timeout=LATE) as stream:
                start = time.monotonic()
                try:
                    for byte in (page + "X: " + "a" * 200).encode():
                        stream.sendall(bytes([byte]))
                        if self.over.wait(0.1):
                            return
                        if time.monotonic() - start > 15:
                            return self.fault("a slow head is read for longer than 15 s")
                except OSError:
                    pass

        def silent():
            with socket.create_connection(("127.0.0.1", self.port), timeout=LATE) as stream:
                if stream.recv(100):
                    self.fault("silence was answered")

        def deaf():
            with socket.create_connection(("127.0.0.1", self.port), timeout=LATE) as stream:
                stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
                stream.sendall(f"GET /print.html HTTP/1.1\r\n{host}\r\n".encode())
                self.over.wait(chance.uniform(0.5, 8))

        def leave():
            stream = socket.create_connection(("127.0.0.1", self.port), timeout=LATE)
            stream.sendall(f"{page}\r\n".encode()[: chance.randrange(1, 60)] if chance.random() < 0.5 else f"{page}\r\n".encode())
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            stream.close()

        def abandoned_stream():
            stream = socket.create_connection(("127.0.0.1", self.port), timeout=LATE)
            stream.sendall(f"GET /.prepbook/events?page=/index.html HTTP/1.1\r\n{host}\r\n".encode())
            stream.recv(200)
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            stream.close()

        up = chance.choice
        attacks = [
            ("slow", slow), ("silent", silent), ("deaf", deaf), ("leave", leave), ("leave", leave), ("stream", abandoned_stream),
            ("huge head", lambda: self.refused("huge head", (page + "".join(f"X{i}: {'a' * 500}\r\n" for i in range(90))).encode(), {"431", ""})),
            ("huge line", lambda: self.refused("huge line", b"GET /" + b"a" * 20000, {"414", ""})),
            ("many headers", lambda: self.refused("many headers", (page + "X: y\r\n" * 200 + "\r\n").encode(), {"431", ""})),
            ("pipelined", lambda: self.refused("pipelined", f"{page}\r\n".encode() * 20, {"200", "404", ""})),
            ("half closed", lambda: self.refused("half closed", f"{page}\r\n".encode(), {"200", "404"}, half=True)),
            ("half a head", lambda: self.refused("half a head", page.encode(), {""}, half=True)),
            ("foreign host", lambda: self.refused("foreign host", b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", {"403"})),
            ("foreign origin", lambda: self.refused("foreign origin", f"GET /.prepbook/problems HTTP/1.1\r\n{host}Origin: http://evil.example\r\n\r\n".encode(), {"403"})),
            ("no host", lambda: self.refused("no host", b"GET / HTTP/1.1\r\n\r\n", {"400"})),
            ("way out", lambda: self.refused("way out", f"GET /{up(['..', '%2e%2e', '..%2f..', '..%5c', '%00'])}/{up(['etc/passwd', '../../etc/passwd'])} HTTP/1.1\r\n{host}\r\n".encode(), {"400", "404"})),
            ("post", lambda: self.refused("post", f"POST / HTTP/1.1\r\n{host}Content-Length: 100000\r\n\r\n".encode() + b"a" * 100000, {"405", ""})),
            ("noise", lambda: self.refused("noise", chance.randbytes(3000) + b"\r\n\r\n", {"400", "414", "505", "431", ""})),
            ("tls", lambda: self.refused("tls", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + chance.randbytes(500), {"400", ""}, half=True)),
            ("range", lambda: self.refused("range", f"{page}Range: bytes=18446744073709551615-,-1\r\n\r\n".encode(), {"200", "404", "416"})),
        ]
        while not self.over.wait(chance.uniform(0.02, 0.3)):
            name, attack = chance.choice(attacks)
            try:
                attack()
            except OSError as error:
                self.fault(f"{name}: {error!r}")
            self.count("hostile")

    # --- what is compared -----------------------------------------------------------------------

    def build(self):
        """The clean site as it is served: by address."""
        shutil.rmtree(self.clean, ignore_errors=True)
        said = subprocess.run(
            [self.arguments.prepbook, "build", "--keep-going", "-q", str(self.root), "-d", str(self.clean)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            env={**os.environ, "PREPBOOK_CACHE": ""})
        if not (self.clean / "index.html").is_file():
            self.fault(f"no clean build: {said.stdout[-500:]!r}")
            return {}
        found = {}
        for path in self.clean.rglob("*"):
            name = path.relative_to(self.clean).as_posix()
            if path.is_file() and not name.startswith(".prepbook/") and name not in OF_AN_EDITION:
                found[plain(name.encode()).decode()] = path.read_bytes()
        return found

    def compare(self):
        """Every address has the bytes of a clean build."""
        self.restore(only={"book.toml", "SUMMARY.md"})
        built = self.build()
        wrong = {}
        last = list(built)
        for _ in range(20):
            # An edit takes a moment to be seen, on a busy machine more than one.
            time.sleep(0.5)
            wrong = {}
            for path in last:
                try:
                    status, _, body = self.get(path, NEWEST)
                except (OSError, http.client.HTTPException) as error:
                    wrong[path] = repr(error)
                    continue
                if plain(body) != plain(built[path]):
                    wrong[path] = f"status {status}, {len(body)} bytes for {len(built[path])}"
            last = list(wrong)
            if not wrong:
                break
        for path, what in list(wrong.items())[:5]:
            self.fault(f"{path} is not as in a clean build: {what}")
        self.count("comparisons")
        self.counts["compared"] += len(built)

    def run(self):
        with tempfile.TemporaryDirectory(prefix="prepbook-soak-") as folder:
            self.start(pathlib.Path(folder))
            try:
                return self.soak()
            finally:
                self.over.set()
                self.server.send_signal(signal.SIGTERM)
                try:
                    self.server.wait(20)
                except subprocess.TimeoutExpired:
                    self.server.kill()
                    self.fault("it does not end when it is told to")

    def soak(self):
        self.addresses = sorted(self.build())
        self.compare()
        alone = self.sample()
        print(f"alone: {alone}", flush=True)
        threads = [threading.Thread(target=self.editor, daemon=True)]
        for kind, count in [(self.tab, self.arguments.tabs), (self.reader, 2), (self.hostile, self.arguments.hostile)]:
            threads += [threading.Thread(target=kind, args=(number,), daemon=True) for number in range(count)]
        for thread in threads:
            thread.start()
        start = time.monotonic()
        length = self.arguments.minutes * 60
        next_comparison = length / 12
        while (passed := time.monotonic() - start) < length and not self.over.is_set():
            sample = self.sample()
            if sample:
                self.samples.append((passed, sample))
                print(f"{passed:6.0f} s  {sample['rss']:8} KiB  {sample['threads']:4} threads  {sample['files']:4} files", flush=True)
            if passed > next_comparison:
                next_comparison += length / 12
                with self.editing:
                    self.compare()
            self.over.wait(min(10, length / 30))
        self.over.set()
        for thread in threads:
            thread.join(LATE + 10)
        self.restore()
        self.compare()
        # The last connections are given up.
        time.sleep(30)
        end = self.sample()
        print(f"at rest: {end}", flush=True)
        self.judge(alone, end)
        return self.report()

    def judge(self, alone, end):
        if not end or len(self.samples) < 8:
            return self.fault("too few samples")
        quarter = len(self.samples) // 4
        for what, slack in [("rss", 0.10), ("threads", 0.15), ("files", 0.15)]:
            early = statistics.median(sample[what] for _, sample in self.samples[quarter: 2 * quarter])
            late = statistics.median(sample[what] for _, sample in self.samples[-quarter:])
            print(f"{what}: {early:.0f} in the second quarter, {late:.0f} in the last")
            if late > early * (1 + slack) + 3:
                self.fault(f"{what} grows from {early:.0f} to {late:.0f}")
        for what in ("threads", "files"):
            if end[what] > alone[what] + 4:
                self.fault(f"{what}: {alone[what]} before anybody came, {end[what]} after all have left")
        said = (self.root.parent / "serve.log").read_text(errors="replace")
        for word in ("panicked at", "memory allocation", "overflowed"):
            if word in said:
                self.fault(said[said.index(word):][:500])

    def report(self):
        times = sorted(self.times)
        print(", ".join(f"{self.counts[what]} {what}" for what in ["edits", "events", "answers", "hostile", "comparisons", "compared", "faults"]))
        print(f"answers in {1000 * times[len(times) // 2]:.1f} ms (median), {1000 * times[len(times) * 99 // 100]:.0f} ms (99 %), {1000 * times[-1]:.0f} ms (longest)")
        return 1 if self.counts["faults"] else 0


def plain(data):
    """Bytes of a site without what differs between one that is published and one that is served."""
    data = re.sub(rb'<script src="[^"]*\.prepbook/live\.js"[^>]*></script>', b"", data)
    data = re.sub(rb' data-worker="[^>]*(?= defer>)', b"", data)
    return re.sub(rb"(assets/[a-z]+)-[0-9a-f]{6,}(?=\.(?:css|js))", rb"\1", data)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", help="the folder of the book")
    parser.add_argument("--prepbook", required=True, help="the program")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--tabs", type=int, default=20)
    parser.add_argument("--hostile", type=int, default=6, help="how many hostile clients")
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(Soak(parser.parse_args()).run())


if __name__ == "__main__":
    main()
