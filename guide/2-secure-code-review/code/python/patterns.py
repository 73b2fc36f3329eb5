"""Fourteen kinds of flaw, each as it is written and as it should be. The page on Python's patterns shows them in pairs."""
import ast
import gzip
import hashlib
import hmac
import io
import ipaddress
import json
import os
import pickle
import random
import re
import secrets
import socket
import ssl
import string
import subprocess
import tarfile
import urllib.parse
from pathlib import Path


# region sql-weak
def find_weak(db, email, sort):
    return db.execute(f"SELECT id, email FROM account WHERE email = '{email}' ORDER BY {sort}").fetchall()
# endregion sql-weak


# region sql-fixed
FIND = {column: f"SELECT id, email FROM account WHERE email = ? ORDER BY {column}" for column in ("id", "email")}


def find_fixed(db, email, sort):
    return db.execute(FIND[sort], (email,)).fetchall()  # a name from a list, a value that is bound
# endregion sql-fixed


# region process-weak
def size_weak(name):
    return subprocess.run(f"wc -c {name}", shell=True, capture_output=True, text=True).stdout
# endregion process-weak


# region process-fixed
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}", re.ASCII)


def size_fixed(name):
    if not NAME.fullmatch(name):
        raise ValueError("not a name of ours")
    return subprocess.run(["wc", "-c", f"./{name}"], capture_output=True, text=True, timeout=5).stdout
# endregion process-fixed


# region path-weak
def read_weak(folder, name):
    path = os.path.join(folder, name)
    if not path.startswith(folder):
        raise ValueError("outside")
    with open(path) as file:
        return file.read()
# endregion path-weak


# region path-fixed
def read_fixed(folder, name):
    root = Path(folder).resolve()
    path = (root / name).resolve()  # follows dots and links before anything is compared
    if not path.is_relative_to(root):
        raise ValueError("outside")
    return path.read_text()
# endregion path-fixed


# region load-weak
def load_weak(data):
    return pickle.loads(data)
# endregion load-weak


# region load-fixed
def load_fixed(data):
    value = json.loads(data)
    if not isinstance(value, dict) or set(value) != {"user", "cart"} or not isinstance(value["cart"], list):
        raise ValueError("not a session of ours")
    return value
# endregion load-fixed


# region eval-weak
def setting_weak(text):
    return eval(text)
# endregion eval-weak


# region eval-fixed
def setting_fixed(text):
    if len(text) > 1000:  # a long enough text uses up memory or stack before anybody looks at its value
        raise ValueError("too long")
    return ast.literal_eval(text)  # numbers, texts and lists of them; for more, JSON and a schema
# endregion eval-fixed


# region tar-weak
def unpack_weak(archive, folder):
    with tarfile.open(archive) as tar:
        for member in tar:
            target = os.path.join(folder, member.name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(tar.extractfile(member).read())
# endregion tar-weak


# region tar-fixed
def unpack_fixed(archive, folder, most=10_000_000):
    with gzip.open(archive) as packed:
        data = packed.read(most + 1)  # all of it is counted, headers as well, before anything is understood
    if len(data) > most:
        raise ValueError("too large")
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as tar:
        members = tar.getmembers()
        if len(members) > 1000 or sum(member.size for member in members) > most:
            raise ValueError("too large")
        tar.extractall(folder, members, filter="data")  # refuses climbing, absolute names, devices and links outside
# endregion tar-fixed


# region token-weak
def token_weak():
    return "".join(random.choice(string.digits) for _ in range(6))
# endregion token-weak


# region token-fixed
def token_fixed():
    return secrets.token_urlsafe(32)
# endregion token-fixed


# region mac-weak
def genuine_weak(key, message, tag):
    return hashlib.sha256(key + message).hexdigest() == tag
# endregion mac-weak


# region mac-fixed
def genuine_fixed(key, message, tag):
    return hmac.compare_digest(hmac.new(key, message, hashlib.sha256).hexdigest(), tag)
# endregion mac-fixed


# region tls-weak
def context_weak():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
# endregion tls-weak


# region tls-fixed
def context_fixed():
    return ssl.create_default_context()
# endregion tls-fixed


# region ssrf-weak
def allowed_weak(url, resolve=socket.getaddrinfo):
    return url.startswith("https://hooks.partner.example")
# endregion ssrf-weak


# region ssrf-fixed
def allowed_fixed(url, resolve=socket.getaddrinfo):
    parts = urllib.parse.urlsplit(url)
    if (parts.scheme, parts.netloc) != ("https", "hooks.partner.example"):
        return False
    return all(public(ipaddress.ip_address(entry[4][0])) for entry in resolve(parts.hostname, 443))


def public(address):
    """Given out to somebody, and not an IPv6 address with an IPv4 address of somebody's choice inside."""
    if address.version == 6 and (address not in ipaddress.ip_network("2000::/3") or address.sixtofour or address.teredo):
        return False
    return address.is_global and not address.is_multicast
# endregion ssrf-fixed


# region template-weak
def greet_weak(template, user):
    return template.format(user=user)
# endregion template-weak


# region template-fixed
def greet_fixed(template, user):
    return string.Template(template).substitute(name=user.name)  # named values, and no way from them to anything else
# endregion template-fixed


# region event-weak
def orders_weak(event, table):
    tenant = event["headers"].get("x-tenant") or event["claims"]["tenant"]
    return table[tenant]
# endregion event-weak


# region event-fixed
def orders_fixed(event, table):
    return table[event["claims"]["tenant"]]
# endregion event-fixed


# region assert-weak
def refund_weak(user, order):
    assert user["role"] == "agent", "agents only"
    return {**order, "status": "refunded"}
# endregion assert-weak


# region assert-fixed
def refund_fixed(user, order):
    if user["role"] != "agent":
        raise PermissionError("agents only")
    return {**order, "status": "refunded"}
# endregion assert-fixed


# region pattern-weak
SLOW = re.compile(r"^([a-z0-9]+[-_ ]?)+$")


def nice_weak(name):
    return bool(SLOW.match(name))
# endregion pattern-weak


# region pattern-fixed
QUICK = re.compile(r"[a-z0-9][a-z0-9_ -]{0,80}")


def nice_fixed(name):
    return bool(QUICK.fullmatch(name))
# endregion pattern-fixed
