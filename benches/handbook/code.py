"""Words -> fenced code blocks of 15 to 40 lines in six languages. Knows nothing of the page around them.

A unit is a small complete piece of a program. A block is a head and as many units as fit. No unit uses
double braces or "{%": three of the peers would read those as their own template syntax, even inside code.
"""

import json


def py_function(w):
    f, a, b, item = w.snake(), w.field(), w.noun(), w.noun()
    return [
        f"def {f}({a}: dict[str, int], {b}: str = \"{w.dashed()}\") -> list[str]:",
        f"    \"\"\"{w.verb().capitalize()} every {item} of the {w.adj()} {w.noun()}.\"\"\"",
        f"    {item}s = []",
        f"    for key, value in sorted({a}.items()):",
        f"        if value > {w.number()} and not key.startswith({b}):",
        f"            {item}s.append(f\"{{key}}:{{value:>{w.number()}}}\")",
        f"    return {item}s",
        "",
    ]


def py_class(w):
    attr, other = w.field(), w.noun()
    return [
        "@dataclass(frozen=True)",
        f"class {w.pascal()}:",
        f"    {attr}: int = {w.number()}",
        f"    {other}: Optional[str] = None",
        "",
        f"    def {w.snake()}(self) -> bool:",
        f"        # {w.fill('The {n} is {a} until the {n} has started.')}",
        f"        return self.{attr} >= {w.number()} or self.{other} is not None",
        "",
    ]


def py_with(w):
    f = w.noun()
    return [
        f"with open(\"{w.dashed()}.log\", encoding=\"utf-8\") as {f}:",
        f"    {w.noun()}_count = sum(1 for line in {f} if \"{w.const()}\" in line)",
        "",
        "try:",
        f"    {w.snake()}(timeout={w.number()}.5, retries={w.number()})",
        f"except ({w.pascal()}Error, TimeoutError) as error:",
        f"    logger.warning(\"{w.noun()} failed: %s\", error)",
        "    raise SystemExit(1) from error",
        "",
    ]


def java_method(w):
    item, coll = w.noun(), w.camel()
    return [
        f"    public List<{w.pascal()}> {coll}(String {item}Id, int limit) throws IOException {{",
        f"        var result = new ArrayList<{w.pascal()}>();",
        f"        for (var entry : {w.noun()}Store.find({item}Id)) {{",
        f"            if (entry.{w.camel()}() && result.size() < Math.min(limit, {w.number()})) {{",
        "                result.add(entry);",
        "            }",
        "        }",
        "        return List.copyOf(result);",
        "    }",
        "",
    ]


def java_field(w):
    return [
        f"    // {w.fill('{V} the {n} before the {a} {n} is closed.')}",
        f"    private static final int {w.const()} = {w.number()};",
        f"    private final Map<String, {w.pascal()}> {w.noun()}Cache = new ConcurrentHashMap<>();",
        "",
    ]


def java_override(w):
    return [
        "    @Override",
        f"    public Optional<String> {w.camel()}(@NonNull {w.pascal()} {w.noun()}) {{",
        f"        log.info(\"{w.verb()} {w.noun()} {{}}\", {w.const()});",
        f"        return switch (mode) {{",
        f"            case {w.const()} -> Optional.of(\"{w.dashed()}\");",
        f"            case {w.const()} -> Optional.empty();",
        f"            default -> throw new IllegalStateException(\"{w.adj()} {w.noun()}\");",
        "        };",
        "    }",
        "",
    ]


def js_async(w):
    f, arg = w.camel(), w.noun()
    return [
        f"export async function {f}({arg}, options = {{ {w.camel()}: true }}) {{",
        f"  const response = await fetch(`/api/{w.dashed()}/${{{arg}.id}}?limit={w.number()}`);",
        "  if (!response.ok) {",
        f"    throw new {w.pascal()}Error(`{w.noun()} failed: ${{response.status}}`);",
        "  }",
        f"  const {{ {w.noun()}List = [], cursor }} = await response.json();",
        f"  return {{ cursor, total: Number(options.{w.camel()}) * {w.number()} }};",
        "}",
        "",
    ]


def js_chain(w):
    return [
        f"// {w.fill('Only {a} {ns} are kept, and the {n} is {a}.')}",
        f"const {w.camel()} = {w.noun()}Entries",
        f"  .filter(({{ {w.noun()}, size }}) => size > {w.number()} && !/^{w.noun()}-\\d+$/.test(String(size)))",
        f"  .map((entry, index) => ({{ ...entry, index, label: '{w.dashed()}' }}))",
        f"  .reduce((total, {{ size }}) => total + (size ?? {w.number()}), 0);",
        "",
    ]


def js_class(w):
    private = w.noun()
    return [
        f"class {w.pascal()} extends EventTarget {{",
        f"  #{private} = new Map([['{w.dashed()}', {w.number()}]]);",
        "",
        f"  get {w.camel()}() {{",
        f"    return [...this.#{private}.keys()].join(', ');",
        "  }",
        "",
        f"  {w.camel()}(key, value = null) {{",
        f"    this.#{private}.set(key, value);",
        f"    this.dispatchEvent(new CustomEvent('{w.noun()}:{w.verb()}'));",
        "  }",
        "}",
        "",
    ]


def sh_function(w):
    var = w.field()
    return [
        f"{w.snake()}() {{",
        f"  local {var}=\"${{1:-{w.dashed()}}}\"",
        f"  if [[ ! -d \"$ROOT/${var}\" ]]; then",
        f"    echo \"no such {w.noun()}: ${var}\" >&2",
        f"    return {w.number() % 100}",
        "  fi",
        f"  find \"$ROOT/${var}\" -name '*.{w.noun()}' -mtime +{w.number()} -print0 | xargs -0 -r rm --",
        "}",
        "",
    ]


def sh_loop(w):
    var = w.noun()
    return [
        f"# {w.fill('{V} each {n} that the {n} still needs.')}",
        f"for {var} in \"${{{w.const()}[@]}}\"; do",
        f"  curl --silent --max-time {w.number()} \"http://localhost:{8000 + w.number()}/{w.noun()}/${var}\" \\",
        f"    | jq -r '.{w.noun()}[] | select(.{w.field()} > {w.number()}) | .id' >> \"$OUT/{w.dashed()}.txt\"",
        "done",
        "",
    ]


def sh_command(w):
    return [
        f"export {w.const()}=\"$(date +%s)-{w.dashed()}\"",
        f"{w.name().lower()} {w.noun()} {w.verb()} --{w.dashed()}={w.number()} --{w.noun()} \"{w.dashed()}\"",
        f"trap 'rm -f \"$OUT/{w.noun()}.lock\"' EXIT",
        "",
    ]


CODE = {
    "python": (
        lambda w: ["import logging", "from dataclasses import dataclass", "from typing import Optional", "",
                   "logger = logging.getLogger(__name__)", f"{w.const()} = {w.number()}", ""],
        lambda w: [],
        [py_function, py_class, py_with],
    ),
    "java": (
        lambda w: [f"package org.example.{w.noun()};", "", "import java.util.*;",
                   f"import org.example.{w.noun()}.{w.pascal()};", "",
                   f"public final class {w.pascal()}Service implements {w.pascal()} {{"],
        lambda w: ["}"],
        [java_method, java_field, java_override],
    ),
    "javascript": (
        lambda w: [f"import {{ {w.camel()}, {w.camel()} as {w.noun()} }} from './{w.dashed()}.js';", ""],
        lambda w: [f"export default {w.camel()};"],
        [js_async, js_chain, js_class],
    ),
    "bash": (
        lambda w: ["#!/usr/bin/env bash", "set -euo pipefail", "", f"ROOT=${{{w.const()}:-/var/lib/{w.dashed()}}}"],
        lambda w: [],
        [sh_function, sh_loop, sh_command],
    ),
}


def program(w, language, target):
    """A block of python, java, javascript or bash of about `target` lines."""
    head, tail, units = CODE[language]
    lines, end = head(w), tail(w)
    while len(lines) < target:
        unit = w.rng.choice(units)(w)
        if len(lines) + len(unit) + len(end) > 40 and len(lines) >= 15:
            break
        lines += unit
    while lines and not lines[-1]:
        lines.pop()
    return lines + end


def json_block(w, target):
    """A JSON document of `target` lines, or up to five more."""
    value = {"version": f"{w.rng.randrange(9)}.{w.rng.randrange(20)}.{w.rng.randrange(9)}"}

    def scalar():
        return w.rng.choice([w.number(), w.dashed(), True, False, None, w.number() / 8, f"{w.number()}ms"])

    while True:
        kind = w.rng.randrange(3)
        if kind == 0:
            value[w.field()] = scalar()
        elif kind == 1:
            value[w.field()] = [w.dashed() for _ in range(w.rng.randint(2, 3))]
        else:
            value[w.noun()] = {w.field(): scalar() for _ in range(w.rng.randint(2, 4))}
        lines = json.dumps(value, indent=2).split("\n")
        if len(lines) >= target:
            return lines


def yaml_block(w, target):
    """A YAML document of about `target` lines."""
    lines = [f"# {w.fill('The {a} {n} of {x}.')}", "apiVersion: v1", f"kind: {w.pascal()}", "metadata:",
             f"  name: {w.dashed()}", f"  labels: {{app: {w.noun()}, tier: \"{w.adj()}\"}}", "spec:"]
    while len(lines) < target:
        kind = w.rng.randrange(3)
        if kind == 0:
            lines += [f"  {w.noun()}:", f"    {w.field()}: {w.number()}", f"    enabled: {w.rng.choice(['true', 'false'])}"]
        elif kind == 1:
            lines += [f"  {w.camel()}:", f"    - name: {w.dashed()}", f"      image: \"{w.noun()}:{w.number()}.{w.number()}\"",
                      f"    - name: &{w.noun()} {w.dashed()}"]
        else:
            lines += [f"  {w.field()}: |", f"    {w.verb()} --{w.noun()} $HOME/{w.dashed()}", f"    exec {w.noun()}"]
    return lines[:40]


def fenced(w, language):
    target = w.rng.randint(16, 38)
    if language == "json":
        lines = json_block(w, min(target, 34))
    elif language == "yaml":
        lines = yaml_block(w, target)
    else:
        lines = program(w, language, target)
    return f"```{language}\n" + "\n".join(lines) + "\n```"
