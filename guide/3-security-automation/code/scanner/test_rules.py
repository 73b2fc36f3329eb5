"""Each rule has a line that it must report and a line beside it that it must not."""

import pytest

import rules_python
import rules_tokens
import scanner
from model import ToolError

PYTHON = {
    "py-shell": ('import subprocess\nsubprocess.run(f"ls {x}", shell=True)', 'import subprocess\nsubprocess.run("ls", shell=True)'),
    "py-argument": ('import subprocess\ndef f(x):\n    subprocess.run(["grep", x])', 'import subprocess\ndef f(x):\n    subprocess.run(["grep", "--", x])'),
    "py-eval": ("eval(text)", "import ast\nast.literal_eval(text)"),
    "py-unpickle": ("import yaml\nyaml.load(text)", "import yaml\nyaml.load(text, Loader=yaml.SafeLoader)"),
    "py-weak-hash": ("import hashlib\nhashlib.md5(data)", "import hashlib\nhashlib.md5(data, usedforsecurity=False)"),
    "py-password-hash": ("import hashlib\nhashlib.sha256(password.encode())", "import hashlib\nhashlib.sha256(document)"),
    "py-cipher": ("AES.new(key, AES.MODE_ECB)", "AES.new(key, AES.MODE_GCM)"),
    "py-tls-off": ("import requests\nrequests.get('https://a.example', timeout=3, verify=False)", "import requests\nrequests.get('https://a.example', timeout=3, verify=True)"),
    "py-mktemp": ("import tempfile\ntempfile.mktemp()", "import tempfile\ntempfile.mkdtemp()"),
    "py-sql": ('def f(x):\n    q = "SELECT a FROM t WHERE b = " + x\n    db.execute(q)', 'def f(x):\n    q = "SELECT a FROM t WHERE b = ?"\n    db.execute(q, [x])'),
    "py-unpack": ("import tarfile\ntarfile.open(a).extractall(b)", "import tarfile\ntarfile.open(a).extractall(b, filter='data')"),
    "py-path": ("def f(event):\n    open(event['name'])", "def f(event):\n    open('names')"),
    "py-secret": ('api_key = "k3y-of-nobody"', 'api_key = store.read("api-key")'),
    "py-secret-default": ('import os\nos.environ.get("SECRET", "dev")', 'import os\nos.environ.get("COLOUR", "red")'),
    "py-host-header": ("link = request.host_url + path", "link = settings.host_url + path"),
    "py-random": ("import random\ntoken = random.randint(0, 9)", "import random\ncolour = random.choice(colours)"),
    "py-compare": ("ok = signature == expected", "ok = colour == expected_colour"),
    "py-regex": ("import re\nre.compile(request.args['q'])", "import re\nre.compile('a+b')"),
    "py-xml": ("from lxml import etree\netree.XMLParser()", "from lxml import etree\netree.XMLParser(resolve_entities=False)"),
    "py-fetch": ("import requests\ndef f(url):\n    requests.get(url, timeout=3)", "import requests\nrequests.get('https://a.example', timeout=3)"),
    "py-redirect": ("redirect(request.args['next'])", "redirect('/home')"),
    "py-html": ('def f(x):\n    return f"<b>{x}</b>"', 'def f(x):\n    return f"{x} of many"'),
    "py-template": ("render_template_string(text)", "render_template_string('constant')"),
    "py-debug": ("app.run(debug=True)", "app.run(debug=False)"),
    "py-timeout": ("import requests\nrequests.get('https://a.example')", "import requests\nrequests.get('https://a.example', timeout=3)"),
    "py-mode": ("import os\nos.chmod(p, 0o777)", "import os\nos.chmod(p, 0o640)"),
    "py-log": ("log.info('user %s', token)", "log.info('user %s', user_id)"),
    "py-swallow": ("try:\n    a()\nexcept Exception:\n    pass", "try:\n    a()\nexcept KeyError:\n    pass"),
    "py-jwt": ("import jwt\njwt.decode(t, options={'verify_signature': False})", "import jwt\njwt.decode(t, key, algorithms=['ES256'])"),
    "py-cookie": ("r.set_cookie('a', b)", "r.set_cookie('a', b, secure=True, httponly=True)"),
    "py-cors": ("h['Access-Control-Allow-Origin'] = '*'", "h['Access-Control-Allow-Origin'] = 'https://a.example'"),
    "py-mass": ("for k, v in data.items():\n    setattr(user, k, v)", "setattr(user, 'name', v)"),
    "py-race": ("import os\nif os.path.exists(p):\n    open(p)", "import os\nif os.path.exists(p):\n    count()"),
}

JAVA = {
    "java-sql": ('String q = "SELECT a FROM t WHERE b = " + x;', 'PreparedStatement p = c.prepareStatement("SELECT a FROM t WHERE b = ?");'),
    "java-command": ('new ProcessBuilder("sh", "-c", x);', 'new ProcessBuilder("ls", "-l");'),
    "java-path": ("Path p = base.resolve(fileName);", "Path p = base.resolve(fileName).normalize();\nif (!p.startsWith(base)) throw bad();"),
    "java-path-text": ("if (p.toString().startsWith(base.toString())) ok();", "if (p.startsWith(base)) ok();"),
    "java-xxe": ("DocumentBuilderFactory.newInstance();", 'DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\nf.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);'),
    "java-deserialise": ("new ObjectInputStream(in);", "ObjectInputStream s = new ObjectInputStream(in);\ns.setObjectInputFilter(filter);"),
    "java-random": ("new Random();", "new SecureRandom();"),
    "java-hash": ('MessageDigest.getInstance("MD5");', 'MessageDigest.getInstance("SHA-256");'),
    "java-password-hash": ("md.digest(password.getBytes(UTF_8));", "md.digest(document);"),
    "java-cipher": ('Cipher.getInstance("AES");', 'Cipher.getInstance("AES/GCM/NoPadding");'),
    "java-iv": ("new IvParameterSpec(new byte[16]);", "new IvParameterSpec(nonce);"),
    "java-secret": ('String apiKey = "k3y-of-nobody";', 'String apiKey = store.read("api-key");'),
    "java-trust-all": ("public void checkServerTrusted(X509Certificate[] c, String a) { }", "public void checkServerTrusted(X509Certificate[] c, String a) { inner.check(c); }"),
    "java-compare": ("if (signature.equals(expected)) ok();", "if (colour.equals(other)) ok();"),
    "java-jwt": ('String alg = header.get("alg");', 'String kid = header.get("kid");'),
    "java-redirect": ("response.sendRedirect(next);", 'response.sendRedirect("/home");'),
    "java-fetch": ("URI.create(address);", 'URI.create("https://a.example");'),
    "java-redirect-follow": ("b.followRedirects(Redirect.ALWAYS);", "b.followRedirects(Redirect.NEVER);"),
    "java-host-text": ('if (uri.getHost().endsWith("example.com")) ok();', 'if (ALLOWED.contains(uri.getHost())) ok();'),
    "java-html": ('out.print("<b>" + name);', 'out.print("name: " + name);'),
    "java-log-secret": ('log.info("user {}", token);', 'log.info("user {}", id);'),
    "java-log-line": ('log.info("user " + id);', 'log.info("user {}", id);'),
    "java-regex": ("Pattern.compile(query);", 'Pattern.compile("a+b");'),
    "java-swallow": ("try { a(); } catch (Exception e) { return true; }", "try { a(); } catch (Exception e) { return false; }"),
    "java-error-text": ("response.sendError(500, e.getMessage());", "response.sendError(500, eventId);"),
    "java-cookie": ("new Cookie(a, b);", "Cookie c = new Cookie(a, b);\nc.setSecure(true);"),
    "java-csrf": ("http.csrf().disable();", "http.csrf(withDefaults());"),
    "java-open": ("a.anyRequest().permitAll();", "a.anyRequest().denyAll();"),
    "java-cors": ('r.allowedOrigins("*");', 'r.allowedOrigins("https://a.example");'),
    "java-mode": ("f.setReadable(true, false);", "f.setReadable(true, true);"),
    "java-unbounded": ("in.readAllBytes();", "in.readNBytes(1000);"),
    "java-archive-size": ("new ZipInputStream(in);", "ZipInputStream z = new ZipInputStream(in); long maxBytes = 1000;"),
    "java-race": ("if (seen.containsKey(k)) { a(); }", "seen.putIfAbsent(k, v);"),
    "java-money": ("double price = 1;", "long priceInCents = 1;"),
    "java-overflow": ("int total = a * b;", "int total = Math.multiplyExact(a, b);"),
}

JAVASCRIPT = {
    "js-html": ("e.innerHTML = name;", "e.textContent = name;"),
    "js-html-answer": ("res.send(`<b>${name}</b>`);", "res.send(`name ${name}`);"),
    "js-link": ("a.href = address;", "a.href = '/home';"),
    "js-eval": ("eval(text);", "JSON.parse(text);"),
    "js-command": ("exec(`ls ${x}`);", "execFile('ls', [x]);"),
    "js-sql": ("db.query(`SELECT a FROM t WHERE b = ${x}`);", "db.query('SELECT a FROM t WHERE b = $1', [x]);"),
    "js-nosql": ("users.findOne({ name: req.body.name });", "users.findOne({ name: String(req.body.name) });"),
    "js-regex": ("new RegExp(query);", "new RegExp('a+b');"),
    "js-backtrack": ("const r = /(a+)+$/;", "const r = /a+$/;"),
    "js-prototype": ("target[key] = value;", "if (!Object.hasOwn(target, key)) stop();\ntarget[key] = value;"),
    "js-mass": ("Object.assign(user, req.body);", "Object.assign(user, defaults);"),
    "js-path": ("const p = path.join(root, req.params.name);", "const p = path.join(root, path.basename(req.params.name));"),
    "js-path-text": ("if (p.startsWith(root)) ok();", "if (p.startsWith('a')) ok();"),
    "js-host-text": ("if (url.hostname.endsWith('example.com')) ok();", "if (ALLOWED.has(url.hostname)) ok();"),
    "js-fetch": ("fetch(address);", "fetch('https://a.example');"),
    "js-redirect": ("res.redirect(next);", "res.redirect('/home');"),
    "js-random": ("Math.random();", "crypto.randomInt(10);"),
    "js-hash": ("createHash('md5');", "createHash('sha256');"),
    "js-password-hash": ("createHash('sha256').update(password);", "createHash('sha256').update(document);"),
    "js-tls-off": ("const o = { rejectUnauthorized: false };", "const o = { rejectUnauthorized: true };"),
    "js-jwt": ("jwt.decode(t);", "jwt.verify(t, key, { algorithms: ['ES256'] });"),
    "js-cookie": ("res.cookie('a', b);", "res.cookie('a', b, { httpOnly: true, secure: true });"),
    "js-message-any": ("w.postMessage(a, '*');", "w.postMessage(a, 'https://a.example');"),
    "js-message-open": ("addEventListener('message', e => go(e.data));", "addEventListener('message', e => e.origin === OURS && go(e.data));"),
    "js-storage": ("localStorage.setItem('token', t);", "localStorage.setItem('colour', c);"),
    "js-cors": ("res.set('Access-Control-Allow-Origin', '*');", "res.set('Access-Control-Allow-Origin', 'https://a.example');"),
    "js-secret": ("const apiKey = 'k3y-of-nobody';", "const apiKey = store.read('api-key');"),
    "js-secret-default": ("const s = process.env.SECRET || 'dev';", "const s = process.env.COLOUR || 'red';"),
    "js-compare": ("if (signature === given) ok();", "if (colour === given) ok();"),
    "js-log-secret": ("console.log('user', token);", "console.log('user', id);"),
    "js-swallow": ("try { a(); } catch (e) { }", "try { a(); } catch (e) { stop(e); }"),
    "js-error-text": ("res.json({ error: err.stack });", "res.json({ error: id });"),
    "js-opener": ("window.open(a);", "window.open(a, '_blank', 'noopener');"),
    "js-unserialise": ("unserialize(text);", "JSON.parse(text);"),
    "js-forwarded": ("const ip = req.headers['x-forwarded-for'];", "const ip = req.socket.remoteAddress;"),
    "js-script": ("const s = '<script src=\"https://a.example/a.js\">';", "const s = '<script src=\"a.js\">';"),
    "js-price": ("charge(req.body.price);", "charge(req.body.basket);"),
}

ALL = [(rule, name, pair) for table, name in ((PYTHON, "a.py"), (JAVA, "A.java"), (JAVASCRIPT, "a.mjs")) for rule, pair in table.items()]


def reported(name, text):
    language = rules_python if name.endswith(".py") else rules_tokens
    return {f.rule for f in language.scan(name, text)}


@pytest.mark.parametrize("rule, name, pair", ALL, ids=[a[0] for a in ALL])
def test_reports_the_flaw_and_not_its_neighbour(rule, name, pair):
    assert rule in reported(name, pair[0])
    assert rule not in reported(name, pair[1])


def test_every_rule_has_its_pair():
    assert {a[0] for a in ALL} == set(scanner.RULES)


@pytest.mark.parametrize("name, comment", [("a.py", "# eval(text)"), ("A.java", "/* new Random(); */ // new Random()"), ("a.mjs", "// eval(text)\n/* Math.random() */")])
def test_comments_are_not_code(name, comment):
    assert reported(name, comment) == set()


@pytest.mark.parametrize("name, text", [("A.java", 'String s = "new Random()";'), ("A.java", 'String s = """\nnew Random()\n""";'), ("a.mjs", "const s = 'Math.random()';"), ("a.py", "s = 'eval(text)'")])
def test_text_is_not_code(name, text):
    assert reported(name, text) == set()


def test_a_string_with_slashes_hides_nothing_behind_it():
    assert reported("a.mjs", "const a = 'https://a.example'; eval(text);") == {"js-eval"}
    assert reported("A.java", 'String a = "//"; new Random();') == {"java-random"}


def test_a_secret_is_not_repeated():
    for name, text in (("a.py", 'api_key = "k3y-of-nobody"'), ("A.java", 'String apiKey = "k3y-of-nobody";'), ("a.mjs", "const apiKey = 'k3y-of-nobody';")):
        language = rules_python if name.endswith(".py") else rules_tokens
        assert all("nobody" not in f.code for f in language.scan(name, text))


def test_a_value_from_outside_is_followed_through_names_and_forgotten_when_replaced():
    assert "py-path" in reported("a.py", "def f(event):\n    a = event['n']\n    b = a.strip()\n    open(b)")
    assert "py-path" not in reported("a.py", "def f(event):\n    a = event['n']\n    a = 'constant'\n    open(a)")


@pytest.mark.parametrize("name", ["A.java", "a.mjs"])
def test_a_line_that_would_take_minutes_is_refused_and_not_passed(name):
    with pytest.raises(ToolError, match="characters"):
        rules_tokens.scan(name, "token" * 20_000)
