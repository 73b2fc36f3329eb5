#!/usr/bin/env python3
"""Ask a dev server from several clients at once, as browsers do, and time each answer.

    python3 benches/serve_load.py --url http://127.0.0.1:3000 --path /index.html --path /contents.html

opens event streams (--streams, 6 by default), then asks for the paths in turn from --clients processes, --requests in
all. Each client keeps its connection as long as the server lets it. Prints as JSON how many requests were answered,
with which statuses, and the median, 99th percentile and longest time from before the request (and before connecting,
where that was needed) to the end of the answer, in milliseconds. Exit status 1 if any went unanswered.

The server is not started here; only addresses on loopback are asked. Python 3.9+, standard library only.
"""

import argparse
import collections
import http.client
import json
import multiprocessing
import socket
import statistics
import sys
import time
from urllib.parse import quote, urlsplit


def ask(host, port, paths, count, seconds, results):
    """One client: its times in milliseconds, and the statuses; 0 is no answer."""
    found, connection = [], None
    for number in range(count):
        start = time.perf_counter()
        try:
            if connection is None:
                connection = http.client.HTTPConnection(host, port, timeout=seconds)
            connection.request("GET", paths[number % len(paths)])
            response = connection.getresponse()
            response.read()
            status = response.status
            if response.will_close:
                connection.close()
                connection = None
        except (OSError, http.client.HTTPException):
            status, connection = 0, None
        found.append(((time.perf_counter() - start) * 1000, status))
    results.put(found)


def stream(host, port, path):
    """An open event stream: the socket."""
    opened = socket.create_connection((host, port), timeout=10)
    target = "/.prepbook/events?page=" + quote(path, safe="")
    opened.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    head = opened.recv(4096)
    if b" 200 " not in head.split(b"\r\n")[0]:
        sys.exit(f"no event stream: {head[:200]!r}")
    return opened


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="the server, on loopback")
    parser.add_argument("--path", action="append", required=True, help="a path to ask for; several are asked in turn")
    parser.add_argument("--requests", type=int, default=1400)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--streams", type=int, default=6)
    parser.add_argument("--timeout", type=float, default=5, help="seconds for one answer (default: %(default)s)")
    args = parser.parse_args(argv)
    parts = urlsplit(args.url)
    if parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        parser.error("--url must be on loopback")
    host, port = parts.hostname, parts.port or 80
    streams = [stream(host, port, args.path[0]) for _ in range(args.streams)]
    results = multiprocessing.Queue()
    share = [args.requests // args.clients + (index < args.requests % args.clients) for index in range(args.clients)]
    clients = [multiprocessing.Process(target=ask, args=(host, port, args.path, count, args.timeout, results))
               for count in share]
    for client in clients:
        client.start()
    found = [each for _ in clients for each in results.get()]
    for client in clients:
        client.join()
    for opened in streams:
        opened.close()
    times = sorted(milliseconds for milliseconds, _ in found)
    statuses = collections.Counter(status for _, status in found)
    print(json.dumps({
        "requests": len(found), "unanswered": statuses[0], "statuses": {str(s): n for s, n in sorted(statuses.items())},
        "median_ms": round(statistics.median(times), 2), "p99_ms": round(times[int(len(times) * 0.99) - 1], 2),
        "max_ms": round(times[-1], 2)}))
    return 1 if statuses[0] else 0


if __name__ == "__main__":
    sys.exit(main())
