"""Rules for Python, on its syntax tree. Written from classes of CWE."""

import ast
import re

from model import SECRET_NAME, Finding, Rule, ToolError, redact

RULES = {rule.id: rule for rule in (
    Rule("py-shell", "python", 78, "high", "A shell runs text that is put together", "Pass a list and no shell."),
    Rule("py-argument", "python", 88, "medium", "A value from outside may be read as an option", "Put `--` before values, or check them.", "low"),
    Rule("py-eval", "python", 95, "high", "Text is run as code", "Parse what you need; `ast.literal_eval` for literals."),
    Rule("py-unpickle", "python", 502, "high", "Data may create any object while it is read", "Use JSON, or `yaml.safe_load`.", "high"),
    Rule("py-weak-hash", "python", 328, "medium", "A broken hash", "SHA-256, or say `usedforsecurity=False`.", "high"),
    Rule("py-password-hash", "python", 916, "high", "A fast hash for passwords", "Argon2id, scrypt, or PBKDF2 with its cost."),
    Rule("py-cipher", "python", 327, "high", "A cipher or mode that leaks", "AES-GCM from a maintained library.", "high"),
    Rule("py-tls-off", "python", 295, "high", "The other side is not verified", "Leave verification on; add your own authority.", "high"),
    Rule("py-mktemp", "python", 377, "medium", "A temporary name that others can take first", "`NamedTemporaryFile` or `mkdtemp`.", "high"),
    Rule("py-sql", "python", 89, "critical", "SQL is put together from values", "Bind values as parameters; choose names from a list.", "high"),
    Rule("py-unpack", "python", 22, "high", "An archive decides where files go", '`filter="data"`, and a limit of sizes.', "high"),
    Rule("py-path", "python", 22, "high", "A path contains a value from outside", "Resolve, then check that it is below the base."),
    Rule("py-secret", "python", 798, "high", "A secret in the source", "Read it from a secret store; replace this one."),
    Rule("py-secret-default", "python", 1188, "high", "A secret with a known default", "Stop if it is not set.", "high"),
    Rule("py-host-header", "python", 640, "high", "A link is built from what the caller says the host is", "Take the base address from configuration.", "high"),
    Rule("py-random", "python", 338, "high", "A secret from predictable random numbers", "The module `secrets`."),
    Rule("py-compare", "python", 208, "medium", "A secret is compared in a time that tells", "`hmac.compare_digest`."),
    Rule("py-regex", "python", 1333, "medium", "A regular expression from outside, or one that backtracks", "`re.escape`, simpler patterns, limits."),
    Rule("py-xml", "python", 611, "high", "The XML parser resolves entities", "`resolve_entities=False`, or defusedxml."),
    Rule("py-fetch", "python", 918, "high", "The server fetches an address from outside", "A list of hosts, checked addresses, no redirects."),
    Rule("py-redirect", "python", 601, "medium", "A redirect to an address from outside", "Only paths, or a list."),
    Rule("py-html", "python", 79, "high", "HTML is put together from values", "A template that escapes."),
    Rule("py-template", "python", 1336, "critical", "A template that is not constant", "Constant templates, values as arguments."),
    Rule("py-debug", "python", 489, "high", "The debugger is on", "Off, and never by default.", "high"),
    Rule("py-timeout", "python", 400, "low", "A request that may wait for ever", "`timeout=`.", "high"),
    Rule("py-mode", "python", 732, "medium", "Others may write", "0o600 or 0o640.", "high"),
    Rule("py-log", "python", 532, "medium", "A secret goes to the log", "Log an id of it, or nothing."),
    Rule("py-swallow", "python", 755, "medium", "A failure is ignored or taken for a yes", "Catch what you expect, and refuse."),
    Rule("py-jwt", "python", 347, "critical", "A token is read without verification", "`algorithms=[…]`, audience, issuer.", "high"),
    Rule("py-cookie", "python", 614, "medium", "A cookie without its flags", "`secure`, `httponly`, `samesite`."),
    Rule("py-cors", "python", 942, "medium", "Every origin may read", "A list of origins."),
    Rule("py-mass", "python", 915, "high", "Fields of a request become attributes", "A list of fields that may be set."),
    Rule("py-race", "python", 367, "medium", "Checked first, opened later", "Open with mode `x`, or handle the error."),
)}

REQUEST = {"args", "form", "values", "json", "cookies", "headers", "files", "data", "view_args", "query_string",
           "GET", "POST", "get_json", "query_params", "path_params", "body", "path"}
HTTP = {"get", "post", "put", "patch", "delete", "head", "request"}
SECRETISH = re.compile(r"token|secret|passw|otp|pin\b|nonce|session|code|reset|api_?key|salt|coupon", re.I)
COMPARED = re.compile(r"token|signature|hmac|digest|secret|passw|api_?key|\bmac\b|\bsig\b", re.I)
LOGGED = re.compile(r"token|secret|passw|api_?key|authorization|card|ssn", re.I)
NESTED = re.compile(r"\([^()]*[+*][^()]*\)[+*{]")


def name(node):
    """`a.b.c` of a chain of names, else an empty text."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def constant(node):
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(map(constant, node.elts))
    return isinstance(node, ast.Constant)


def joined(node):
    """Text that is put together: an f-string, +, % or .format with something that is not constant."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
        texts = any(isinstance(n, ast.JoinedStr) or isinstance(n, ast.Constant) and isinstance(n.value, str) for n in ast.walk(node))
        return texts and not (constant(node.left) and constant(node.right))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def keyword(call, wanted):
    return next((k.value for k in call.keywords if k.arg == wanted), None)


def is_false(node):
    return isinstance(node, ast.Constant) and node.value is False


def identifiers(node):
    return [n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute))]


class Scope:
    """What one function knows: names with values from outside, names with text that was put together."""

    def __init__(self, outside=()):
        self.outside, self.joined, self.params, self.name = set(outside), set(), set(), ""
        self.made_by = {}


class Visitor(ast.NodeVisitor):
    def __init__(self, path, lines):
        self.path, self.lines, self.found = path, lines, {}
        self.scopes = [Scope()]
        self.aliases = {}

    @property
    def scope(self):
        return self.scopes[-1]

    def report(self, rule_id, node):
        rule, line = RULES[rule_id], node.lineno
        code = self.lines[line - 1].strip()
        code = redact(code) if rule.cwe in (798, 1188) else code
        self.found.setdefault((rule_id, line), Finding(rule.id, self.path, line, rule.cwe, rule.severity, rule.title, rule.fix, code, rule.confidence))

    # region taint
    def outside(self, node):
        """Whether a value comes from a request, an event, the command line, or something made of these."""
        for n in ast.walk(node):
            if isinstance(n, ast.Name) and n.id in self.scope.outside:
                return True
            if isinstance(n, ast.Attribute) and n.attr in REQUEST and name(n.value).split(".")[-1] in ("request", "req"):
                return True
            if isinstance(n, ast.Call) and name(n.func) == "input" or isinstance(n, ast.Attribute) and name(n) == "sys.argv":
                return True
        return False

    def assign(self, target, value):
        for n in ast.walk(target):
            if isinstance(n, ast.Name):
                for names, is_so in ((self.scope.outside, self.outside(value)), (self.scope.joined, joined(value))):
                    names.add(n.id) if is_so else names.discard(n.id)
                self.scope.made_by[n.id] = self.called(value.func) if isinstance(value, ast.Call) else ""
    # endregion taint

    def called(self, func):
        full = name(func)
        head, _, rest = full.partition(".")
        return self.aliases.get(head, head) + ("." + rest if rest else "")

    def visit_Import(self, node):
        for item in node.names:
            self.aliases[item.asname or item.name.split(".")[0]] = item.name if item.asname else item.name.split(".")[0]

    def visit_ImportFrom(self, node):
        for item in node.names:
            self.aliases[item.asname or item.name] = f"{node.module}.{item.name}"

    def visit_FunctionDef(self, node):
        params = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        handler = any(isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute) and d.func.attr in HTTP | {"route"} for d in node.decorator_list)
        scope = Scope(p for p in params if p != "self" and handler or p == "event")
        scope.params, scope.name = set(params), node.name
        scope.made_by = dict(self.scope.made_by)
        self.scopes.append(scope)
        self.generic_visit(node)
        self.scopes.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Assign(self, node):
        self.generic_visit(node)
        for target in node.targets:
            self.assign(target, node.value)
            label = name(target) or (target.slice.value if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant) else "")
            self.value_for(str(label), node.value, node)
            if isinstance(target, ast.Attribute) and target.attr == "check_hostname" and is_false(node.value):
                self.report("py-tls-off", node)
            if isinstance(target, ast.Subscript) and str(label).lower() == "access-control-allow-origin":
                if self.outside(node.value) or isinstance(node.value, ast.Constant) and node.value.value == "*":
                    self.report("py-cors", node)

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        if node.value:
            self.assign(node.target, node.value)
            self.value_for(name(node.target), node.value, node)

    def visit_With(self, node):
        for item in node.items:
            if item.optional_vars is not None:
                self.assign(item.optional_vars, item.context_expr)
        self.generic_visit(node)

    def visit_For(self, node):
        self.assign(node.target, node.iter)
        self.generic_visit(node)

    def value_for(self, label, value, node):
        text = value.value if isinstance(value, ast.Constant) and isinstance(value.value, (str, bytes)) else None
        if re.search(SECRET_NAME, label, re.I) and text and len(text) >= 6:
            self.report("py-secret", node)
        if label.split(".")[-1].upper() == "DEBUG" and isinstance(value, ast.Constant) and value.value is True:
            self.report("py-debug", node)
        if SECRETISH.search(label) and any(isinstance(n, ast.Call) and self.called(n.func).startswith("random.") and "SystemRandom" not in self.called(n.func) for n in ast.walk(value)):
            self.report("py-random", node)

    def visit_Compare(self, node):
        sides = [node.left, *node.comparators]
        plain = [s for s in sides if not isinstance(s, ast.Constant)]
        if isinstance(node.ops[0], (ast.Eq, ast.NotEq)) and len(plain) == 2 and any(COMPARED.search(i) for s in plain for i in identifiers(s)[-1:]):
            self.report("py-compare", node)
        self.generic_visit(node)

    def visit_JoinedStr(self, node):
        text = "".join(p.value for p in node.values if isinstance(p, ast.Constant))
        values = [p.value for p in node.values if isinstance(p, ast.FormattedValue)]
        if re.search(r"<\w+[^>]*>?", text) and any(self.outside(v) or isinstance(v, ast.Name) and v.id in self.scope.params for v in values):
            self.report("py-html", node)
        self.generic_visit(node)

    def visit_Attribute(self, node):
        if node.attr in ("host", "host_url", "url_root", "base_url") and name(node.value).split(".")[-1] in ("request", "req"):
            self.report("py-host-header", node)
        if name(node).endswith("ssl.CERT_NONE"):
            self.report("py-tls-off", node)
        self.generic_visit(node)

    def visit_Subscript(self, node):
        if name(node.value).endswith("headers") and isinstance(node.slice, ast.Constant) and str(node.slice.value).lower() in ("host", "x-forwarded-host"):
            self.report("py-host-header", node)
        self.generic_visit(node)

    def visit_If(self, node):
        for n in ast.walk(node.test):
            if isinstance(n, ast.Call) and n.args and (self.called(n.func) == "os.path.exists" or isinstance(n.func, ast.Attribute) and n.func.attr == "exists"):
                if any(isinstance(c, ast.Call) and (name(c.func) == "open" or isinstance(c.func, ast.Attribute) and c.func.attr in ("write_text", "write_bytes", "rename")) for s in node.body for c in ast.walk(s)):
                    self.report("py-race", n)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node):
        broad = node.type is None or name(node.type) in ("Exception", "BaseException")
        last = node.body[-1]
        quiet = all(isinstance(s, (ast.Pass, ast.Continue)) for s in node.body)
        yes = isinstance(last, ast.Return) and isinstance(last.value, ast.Constant) and last.value.value is True
        if broad and quiet or yes:
            self.report("py-swallow", node)
        self.generic_visit(node)

    def visit_Call(self, node):
        called = self.called(node.func)
        method = node.func.attr if isinstance(node.func, ast.Attribute) else called
        first = node.args[0] if node.args else None
        self.commands(node, called, method, first)
        self.data(node, called, method, first)
        self.crypto(node, called, method, first)
        self.web(node, called, method, first)
        self.generic_visit(node)

    def text_from_values(self, node):
        return joined(node) or isinstance(node, ast.Name) and node.id in self.scope.joined

    def commands(self, node, called, method, first):
        shell = keyword(node, "shell")
        if called in ("os.system", "os.popen", "subprocess.getoutput", "commands.getoutput") and first is not None and not constant(first):
            self.report("py-shell", node)
        if called.startswith("subprocess.") and shell is not None and not is_false(shell) and first is not None and not constant(first):
            self.report("py-shell", node)
        elif called.startswith("subprocess.") and isinstance(first, ast.List):
            values = [e.value for e in first.elts if isinstance(e, ast.Constant)]
            loose = [e for e in first.elts[1:] if self.outside(e) or isinstance(e, ast.Name) and e.id in self.scope.params]
            if loose and "--" not in values:
                self.report("py-argument", node)
        if called in ("eval", "exec", "builtins.eval") and first is not None and not constant(first):
            self.report("py-eval", node)

    def data(self, node, called, method, first):
        if re.fullmatch(r"(c?[pP]ickle|dill|cloudpickle|jsonpickle|marshal|joblib)\.(loads?|decode|Unpickler)|shelve\.open|pandas\.read_pickle", called):
            self.report("py-unpickle", node)
        if re.fullmatch(r"yaml\.(load|load_all|unsafe_load|full_load)", called) and not any("Safe" in i for k in node.keywords for i in identifiers(k.value)) and not (len(node.args) > 1 and any("Safe" in i for i in identifiers(node.args[1]))):
            self.report("py-unpickle", node)
        if method in ("execute", "executemany", "executescript", "raw", "extra", "text") and first is not None and self.text_from_values(first):
            self.report("py-sql", node)
        if method in ("extractall", "extract") and keyword(node, "filter") is None:
            owner = name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            if "zip" not in self.scope.made_by.get(owner, "").lower() and "zip" not in owner.lower():
                self.report("py-unpack", node)
        if called == "shutil.unpack_archive" and keyword(node, "filter") is None:
            self.report("py-unpack", node)
        if called in ("open", "io.open", "os.open", "os.remove", "os.unlink", "shutil.copy", "shutil.move", "shutil.rmtree") or method in ("send_file", "FileResponse"):
            if first is not None and self.outside(first):
                self.report("py-path", node)
        if called in ("os.path.join", "pathlib.Path", "Path") and any(map(self.outside, node.args)) or method == "joinpath" and any(map(self.outside, node.args)):
            self.report("py-path", node)
        if called == "tempfile.mktemp" or called == "open" and isinstance(first, ast.Constant) and str(first.value).startswith("/tmp/"):
            self.report("py-mktemp", node)
        if called == "os.chmod" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant) and isinstance(node.args[1].value, int) and node.args[1].value & 0o022:
            self.report("py-mode", node)
        if called == "setattr" and len(node.args) == 3 and not constant(node.args[1]) or method == "update" and first is not None and self.outside(first):
            self.report("py-mass", node)
        if any(k.arg is None and self.outside(k.value) for k in node.keywords):
            self.report("py-mass", node)
        if re.fullmatch(r"re\.(compile|match|search|fullmatch|sub|findall|finditer)", called) and first is not None:
            if self.outside(first) or self.text_from_values(first) and not any("escape" in i for i in identifiers(first)):
                self.report("py-regex", node)
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and NESTED.search(first.value):
                self.report("py-regex", node)
        if called in ("lxml.etree.XMLParser", "etree.XMLParser") and not is_false(keyword(node, "resolve_entities") or ast.Constant(None)) or called.startswith("xml.sax.") and method in ("parse", "parseString", "make_parser"):
            self.report("py-xml", node)

    def crypto(self, node, called, method, first):
        wanted = called.split(".")[-1]
        if called == "hashlib.new" and isinstance(first, ast.Constant):
            wanted = str(first.value).lower()
        if called.startswith("hashlib."):
            if wanted in ("md5", "sha1", "md4") and not is_false(keyword(node, "usedforsecurity") or ast.Constant(None)):
                self.report("py-weak-hash", node)
            if first is not None and wanted.startswith(("sha", "md5", "blake")) and any(re.search("passw|pin$", i, re.I) for i in identifiers(first)):
                self.report("py-password-hash", node)
            if wanted == "pbkdf2_hmac" and len(node.args) > 3 and isinstance(node.args[3], ast.Constant) and node.args[3].value < 100_000:
                self.report("py-password-hash", node)
        if "ECB" in method or re.search(r"(^|\.)(DES3?|ARC4|Blowfish)(\.new)?$", called) or any("MODE_ECB" in i for a in node.args for i in identifiers(a)):
            self.report("py-cipher", node)
        if is_false(keyword(node, "verify") or ast.Constant(None)) and method != "decode" or called == "ssl._create_unverified_context":
            self.report("py-tls-off", node)
        if called.startswith("random.") and method not in ("SystemRandom", "seed", "Random") and SECRETISH.search(self.scope.name):
            self.report("py-random", node)
        if called == "jwt.decode" or method == "decode" and keyword(node, "algorithms") is not None:
            options = ast.dump(keyword(node, "options") or ast.Constant(None))
            if keyword(node, "algorithms") is None and len(node.args) < 3 or is_false(keyword(node, "verify") or ast.Constant(None)) or re.search(r"verify_\w+'\).*Constant\(value=False", options):
                self.report("py-jwt", node)

    def web(self, node, called, method, first):
        if called in ("os.environ.get", "os.getenv") and len(node.args) > 1 and isinstance(first, ast.Constant):
            if re.search(r"secret|passw|key|token", str(first.value), re.I) and isinstance(node.args[1], ast.Constant) and node.args[1].value:
                self.report("py-secret-default", node)
        if method == "get" and name(node.func.value if isinstance(node.func, ast.Attribute) else node.func).endswith("headers") and isinstance(first, ast.Constant) and str(first.value).lower() in ("host", "x-forwarded-host"):
            self.report("py-host-header", node)
        network = re.match(r"(requests|httpx|session|urllib\.request|urllib3)\b", called) and method in HTTP | {"urlopen", "urlretrieve"}
        if network:
            target = node.args[1] if method == "request" and len(node.args) > 1 else first
            if target is not None and (self.outside(target) or isinstance(target, ast.Name) and target.id in self.scope.params):
                self.report("py-fetch", node)
            if keyword(node, "timeout") is None:
                self.report("py-timeout", node)
        if method in ("redirect", "RedirectResponse", "HttpResponseRedirect") and first is not None and self.outside(first):
            self.report("py-redirect", node)
        if method in ("Markup", "mark_safe") and first is not None and not constant(first):
            self.report("py-html", node)
        if method in ("render_template_string", "from_string") or called in ("jinja2.Template", "Template"):
            if first is not None and not constant(first):
                self.report("py-template", node)
        if method == "run" and isinstance(keyword(node, "debug"), ast.Constant) and keyword(node, "debug").value is True:
            self.report("py-debug", node)
        if method in ("debug", "info", "warning", "error", "exception", "log", "print") and re.search(r"log|print", called):
            if any(LOGGED.search(i) for a in node.args if not isinstance(a, ast.Constant) for i in identifiers(a)):
                self.report("py-log", node)
        if method == "set_cookie":
            good = [k for k in ("secure", "httponly") if isinstance(keyword(node, k), ast.Constant) and keyword(node, k).value is True]
            if len(good) < 2:
                self.report("py-cookie", node)


def scan(path, text):
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ToolError(f"{path}: not Python that can be read: {error}") from None
    visitor = Visitor(path, text.splitlines() or [""])
    visitor.visit(tree)
    return list(visitor.found.values())
