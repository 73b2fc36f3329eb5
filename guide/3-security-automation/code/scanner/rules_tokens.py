"""Rules for Java and JavaScript, on text without comments. Written from classes of CWE.

There is no parser here: a rule is a pattern, optionally with words that make it silent when they occur nearby or in
the file. That is quick to read and blind to everything that needs types, calls or flow of data.
"""

import bisect
import re

from model import SECRET_NAME, Finding, Rule, ToolError, redact


class Pattern(Rule):
    def __init__(self, rule_id, cwe, severity, title, fix, pattern, unless=None, near=None, confidence="medium"):
        super().__init__(rule_id, "java" if rule_id.startswith("java") else "javascript", cwe, severity, title, fix, confidence)
        self.pattern = re.compile(pattern)
        self.unless = re.compile(unless) if unless else None  # somewhere in the file
        self.near = re.compile(near) if near else None  # within ten lines


STRING = r'"(?:\\.|[^"\\\n])*"'
NOT_TEXT = r'(?!\s*["\'`)])'
SECRET_WORD = r"\w*(?i:signature|hmac|digest|secret|token|passw(?:or)?d|apikey|expected|mac)\w*"
MONEY = r"(?i:\w*(?:amount|price|balance|total|cents|quantity)\w*)"

JAVA = (
    Pattern("java-sql", 89, "critical", "SQL is put together from values", "Bind values as parameters.",
            r'"[^"\n]*\b(?i:select|insert into|update|delete from|where|order by)\b[^"\n]*"\s*\+|(?:executeQuery|executeUpdate|prepareStatement|createQuery|createNativeQuery)\s*\(\s*(?:String\.format|[^;"]*\+)', confidence="high"),
    Pattern("java-command", 78, "high", "A command is put together or run by a shell", "A list of arguments and no shell.",
            r'getRuntime\(\)\s*\.exec\(\s*(?:[^")][^)]*|"[^"]*"\s*\+)|ProcessBuilder\([^;]*"(?:sh|bash|cmd|/bin/sh|/bin/bash)"'),
    Pattern("java-path", 22, "high", "A name from outside becomes a path", "Normalise, then check as a path that it is below the base.",
            r'(?:\.resolve|Paths\.get|Path\.of|new File|new FileInputStream|new FileOutputStream)\(\s*[^;"]*(?:[nN]ame|[pP]aram|[rR]equest|[iI]nput|[kK]ey|[fF]ile[nN]ame|\bid\b)', near=r"\.startsWith\((?!\s*\")|\.getFileName\(\)"),
    Pattern("java-path-text", 22, "high", "A path is compared as text", "Compare `Path` with `Path`: `startsWith` on normalised paths.",
            r'(?:toString\(\)|get(?:Canonical|Absolute)Path\(\)|[pP]ath)\s*\.startsWith\(\s*\w+(?:\.toString\(\)|\.get\w*Path\(\)|\s*\+)', confidence="high"),
    Pattern("java-xxe", 611, "high", "An XML parser with its defaults", "Disallow doctypes.",
            r"(?:DocumentBuilderFactory|SAXParserFactory|XMLInputFactory|TransformerFactory|SchemaFactory)\s*\.\s*new(?:Default)?\w*\(|new SAXReader\(|new SAXBuilder\(", unless=r"disallow-doctype-decl|SUPPORT_DTD|ACCESS_EXTERNAL_DTD", confidence="high"),
    Pattern("java-deserialise", 502, "critical", "Data may create any object while it is read", "A format without types, or a filter of classes.",
            r"new ObjectInputStream\(|(?:enable|activate)DefaultTyping|new XStream\(|new Yaml\(\s*\)|XMLDecoder\(", unless=r"setObjectInputFilter", confidence="high"),
    Pattern("java-random", 338, "high", "Predictable random numbers", "`SecureRandom`.", r"new Random\(|Math\.random\(|ThreadLocalRandom\.current|RandomStringUtils\.random"),
    Pattern("java-hash", 328, "medium", "A broken hash", "SHA-256, for passwords Argon2id.", r'getInstance\(\s*"(?i:md5|sha-?1|md2)"|DigestUtils\.(?:md5|sha1)', confidence="high"),
    Pattern("java-password-hash", 916, "high", "A fast hash for passwords", "Argon2id, scrypt, or PBKDF2 with its cost.", r"digest\([^;]*(?i:passw)"),
    Pattern("java-cipher", 327, "high", "A cipher or mode that leaks", "`AES/GCM/NoPadding` with a new nonce each time.", r'Cipher\.getInstance\(\s*"(?:AES"|DES|DESede|RC4|Blowfish|[^"]*ECB)', confidence="high"),
    Pattern("java-iv", 329, "medium", "A constant nonce", "A new random one for each message.", r"(?:IvParameterSpec|GCMParameterSpec)\([^;]*(?:new byte\[|\"[^\"]*\"\.getBytes)"),
    Pattern("java-secret", 798, "high", "A secret in the source", "Read it from a secret store; replace this one.", r"(?i:\b\w*" + SECRET_NAME + r"\w*)\s*=\s*" + STRING[:-1] + r'"(?:\s*\.getBytes\([^)]*\))?\s*;'),
    Pattern("java-trust-all", 295, "high", "The other side is not verified", "The default trust manager and verifier.", r"checkServerTrusted\([^)]*\)\s*(?:throws \w+\s*)?\{\s*\}|NoopHostnameVerifier|ALLOW_ALL_HOSTNAME|HostnameVerifier\([^;]*->\s*true|TrustAllStrategy|\(\s*\w+\s*,\s*\w+\s*\)\s*->\s*true", confidence="high"),
    Pattern("java-compare", 208, "medium", "A secret is compared in a time that tells", "`MessageDigest.isEqual`.", r"\b" + SECRET_WORD + r"\.equals(?:IgnoreCase)?\(\s*\w|\.equals\(\s*" + SECRET_WORD + r"\s*\)|Arrays\.equals\([^;]*(?i:mac|digest|signature|hash)"),
    Pattern("java-jwt", 347, "critical", "A token is read without verification, or says how to verify itself", "One fixed algorithm, issuer, audience, expiry.", r'(?i:"none")|parseClaimsJwt\(|JWT\.decode\(|\.unsecured\(\)|get\(\s*"alg"\s*\)|getAlgorithm\(\)'),
    Pattern("java-redirect", 601, "medium", "A redirect to an address from outside", "Only paths, or a list.", r'sendRedirect\(' + NOT_TEXT + r'|"redirect:"\s*\+'),
    Pattern("java-fetch", 918, "high", "The server fetches an address that is not constant", "A list of hosts, checked addresses, no redirects.", r"new URL\(" + NOT_TEXT + r"|URI\.create\(" + NOT_TEXT + r"|new URI\(" + NOT_TEXT, near=r"(?i:allowed|allowlist|permitted)\w*\.contains"),
    Pattern("java-redirect-follow", 918, "medium", "Redirects are followed to anywhere", "`Redirect.NEVER`, and check each hop.", r"Redirect\.(?:ALWAYS|NORMAL)|setFollowRedirects\(\s*true", confidence="high"),
    Pattern("java-host-text", 918, "high", "A host is compared by a part of its text", "Compare whole host names with a list.", r'(?i:host\w*(?:\(\))?|url|uri|origin|referer)\s*\.\s*(?:endsWith|contains|startsWith|indexOf)\(', confidence="high"),
    Pattern("java-html", 79, "high", "HTML is put together from values", "A template that escapes.", r'"[^"\n]*<\w+[^"\n]*"\s*\+|getWriter\(\)\s*\.(?:print|println|write)\([^;]*\+'),
    Pattern("java-log-secret", 532, "medium", "A secret goes to the log", "Log an id of it, or nothing.", r"(?i:log(?:ger)?)\.(?:\w+)\([^;]*[,+]\s*\w*(?i:token|passw|secret|apikey|cardnumber|authorization)\w*|System\.(?:out|err)\.print\w*\([^;]*\+\s*\w*(?i:token|passw|secret|card)\w*"),
    Pattern("java-log-line", 117, "low", "A value may forge lines of the log", "Structured logs, or encode line breaks.", r'(?i:\blog(?:ger)?)\.(?:\w+)\(\s*"[^"\n]*"\s*\+', confidence="low"),
    Pattern("java-regex", 1333, "medium", "A regular expression from outside, or one that backtracks", "Constant and simple patterns; `Pattern.quote`.", r'Pattern\.compile\(\s*[a-z]\w*\s*[,)]|\.matches\(\s*[a-z]\w*\s*\)|"[^"\n]*\([^()"\n]*[+*]\)[+*][^"\n]*"'),
    Pattern("java-swallow", 390, "medium", "A failure is ignored or taken for a yes", "Catch what you expect, and refuse.", r"catch\s*\([^)]*\)\s*\{\s*(?:\}|return\s+true\b|continue;\s*\})", confidence="high"),
    Pattern("java-error-text", 209, "low", "Inner details go to the caller", "A number of the event; details in the log.", r"printStackTrace\(|(?:body|sendError|write|print|println|Response\w*)\([^;]*get(?:Message|StackTrace)\(\)"),
    Pattern("java-cookie", 614, "medium", "A cookie without its flags", "`setSecure(true)`, `setHttpOnly(true)`, SameSite.", r"new Cookie\(", unless=r"setSecure\(\s*true"),
    Pattern("java-csrf", 352, "medium", "Protection against forged requests is off", "Leave it on for cookies.", r"csrf\(\)\s*\.disable\(|csrf\([^;]*(?:disable|::disable)", confidence="high"),
    Pattern("java-open", 862, "high", "Everybody may call everything", "Deny by default.", r"anyRequest\(\)\s*\.permitAll\(", confidence="high"),
    Pattern("java-cors", 942, "medium", "Every origin may read", "A list of origins.", r'@CrossOrigin(?:\(\s*\)|\(\s*(?:origins\s*=\s*)?"\*"|\s*\n)|allowedOrigins\(\s*"\*"|addAllowedOrigin\(\s*"\*"|allowedOriginPatterns\(\s*"\*"', confidence="high"),
    Pattern("java-mode", 732, "medium", "Others may read or write", "Permissions for the owner only.", r"set(?:Readable|Writable|Executable)\(\s*true\s*,\s*false"),
    Pattern("java-unbounded", 770, "medium", "Input of any size is read into memory", "A limit, and an error above it.", r"\.readAllBytes\(\s*\)|BodyHandlers\.of(?:String|ByteArray)\(|IOUtils\.to(?:String|ByteArray)\(", confidence="low"),
    Pattern("java-archive-size", 409, "medium", "An archive may unpack to any size", "Count entries and bytes while copying.", r"new (?:ZipInputStream|ZipFile|GZIPInputStream|TarArchiveInputStream)\(", unless=r"(?i:max_?(?:bytes|size|entries|total)|limit)"),
    Pattern("java-race", 362, "high", "Checked and changed in two steps", "One atomic step: `computeIfAbsent`, a conditional UPDATE, a lock.", r"(?:containsKey|contains)\([^;{]*\)\s*\)?\s*\{|private\s+static\s+(?!final\b)[^;=(]*(?:Map|List|Set|SimpleDateFormat)\b", near=r"ynchronized|ConcurrentHashMap|computeIfAbsent|putIfAbsent", confidence="low"),
    Pattern("java-money", 682, "medium", "Money as a binary fraction", "Whole cents, or `BigDecimal`.", r"\b(?:double|float)\s+" + MONEY),
    Pattern("java-overflow", 190, "medium", "A product that may overflow", "`Math.multiplyExact`, and limits.", r"\bint\s+" + MONEY + r"\s*=[^;]*\*", confidence="low"),
)

JAVASCRIPT = (
    Pattern("js-html", 79, "high", "HTML is put together from values", "`textContent`, or a template that escapes.",
            r"(?:innerHTML|outerHTML)\s*\+?=" + r"(?!=)\s*(?!['\"`][^'\"`$]*['\"`]\s*;)|insertAdjacentHTML\(|document\.write(?:ln)?\(|dangerouslySetInnerHTML|createContextualFragment\(|v-html", confidence="high"),
    Pattern("js-html-answer", 79, "high", "The server answers with HTML made of values", "A template that escapes.", r"(?:send|end|write)\(\s*`[^`]*<\w+[^`]*\$\{"),
    Pattern("js-link", 79, "medium", "An address that may be `javascript:`", "Allow https only.", r"\.(?:href|src)\s*=(?!\s*['\"`=])|setAttribute\(\s*['\"](?:href|src|on\w+)['\"]\s*,(?!\s*['\"`])|location(?:\.href)?\s*=(?!\s*['\"`=])"),
    Pattern("js-eval", 95, "high", "Text is run as code", "Parse what you need.", r"\beval\((?!\s*['\"])|new Function\(|set(?:Timeout|Interval)\(\s*(?:['\"`])|vm\.run\w*\("),
    Pattern("js-command", 78, "critical", "A shell runs text that is put together", "`execFile` with a list.", r"\bexec(?:Sync)?\(\s*(?:`[^`]*\$\{|['\"][^'\"]*['\"]\s*\+)|shell:\s*true"),
    Pattern("js-sql", 89, "critical", "SQL is put together from values", "Bind values as parameters.", r"`[^`]*\b(?i:select|insert into|update|delete from)\b[^`]*\$\{|['\"][^'\"\n]*\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE)\b[^'\"\n]*['\"]\s*\+", confidence="high"),
    Pattern("js-nosql", 943, "high", "A value from outside may be an operator of the query", "Check that it is a string.", r"(?:find|findOne|findOneAndUpdate|updateOne|deleteOne|countDocuments)\(\s*\{[^}]*(?:(?:req|request|ctx)\.\w+|\bbody\b)[^}]*|(?:find|findOne|updateOne|deleteOne)\(\s*(?:req|request)\.\w+|\$where", near=r"typeof|String\("),
    Pattern("js-regex", 1333, "medium", "A regular expression from outside", "Escape it, or search plainly.", r"new RegExp\((?!\s*['\"/])", confidence="high"),
    Pattern("js-backtrack", 1333, "medium", "A regular expression that backtracks", "A simpler pattern and a limit of length.", r"(?<=[=(,:!&|?\[\s])/(?:\\.|[^/\n\\])*\((?:\\.|[^()\n/])*[+*]\)[+*](?:\\.|[^/\n\\])*/"),
    Pattern("js-prototype", 1321, "high", "Keys from outside reach the prototype", "Refuse `__proto__`, `constructor`, `prototype`; or a Map.", r"\b\w+\[\s*(?:key|k|prop|name|field|p|path\w*|segment|part)\s*\]\s*(?:\?\?=|\|\|=|=(?!=))|\b(?:deepMerge|defaultsDeep)\(|(?:^|\W)_\.merge\(", unless=r"__proto__|hasOwn|Object\.create\(null\)"),
    Pattern("js-mass", 915, "high", "Fields of a request become attributes", "A list of fields that may be set.", r"Object\.assign\(\s*\w+[^,;{}]*,[^;)]*(?:body|query|patch|input|payload)\b|\.\.\.\s*(?:req|request|ctx)\.\w+|\.\.\.\s*(?:body|patch|payload|input)\b"),
    Pattern("js-path", 22, "high", "A value from outside becomes a path", "Resolve, then check that it is below the base with a separator.", r"(?:path\.)?\b(?:join|resolve)\(\s*[A-Za-z_]\w*\s*,[^;)]*(?:req|request|url|name|param|file|key|rel|path)\w*|(?:readFile|createReadStream|sendFile|writeFile|unlink)(?:Sync)?\([^;)]*(?:(?:req|request)\.|\$\{)", near=r"path\.relative|basename\(|path\.sep|\+ sep\b"),
    Pattern("js-path-text", 22, "high", "A path is compared as text without a separator", "Compare with the base and `path.sep`.", r"\.startsWith\(\s*(?:\w*(?i:root|base|dir|folder|public)\w*)\s*\)", confidence="high"),
    Pattern("js-host-text", 346, "high", "A host or origin is compared by a part of its text", "Compare whole names with a list.", r"(?i:host\w*|origin|referer|url|href)\s*\)?\s*\??\.(?:endsWith|includes|startsWith|indexOf|match)\(", confidence="high"),
    Pattern("js-fetch", 918, "high", "The server fetches an address that is not constant", "A list of hosts, checked addresses, no redirects.", r"\b(?:fetch|axios(?:\.\w+)?|got|https?\.(?:get|request))\(\s*(?!['\"`)])\w|\bfetch\(\s*`\$\{"),
    Pattern("js-redirect", 601, "medium", "A redirect to an address from outside", "Only paths, or a list.", r"redirect\(\s*(?:\d+\s*,\s*)?(?!['\"`\d])\w|['\"]?\bLocation['\"]?\s*:\s*(?!['\"`])\w"),
    Pattern("js-random", 338, "high", "Predictable random numbers", "`crypto.randomInt`, `randomUUID`, `getRandomValues`.", r"Math\.random\("),
    Pattern("js-hash", 328, "medium", "A broken hash", "SHA-256, for passwords scrypt or Argon2id.", r"createHash\(\s*['\"](?i:md5|sha1|md4)['\"]", confidence="high"),
    Pattern("js-password-hash", 916, "high", "A fast hash for passwords", "scrypt or Argon2id.", r"createHash\([^;]*update\([^;)]*(?i:passw|pin\b)"),
    Pattern("js-tls-off", 295, "high", "The other side is not verified", "Leave verification on.", r"rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED", confidence="high"),
    Pattern("js-jwt", 347, "critical", "A token is read without verification", "`verify` with one algorithm, issuer, audience.", r"jwt\.decode\(|(?i:['\"]none['\"])|jwt\.verify\((?![^;]*algorithms)[^;]*\)"),
    Pattern("js-cookie", 614, "medium", "A cookie without its flags", "`HttpOnly`, `Secure`, `SameSite`.", r"\.cookie\((?![^;]*httpOnly:\s*true[^;]*secure:\s*true)(?![^;]*secure:\s*true[^;]*httpOnly:\s*true)[^;]*|['\"][Ss]et-[Cc]ookie['\"]\s*[:,]\s*(?![^;\n]*HttpOnly)|document\.cookie\s*="),
    Pattern("js-message-any", 346, "medium", "A message to any window", "Name the origin.", r"postMessage\([^;]*['\"]\*['\"]", confidence="high"),
    Pattern("js-message-open", 346, "high", "Messages are taken from any window", "Compare `event.origin` with a list.", r"addEventListener\(\s*['\"]message['\"]|onmessage\s*=", near=r"\.origin\b"),
    Pattern("js-storage", 922, "medium", "A secret lies where every script reads it", "A cookie with `HttpOnly`.", r"(?:local|session)Storage(?:\.setItem\(\s*['\"`]?|\.|\[)\w*(?i:token|session|jwt|secret)"),
    Pattern("js-cors", 942, "medium", "Every origin may read", "A list of origins.", r"['\"]?(?i:access-control-allow-origin)['\"]?\s*[,:]\s*(?:['\"]\*|(?!['\"])\w)|cors\(\s*\)|origin:\s*(?:true|['\"]\*)", confidence="high"),
    Pattern("js-secret", 798, "high", "A secret in the source", "Read it from a secret store; replace this one.", r"(?i:\b\w*" + SECRET_NAME + r"\w*)['\"]?\s*[:=]\s*(['\"`])(?!\1)[^'\"`\n$]{6,}\1"),
    Pattern("js-secret-default", 1188, "high", "A secret with a known default", "Stop if it is not set.", r"process\.env\.\w*(?i:secret|key|token|passw)\w*\s*(?:\|\||\?\?)\s*['\"`]", confidence="high"),
    Pattern("js-compare", 208, "medium", "A secret is compared in a time that tells", "`crypto.timingSafeEqual`.", r"\b" + SECRET_WORD + r"\s*[!=]==?\s*(?!['\"`]|null|undefined|true|false|\d)[\w.]+|[\w.]+\s*[!=]==?\s*" + SECRET_WORD + r"\b", near=r"timingSafeEqual", confidence="low"),
    Pattern("js-log-secret", 532, "medium", "A secret goes to the log", "Log an id of it, or nothing.", r"(?:console|log(?:ger)?)\.\w+\([^;]*[,{+]\s*\w*(?:\.\w+)*\.?(?i:token|passw(?:or)?d|secret|card\w*|cvv)\b"),
    Pattern("js-swallow", 390, "medium", "A failure is ignored or taken for a yes", "Catch what you expect, and refuse.", r"catch\s*(?:\([^)]*\))?\s*\{\s*(?:\}|return\s+(?:true|next\())|\.catch\(\s*\(\s*\w*\s*\)\s*=>\s*\{\s*\}\s*\)", confidence="high"),
    Pattern("js-error-text", 209, "low", "Inner details go to the caller", "A number of the event; details in the log.", r"(?:send|json|end)\([^;]*\b(?:err|error|e)\.(?:stack|message)"),
    Pattern("js-opener", 1022, "low", "A new window may steer this one", "`rel=\"noopener\"`.", r"target=['\\\"]*_blank(?![^>\n]*noopener)|window\.open\((?![^;]*noopener)"),
    Pattern("js-unserialise", 502, "critical", "Data may create code while it is read", "`JSON.parse`.", r"\bunserialize\(|yaml\.load\((?![^;]*(?:JSON_SCHEMA|FAILSAFE))"),
    Pattern("js-forwarded", 348, "medium", "An address that the caller may write", "The proxy's own value.", r"(?i:x-forwarded-(?:for|host|proto))"),
    Pattern("js-script", 829, "medium", "A script of somebody else without a hash", "`integrity` and `crossorigin`.", r"<script[^>\n]*src=['\\\"]*https?:(?![^>\n]*integrity)"),
    Pattern("js-price", 472, "high", "A price or role from the request", "Read it from your own store.", r"(?:req|request|ctx)\.body\.(?:price|amount|total|role|isAdmin|discount)\b|\{[^}]*\b(?:price|amount|total|role|isAdmin)\b[^}]*\}\s*=\s*(?:req|request)\.body"),
)

RULES = {rule.id: rule for rule in JAVA + JAVASCRIPT}


# region lexer
def without_comments(text, javascript):
    """The text with comments as spaces, and the places that lie inside strings: same length, same lines."""
    out, inside, i, last = list(text), bytearray(len(text)), 0, ""
    while i < len(text):
        two, char = text[i:i + 2], text[i]
        if two in ("//", "/*"):
            end = text.find("\n", i) if two == "//" else text.find("*/", i + 2)
            end = len(text) if end < 0 else end + (0 if two == "//" else 2)
            out[i:end] = [c if c == "\n" else " " for c in text[i:end]]
            i = end
        elif char in "\"'" or char == "`" and javascript or javascript and char == "/" and last in "=(,:[!&|?{};":
            end = end_of_string(text, i, javascript)
            inside[i + 1:end] = b"\1" * (end - i - 1)
            i, last = end, '"'
        else:
            last = char if not char.isspace() else last
            i += 1
    return "".join(out), inside


def end_of_string(text, start, javascript):
    quote, i = text[start], start + 1
    if not javascript and text.startswith('"""', start):
        end = text.find('"""', start + 3)
        return len(text) if end < 0 else end + 3
    while i < len(text) and text[i] != quote:
        if text[i] == "\n" and quote != "`":
            return i
        i += 2 if text[i] == "\\" else 1
    return min(i + 1, len(text))
# endregion lexer


LONGEST = 2000  # patterns take time that grows with the square of a line


def scan(path, text):
    if max(map(len, text.split("\n"))) > LONGEST:
        raise ToolError(f"{path}: a line of more than {LONGEST:,} characters; scan the source that it was made from")
    javascript = not path.endswith(".java")
    code, inside = without_comments(text, javascript)
    starts = [0] + [m.end() for m in re.finditer("\n", text)]
    lines, found = text.split("\n"), {}
    for rule in JAVASCRIPT if javascript else JAVA:
        if rule.unless and rule.unless.search(code):
            continue
        for match in rule.pattern.finditer(code):
            if inside[match.start()] and not rule.id.endswith(("opener", "script", "forwarded")):
                continue
            line = bisect.bisect_right(starts, match.start())
            around = "\n".join(code.split("\n")[max(0, line - 11):line + 10])
            if rule.near and rule.near.search(around):
                continue
            shown = lines[line - 1].strip()
            shown = redact(shown) if rule.cwe in (798, 1188) else shown
            found.setdefault((rule.id, line), Finding(rule.id, path, line, rule.cwe, rule.severity, rule.title, rule.fix, shown, rule.confidence))
    return list(found.values())
