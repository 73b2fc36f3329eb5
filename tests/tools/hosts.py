#!/usr/bin/env python3
"""docs/publishing.md and a book -> what readers get from hosts that are set up as it says.

    python3 hosts.py PREPBOOK BOOK

The blocks of nginx's and S3's sections are taken from the page and run, with nothing changed but names and addresses: nginx on
127.0.0.1, at a host's root and below a path; rclone and aws against a server that behaves like AWS (moto), once for a new
bucket and once after an edit. Then every file is asked for, and policy, caching, types, compression and the page for unknown
addresses are held against the site's own files.

Prints `place: what is wrong`, then what was looked at; exits with 1 if something is wrong, 2 for wrong usage. Wants nginx,
rclone, node, and this Python to have tests/tools/requirements.txt. Knows nothing of the generator. Python 3.9+.
"""

import gzip
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(ROOT, "docs", "publishing.md")
FOREVER = "public, max-age=31536000, immutable"
TYPES = {"html": ["text/html"], "css": ["text/css"], "js": ["text/javascript", "application/javascript"], "json": ["application/json"],
         "svg": ["image/svg+xml"], "png": ["image/png"], "webmanifest": ["application/manifest+json"], "txt": ["text/plain"],
         "xml": ["text/xml", "application/xml"], "epub": ["application/epub+zip"]}
# What a browser would download and not show, as long as nobody says what it is; hosts know some of them by types of their own.
SHOWN = {"mjs": "text/javascript", **dict.fromkeys(["py", "java", "yaml"], "text/plain")}

problems = []
looked_at = 0


def expect(place, is_so, what):
    global looked_at
    looked_at += 1
    if not is_so:
        problems.append(f"{place}: {what}")


def blocks(section, language):
    """The fenced blocks of a section of the page, in order."""
    with open(PAGE, encoding="utf-8") as file:
        text = file.read()
    part = re.search(rf"^## {re.escape(section)}$(.*?)(?=^## |\Z)", text, re.M | re.S).group(1)
    return re.findall(rf"^```{language}\n(.*?)^```$", part, re.M | re.S)


def with_words(text, words):
    """The text with other words; each must be there, so that an edit of the page is noticed here."""
    for old, new in words.items():
        if old not in text:
            sys.exit(f"docs/publishing.md: has no {old!r} any more, which tests/tools/hosts.py puts another word for")
        text = text.replace(old, new)
    return text


def tree(folder):
    """Every file of a site by its address, without prepbook's own notes."""
    found = {}
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != ".prepbook"]
        for name in names:
            path = os.path.join(above, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = file.read()
    return found


def headers_of(site):
    """The first group of `_headers`: what holds for every address."""
    text = site["_headers"].decode("utf-8").split("\n\n")[0]
    return dict(line.strip().split(": ", 1) for line in text.split("\n")[1:] if line)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program that listens on a port of this machine, for as long as the block lasts."""

    def __init__(self, command, port, **more):
        self.command, self.port, self.more = command, port, more

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, **self.more)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.__exit__()
        sys.exit(f"{self.command[0]} does not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def get(port, address, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        return response.status, dict((name.lower(), value) for name, value in response.getheaders()), response.read()
    finally:
        connection.close()


def is_of_type(path, value):
    known = TYPES.get(path.rsplit(".", 1)[-1])
    return known is None or (value or "").split(";")[0] in known


def caching(path):
    return FOREVER if path.startswith("assets/") else "no-cache"


# --- nginx --------------------------------------------------------------------------------------


def nginx_configuration(folder, root, prefix, port):
    server, = blocks("nginx", "nginx")
    words = {"listen 443 ssl;": f"listen 127.0.0.1:{port};", "handbook.example": "localhost", "/srv/handbook": root,
             "include handbook-headers;": f"include {folder}/handbook-headers;", "include mime.types;": "include /etc/nginx/mime.types;"}
    if prefix:
        # The four addresses that the page speaks of.
        words.update({f" {address}": f" /{prefix}{address}" for address in ("/404.html", "/.prepbook/", "/assets/")})
        words["location / {"] = f"location /{prefix}/ {{"
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return (f"daemon off; {user} pid {folder}/pid; error_log {folder}/errors; worker_processes 1;\n"
            f"events {{ worker_connections 64; }}\n"
            f"http {{ include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; {temporary}\n{with_words(server, words)}}}\n")


def look_at_nginx(prepbook, book, folder, prefix):
    root = os.path.join(folder, "published")
    output = os.path.join(root, prefix) if prefix else root
    os.makedirs(root)
    subprocess.run([prepbook, "build", "--quiet", book, "-d", output, "--base-url", f"https://handbook.example/{prefix}"], check=True)
    site = tree(output)
    command, = blocks("nginx", "sh")
    subprocess.run(["bash", "-euc", with_words(command, {"book/_headers": f"{output}/_headers"})], cwd=folder, check=True)
    port = free_port()
    configuration = os.path.join(folder, "nginx.conf")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(nginx_configuration(folder, root, prefix, port))
    policy, base = headers_of(site), f"/{prefix}/" if prefix else "/"
    with Server(["nginx", "-e", f"{folder}/errors", "-p", folder, "-c", configuration], port):
        def place(address):
            return f"nginx, {address}"

        def check_headers(address, headers, cache):
            for name, value in policy.items():
                expect(place(address), headers.get(name.lower()) == value, f"{name} is not that of _headers")
            expect(place(address), headers.get("cache-control") == cache, f"Cache-Control is {headers.get('cache-control')}, not {cache}")

        for path, content in site.items():
            address = base + urllib.parse.quote(path)
            status, headers, body = get(port, address)
            expect(place(address), (status, body) == (200, content), f"answers {status} and not the file's bytes")
            expect(place(address), is_of_type(path, headers.get("content-type")), f"is of type {headers.get('content-type')}")
            shown = SHOWN.get(path.rsplit(".", 1)[-1])
            expect(place(address), shown is None or headers.get("content-type") == f"{shown}; charset=utf-8", f"is of type {headers.get('content-type')}")
            check_headers(address, headers, caching(path))
            status, _, body = get(port, address, **{"If-None-Match": headers.get("etag", "")})
            expect(place(address), (status, body) == (304, b""), "is sent again to those who have it")
        chapter = next(path for path in site if path.endswith("/index.html"))[:-len("index.html")]
        for path in ["", chapter]:
            status, headers, body = get(port, base + path, **{"Accept-Encoding": "gzip"})
            expect(place(base + path), status == 200 and headers.get("content-encoding") == "gzip", f"answers {status}, not packed")
            expect(place(base + path), headers.get("content-encoding") == "gzip" and gzip.decompress(body) == site[path + "index.html"], "is not the page")
            check_headers(base + path, headers, "no-cache")
        status, headers, _ = get(port, (base + chapter).rstrip("/"))
        expect(place(base + chapter), (status, headers.get("location")) == (301, base + chapter), "is not where its name without a slash leads")
        expect("nginx", {path.rsplit(".", 1)[-1] for path in site} >= {"epub", "py"}, "the book has nothing to see types by")
        status, headers, _ = get(port, base + "sitemap.xml", **{"Accept-Encoding": "gzip"})
        expect(place("sitemap.xml"), headers.get("content-encoding") == "gzip", "is not packed")
        for path in ["no/such-page", "assets/", "assets/no-such.js", ".prepbook/manifest.json", ".prepbook/lock"]:
            status, headers, body = get(port, base + path)
            expect(place(base + path), (status, body) == (404, site["404.html"]), f"answers {status} and not the book's page for unknown addresses")
            # Where nothing of the policy is said, the page says it itself.
            expect(place(base + path), headers.get("cache-control") in (None, "no-cache"), "is kept, and the address may come to be")


# --- S3 -----------------------------------------------------------------------------------------


def look_at_s3(prepbook, book, folder):
    import boto3

    port = free_port()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}
    # AWS itself would be asked under the bucket's own name, which this machine's server has none of.
    rclone = {"RCLONE_S3_PROVIDER": "Other", "RCLONE_S3_ENV_AUTH": "true", "RCLONE_S3_REGION": "us-east-1",
              "RCLONE_RETRIES": "1", "RCLONE_LOW_LEVEL_RETRIES": "1",
              "RCLONE_LOG_LEVEL": "ERROR", "RCLONE_CONFIG": os.path.join(folder, "rclone.conf")}
    here = f"http://127.0.0.1:{port}"
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    # Nothing of the caller's own: this is not his account.
    others = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "RCLONE_"))}
    environment = {**others, **keys, **rclone, "PATH": path, "HOME": folder, "AWS_ENDPOINT_URL": here, "RCLONE_S3_ENDPOINT": here}
    copy = os.path.join(folder, "source")
    shutil.copytree(book, copy, ignore=shutil.ignore_patterns("book"))
    output = os.path.join(folder, "book")

    def client(service):
        return boto3.client(service, endpoint_url=here, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")

    def build():
        subprocess.run([prepbook, "build", "--quiet", copy, "-d", output], check=True)
        return tree(output)

    with open(os.path.join(folder, "moto.log"), "w", encoding="utf-8") as log, \
            Server([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port, stdout=log, stderr=log):
        s3, cloudfront = client("s3"), client("cloudfront")
        s3.create_bucket(Bucket="handbook-bucket")
        # What went up twice has two versions.
        s3.put_bucket_versioning(Bucket="handbook-bucket", VersioningConfiguration={"Status": "Enabled"})
        distribution = cloudfront.create_distribution(DistributionConfig={
            "CallerReference": "one", "Comment": "", "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{"Id": "s3", "DomainName": "handbook-bucket.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
            "DefaultCacheBehavior": {"TargetOriginId": "s3", "ViewerProtocolPolicy": "redirect-to-https", "MinTTL": 0,
                                     "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}},
        })["Distribution"]["Id"]
        commands, = blocks("S3 and CloudFront", "sh")
        commands = with_words(commands, {"BUCKET": "handbook-bucket", "--distribution-id ID": f"--distribution-id {distribution}"})

        def publish():
            subprocess.run(["bash", "-euc", commands], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=120)

        def versions():
            found = {}
            for page in s3.get_paginator("list_object_versions").paginate(Bucket="handbook-bucket"):
                for version in page.get("Versions", []):
                    found[version["Key"]] = found.get(version["Key"], 0) + 1
            return found

        def check_bucket(site):
            there = {item["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="handbook-bucket") for item in page.get("Contents", [])}
            for path in sorted(there ^ set(site)):
                expect(f"s3, {path}", False, "is in the bucket and not in the site" if path in there else "did not go up")
            for path in there & set(site):
                answer = s3.get_object(Bucket="handbook-bucket", Key=path)
                expect(f"s3, {path}", answer["Body"].read() == site[path], "has other bytes")
                expect(f"s3, {path}", answer.get("CacheControl") == caching(path), f"Cache-Control is {answer.get('CacheControl')}")
                expect(f"s3, {path}", is_of_type(path, answer.get("ContentType")), f"is of type {answer.get('ContentType')}")

        first = build()
        publish()
        check_bucket(first)
        before = versions()
        expect("s3", set(before.values()) == {1}, "something went up twice")
        publish()
        expect("s3", versions() == before, "what has not changed went up again")

        with open(os.path.join(copy, "guide", "README.md"), "a", encoding="utf-8") as file:
            file.write("\nOne more paragraph about nothing else.\n")
        second = build()
        # As a fresh checkout and another machine would have it: all files are new, most bytes are not.
        for above, _, names in os.walk(output):
            for name in names:
                os.utime(os.path.join(above, name))
        publish()
        check_bucket(second)
        changed = {path for path in second if second[path] != first.get(path)}
        up = {path for path, count in versions().items() if count != before.get(path, 0)}
        expect("s3", up == changed, f"went up though unchanged, or the other way round: {sorted(up ^ changed)}")
        expect("s3", 0 < len(changed) < len(second) / 2, f"the edit changed {len(changed)} of {len(second)} files")
        count = cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"]["Quantity"]
        expect("cloudfront", count == 3, f"was told {count} times of three")
        return len(changed), len(second)


def look_at_function():
    function, = blocks("S3 and CloudFront", "js")
    for address, expected in [("/", "/index.html"), ("/a/b/", "/a/b/index.html"), ("/a/b.html", "/a/b.html"), ("/sw.js", "/sw.js")]:
        script = f"{function}\nconsole.log(handler({{request: {{uri: {json.dumps(address)}}}}}).uri)"
        answer = subprocess.run(["node", "-e", script], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()
        expect(f"function, {address}", answer == expected, f"leads to {answer}")


def main(arguments):
    if len(arguments) != 2:
        print("usage: hosts.py PREPBOOK BOOK", file=sys.stderr)
        return 2
    prepbook, book = (os.path.abspath(path) for path in arguments)
    for prefix in ["", "books/handbook"]:
        with tempfile.TemporaryDirectory() as folder:
            look_at_nginx(prepbook, book, folder, prefix)
    with tempfile.TemporaryDirectory() as folder:
        changed, files = look_at_s3(prepbook, book, folder)
    look_at_function()
    for line in problems[:40]:
        print(line)
    print(f"{looked_at} looked at, {len(problems)} problems; an edited page sent {changed} of {files} files to S3")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
